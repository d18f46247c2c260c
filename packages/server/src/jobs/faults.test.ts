import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../../../../checks/postgres-server.ts';
import { endChild, startPagedWorker } from '../testing/children.ts';
import { hastyTiming, openPagedServer, type PagedServer, type PagedServerOptions } from '../testing/paged-server.ts';
import { type PagedSystem, startPagedSystem } from '../testing/paged-system.ts';
import { startScheduler } from './scheduler.ts';
import { startWorker } from './worker.ts';

const postgres = await startPostgres();

describe.skipIf('skipped' in postgres)('jobs on PostgreSQL', () => {
  const { url: database, stop } = postgres as PostgresServer;
  const closing: (() => Promise<unknown>)[] = [];
  let estates = 0;
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });
  afterAll(() => stop());

  async function open(
    system: Pick<PagedSystem, 'url'>,
    more: Partial<PagedServerOptions> = {},
  ): Promise<{ server: PagedServer; options: PagedServerOptions }> {
    const base = { name: `paged-${++estates}`, url: system.url, environments: 4, pages: 3, database };
    const options: PagedServerOptions = { ...base, timing: hastyTiming, ...more };
    const server = await openPagedServer(options);
    closing.push(() => server.close());
    return { server, options };
  }

  async function system(delay: number | 'held'): Promise<PagedSystem> {
    const started = await startPagedSystem(delay);
    closing.push(() => started.close());
    return started;
  }

  /** The job once it is in one of these states: told by signals, looked at whenever one comes. */
  async function reaches({ store, context }: PagedServer, id: string, ...states: readonly string[]) {
    const { name } = context.estate.current().estate;
    const found = Promise.withResolvers<Awaited<ReturnType<typeof store.jobs.get>>>();
    const look = () =>
      store.jobs.get(name, id).then((job) => job && states.includes(job.state) && found.resolve(job), found.reject);
    const subscription = await store.signals.subscribe(() => void look());
    await look();
    const job = await found.promise;
    await subscription.close();
    return job;
  }

  const scan = (environments: readonly string[]) =>
    ({ kind: 'scan', cause: 'request', environments, sources: [] }) as const;

  it('a worker killed during a scan: another takes it up, and it is recorded once', async () => {
    const held = await system('held');
    const { server, options } = await open(held);
    const first = await startPagedWorker({ ...options, concurrency: 1 });
    closing.push(() => endChild(first, 'SIGKILL'));
    const { id } = await server.queue.add(scan(['production-0']));
    await held.waitFor(1);
    await endChild(first, 'SIGKILL');
    const second = await startPagedWorker({ ...options, concurrency: 1 });
    closing.push(() => endChild(second, 'SIGTERM'));
    held.open();
    const job = await reaches(server, id, 'done', 'dead', 'failed');
    expect(job).toMatchObject({ state: 'done', attempts: 2, outcome: { findings: 1, isNew: 1 } });
    const { name } = server.context.estate.current().estate;
    expect(await server.store.findings.scans(name, 10)).toHaveLength(1);
    expect(await server.store.findings.events(name, {}, 10)).toHaveLength(1);
  }, 120_000);

  it('a worker that is stopped puts its job back at once, without an attempt lost', async () => {
    const held = await system('held');
    const { server, options } = await open(held);
    const first = await startPagedWorker({ ...options, concurrency: 1 });
    closing.push(() => endChild(first, 'SIGKILL'));
    const { id } = await server.queue.add(scan(['production-0']));
    await held.waitFor(1);
    await endChild(first, 'SIGTERM');
    held.open();
    const worker = await startWorker(server.context, server.queue, { concurrency: 1, timing: hastyTiming });
    closing.push(() => worker.close());
    expect(await reaches(server, id, 'done', 'dead', 'failed')).toMatchObject({ state: 'done', attempts: 1 });
  }, 120_000);

  it('two scans never read the same source of an environment at the same time; others do', async () => {
    const slow = await system(40);
    const { server } = await open(slow, { environments: 2, pages: 5 });
    const worker = await startWorker(server.context, server.queue, { concurrency: 3, timing: hastyTiming });
    closing.push(() => worker.close());
    const jobs = await Promise.all([
      server.queue.add(scan(['production-0'])),
      server.queue.add(scan(['production-1'])),
      server.queue.add(scan([])),
    ]);
    for (const { id } of jobs) expect(await reaches(server, id, 'done', 'dead')).toMatchObject({ state: 'done' });
    expect(slow.mostAtOnce).toBe(1);
  }, 120_000);

  it('a worker leaves the jobs of other estates in the same database alone', async () => {
    const other = await open(await system(0));
    const { id } = await other.server.queue.add(scan(['production-0']));
    const { server } = await open(await system(0));
    const worker = await startWorker(server.context, server.queue, { concurrency: 1, timing: hastyTiming });
    closing.push(() => worker.close());
    const own = await server.queue.add(scan(['production-0']));
    await reaches(server, own.id, 'done');
    const { name } = other.server.context.estate.current().estate;
    expect(await other.server.store.jobs.get(name, id)).toMatchObject({ state: 'waiting', attempts: 0 });
  }, 60_000);

  it('of two that wait for the same, one is made; what was made for a moment is not made again', async () => {
    const { server } = await open(await system(0));
    const [one, two] = await Promise.all([
      server.queue.add(scan(['production-0'])),
      server.queue.add(scan(['production-0'])),
    ]);
    expect(two?.id).toBe(one?.id);
    const once = { ...scan(['production-1']), once: 'hook x 1' };
    const made = await server.queue.add(once);
    await server.queue.cancel(made.id);
    expect(await server.queue.add(once)).toMatchObject({ id: made.id, state: 'cancelled' });
  }, 60_000);

  it('a running scan is cancelled, and records nothing; it can be run again', async () => {
    const held = await system('held');
    const { server } = await open(held);
    const worker = await startWorker(server.context, server.queue, { concurrency: 1, timing: hastyTiming });
    closing.push(() => worker.close());
    const { id } = await server.queue.add(scan(['production-0']));
    await held.waitFor(1);
    await server.queue.cancel(id);
    expect(await reaches(server, id, 'cancelled')).toMatchObject({ attempts: 1 });
    const { name } = server.context.estate.current().estate;
    expect(await server.store.findings.scans(name, 10)).toEqual([]);
    held.open();
    await server.queue.replay(id);
    expect(await reaches(server, id, 'done')).toMatchObject({ state: 'done' });
  }, 60_000);

  it('two servers racing on one schedule run it once, across a change of the clock', async () => {
    let moment = new Date('2026-10-24T23:59:00Z');
    const now = () => moment;
    const schedules = {
      nightly: { cron: '30 2 * * *', zone: 'Europe/Amsterdam', jitter: '0s', environments: ['production-0'] },
    };
    const quiet = await system(0);
    const { server, options } = await open(quiet, { settings: { schedules }, now });
    const rival = await openPagedServer(options);
    closing.push(() => rival.close());
    const both = [server, rival].map((each) => startScheduler(each.context, each.queue));
    closing.push(...both.map((each) => () => each.close()));
    const { name } = server.context.estate.current().estate;
    // Every quarter of an hour from 01:59 summer time to 03:14 winter time; 02:30 comes twice.
    for (let quarter = 0; quarter < 10; quarter++) {
      await Promise.all(both.map((each) => each.tick()));
      moment = new Date(moment.getTime() + 15 * 60_000);
    }
    await Promise.all(both.map((each) => each.tick()));
    const jobs = await server.store.jobs.list(name, { limit: 10 });
    expect(jobs).toMatchObject([{ cause: 'schedule', environments: ['production-0'] }]);
    const [state] = await server.store.schedules.list(name);
    expect(state).toMatchObject({ lastRun: '2026-10-25T00:30:00.000Z', nextRun: '2026-10-26T01:30:00.000Z' });
  }, 60_000);
});
