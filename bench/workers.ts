import { startPostgres } from '../checks/postgres-server.ts';
import { endChild, startPagedWorker } from '../packages/server/src/testing/children.ts';
import { openPagedServer } from '../packages/server/src/testing/paged-server.ts';
import { startPagedSystem } from '../packages/server/src/testing/paged-system.ts';
import type { Benchmark } from './benchmark.ts';
import { held, information, notMeasured, type Result } from './result.ts';

/** A scan waits for its pages one after the other and does little else. */
const pageMilliseconds = 500;
const pages = 12;
const concurrency = 2;
const leastSpeedUp = 3.2;

/** Scans that wait for systems, by the number of worker processes on one PostgreSQL. */
export const workers: Benchmark = {
  name: 'workers',
  async run({ quick, say }) {
    const postgres = await startPostgres();
    if ('skipped' in postgres) return [notMeasured('4 workers against 1', postgres.skipped, { atLeast: leastSpeedUp })];
    const system = await startPagedSystem(pageMilliseconds);
    try {
      const scans = quick ? 16 : 48;
      const results: Result[] = [];
      let alone = 0;
      for (const count of [1, 2, 4]) {
        const rate = await measure(postgres.url, system.url, count, scans);
        say(`${count} workers: ${rate.toFixed(2)} scans a second`);
        if (count === 1) alone = rate;
        const name = `${count} worker${count === 1 ? '' : 's'}, ${concurrency} scans at a time each`;
        const against = count === 1 ? '' : `1 worker: ${alone.toFixed(2)} scans/s`;
        results.push(
          count === 4
            ? held(name, rate, 'scans/s', rate / alone, against, { atLeast: leastSpeedUp })
            : information(name, rate, 'scans/s', against),
        );
      }
      return results;
    } finally {
      await system.close();
      await postgres.stop();
    }
  },
};

/** Scans a second, from the first being handed in to the last being recorded, with workers that are already running. */
async function measure(database: string, url: string, count: number, scans: number): Promise<number> {
  const options = { name: `workers-${count}`, url, environments: scans, pages, database };
  const server = await openPagedServer(options);
  const children = await Promise.all(
    Array.from({ length: count }, () => startPagedWorker({ ...options, concurrency })),
  );
  try {
    const done = Promise.withResolvers<void>();
    const look = async () => {
      const { byState } = await server.store.jobs.counts(options.name);
      if (byState.failed || byState.dead) done.reject(new Error('A scan failed'));
      if (byState.done === scans) done.resolve();
    };
    const subscription = await server.store.signals.subscribe(() => void look().catch(done.reject));
    const started = performance.now();
    for (let at = 0; at < scans; at++) {
      const environments = [`production-${at}`];
      await server.queue.add({ kind: 'scan', cause: 'request', environments, sources: [] });
    }
    await done.promise;
    const seconds = (performance.now() - started) / 1000;
    await subscription.close();
    return scans / seconds;
  } finally {
    await Promise.all(children.map((child) => endChild(child, 'SIGTERM')));
    await server.close();
  }
}
