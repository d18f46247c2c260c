import Fastify from 'fastify';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../checks/postgres-server.ts';
import type { ServerContext } from '../packages/server/src/context.ts';
import { startWorker } from '../packages/server/src/jobs/worker.ts';
import { serveHealth } from '../packages/server/src/plugins/health.ts';
import { hastyTiming, openPagedServer, type PagedServer } from '../packages/server/src/testing/paged-server.ts';
import { startPagedSystem } from '../packages/server/src/testing/paged-system.ts';

const postgres = await startPostgres();

describe.skipIf('skipped' in postgres)('when the database', () => {
  const { url: database, stop } = postgres as PostgresServer;
  const closing: (() => Promise<unknown>)[] = [];
  let estates = 0;
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });
  afterAll(() => stop());

  async function open(delay: number | 'held', url = database) {
    const system = await startPagedSystem(delay);
    closing.push(() => system.close());
    const base = { name: `faults-${++estates}`, url: system.url, environments: 30, pages: 2 };
    const server = await openPagedServer({ ...base, database: url, timing: hastyTiming });
    closing.push(() => server.close());
    return { system, server, name: base.name };
  }

  const scan = (at: number) =>
    ({ kind: 'scan', cause: 'request', environments: [`production-${at}`], sources: [] }) as const;

  /** Kills one server process as the kernel does when memory runs out: PostgreSQL then drops every connection and recovers. */
  async function crash({ store }: PagedServer): Promise<void> {
    const { rows } = await store.statements.run('SELECT pg_backend_pid() AS pid');
    process.kill((rows as { pid: number }[])[0]?.pid ?? 0, 'SIGKILL');
  }

  /** Waits until `isSo`, asking at every signal and, where the database was away and signals were lost, once it is back. */
  async function until(server: PagedServer, isSo: () => Promise<boolean>): Promise<void> {
    const found = Promise.withResolvers<void>();
    const look = () =>
      isSo().then(
        (so) => so && found.resolve(),
        // It is away; coming back is told as `missed`.
        () => undefined,
      );
    const subscription = await server.store.signals.subscribe(() => void look());
    await look();
    await found.promise;
    await subscription.close();
  }

  it('dies in the middle of a scan, the scan is recorded once', async () => {
    const { system, server, name } = await open('held');
    const worker = await startWorker(server.context, server.queue, { concurrency: 1, timing: hastyTiming });
    closing.push(() => worker.close());
    const { id } = await server.queue.add(scan(0));
    await system.waitFor(1);
    await crash(server);
    system.open();
    await until(server, async () => (await server.store.jobs.get(name, id))?.state === 'done');
    expect(await server.store.findings.scans(name, 10)).toHaveLength(1);
    expect(await server.store.findings.events(name, {}, 10)).toHaveLength(1);
  }, 120_000);

  it('dies while jobs are handed in and run, each that was acknowledged runs', async () => {
    const { server, name } = await open(5);
    const worker = await startWorker(server.context, server.queue, { concurrency: 2, timing: hastyTiming });
    closing.push(() => worker.close());
    const acknowledged: string[] = [];
    for (let at = 0; at < 12; at++) {
      if (at === 4) await crash(server);
      const added = await server.queue.add(scan(at)).catch(() => undefined);
      if (added) acknowledged.push(added.id);
    }
    expect(acknowledged.length).toBeGreaterThan(4);
    const isDone = async (id: string) => (await server.store.jobs.get(name, id))?.state === 'done';
    await until(server, async () => (await Promise.all(acknowledged.map(isDone))).every(Boolean));
    const scans = await server.store.findings.scans(name, 100);
    expect(new Set(scans.map(({ environments }) => environments.join())).size).toBe(scans.length);
  }, 120_000);

  it('does not answer, /readyz says so and /healthz does not', async () => {
    const own = await startPostgres();
    if ('skipped' in own) throw new Error(own.skipped);
    const { server } = await open(0, own.url);
    const app = Fastify();
    // Of the context, health looks at these alone.
    serveHealth(app, server.context as unknown as ServerContext);
    closing.push(() => app.close());
    expect((await app.inject('/readyz')).statusCode).toBe(200);
    await own.stop();
    const answer = await app.inject('/readyz');
    expect(answer.statusCode).toBe(503);
    expect(answer.json().checks).toContainEqual(
      expect.objectContaining({ what: 'database', ok: false, says: expect.stringContaining('database postgres') }),
    );
    expect((await app.inject('/healthz')).statusCode).toBe(200);
  }, 60_000);
});
