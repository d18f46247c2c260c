import { digestHex, problem } from '@leeway/core';
import type { AlsoWithin, RunSql, ServerStore } from '@leeway/store';
import type { FastifyBaseLogger } from 'fastify';
import { type Db as BossDatabase, PgBoss } from 'pg-boss';
import { attemptLimit, defaultTiming, type JobQueue, type QueuedJob, type QueueTiming } from './queue.ts';

const schema = 'leeway_jobs';

export interface BossQueueOptions {
  readonly store: ServerStore;
  readonly estate: string;
  readonly now: () => Date;
  readonly log: FastifyBaseLogger;
  /** False where this process only hands jobs in: others then look after the queue. */
  readonly supervises: boolean;
  readonly timing?: Partial<QueueTiming>;
}

/** Queues of one estate: several may share a database, and a worker knows only its own. */
interface Names {
  readonly work: string;
  readonly dead: string;
}

function namesFor(estate: string): Names {
  const id = digestHex(estate, 16);
  return { work: `job-${id}`, dead: `dead-job-${id}` };
}

/** The queue on pg-boss, over the store's own connections: a job and the row people see of it are made together. */
export async function openBossQueue(options: BossQueueOptions): Promise<JobQueue> {
  const timing = { ...defaultTiming, ...options.timing };
  const boss = createBoss(options, timing);
  const names = namesFor(options.estate);
  const { work, dead } = names;
  await boss.start();
  await boss.createQueue(dead, { deleteAfterSeconds: 3600 });
  await boss.createQueue(work, { deadLetter: dead, ...queueOptions(timing) });
  await boss.updateQueue(work, queueOptions(timing));
  return new BossQueue(boss, names, options, timing);
}

function createBoss({ store, supervises, log }: BossQueueOptions, timing: QueueTiming): PgBoss {
  const { listen } = store.statements;
  const boss = new PgBoss({
    db: { ...databaseOf(store.statements.run), ...(listen && { listen }) },
    backend: store.embedded ? 'pglite' : 'postgres',
    schema,
    // Schedules are our own: they know jitter, and a source's zone.
    schedule: false,
    supervise: supervises,
    superviseIntervalSeconds: timing.superviseSeconds,
    monitorIntervalSeconds: timing.superviseSeconds,
    useListenNotify: listen !== undefined,
    registerInstance: false,
  });
  boss.on('error', (error: Error) => log.warn({ err: error }, 'the job queue met an error'));
  boss.on('warning', (warning: { message: string }) => log.warn(warning.message));
  return boss;
}

function queueOptions(timing: QueueTiming) {
  return {
    retryLimit: attemptLimit - 1,
    retryDelay: timing.retrySeconds,
    retryBackoff: true,
    heartbeatSeconds: timing.heartbeatSeconds,
    expireInSeconds: timing.deadlineSeconds,
    deleteAfterSeconds: 3600,
    notify: true,
  };
}

function databaseOf(run: RunSql): BossDatabase {
  return { executeSql: (text, values) => run(text, values) };
}

class BossQueue implements JobQueue {
  readonly #boss: PgBoss;
  readonly #names: Names;
  readonly #options: BossQueueOptions;
  readonly #timing: QueueTiming;
  /** In the embedded store nobody notifies: the workers here are woken by hand. */
  #workers: readonly string[] = [];

  constructor(boss: PgBoss, names: Names, options: BossQueueOptions, timing: QueueTiming) {
    this.#boss = boss;
    this.#names = names;
    this.#options = options;
    this.#timing = timing;
  }

  async add(job: Parameters<JobQueue['add']>[0]) {
    const { store, estate, now } = this.#options;
    const added = await store.jobs.add(estate, { ...job, at: now().toISOString() }, this.#handIn);
    this.#wake();
    return added;
  }

  cancel(id: string) {
    const { store, estate, now } = this.#options;
    return store.jobs.cancel(estate, id, now().toISOString());
  }

  async replay(id: string) {
    const { store, estate } = this.#options;
    const replayed = await store.jobs.replay(estate, id, this.#handIn);
    this.#wake();
    return replayed;
  }

  async postpone(job: QueuedJob, seconds: number, run?: RunSql) {
    await this.#boss.send(this.#names.work, job, { startAfter: seconds, ...(run && { db: databaseOf(run) }) });
  }

  async work(...[concurrency, run, bury]: Parameters<JobQueue['work']>) {
    const { pollSeconds, heartbeatSeconds } = this.#timing;
    const { work, dead } = this.#names;
    // Jobs that come due later are not notified: being told of new ones is no reason to look less often.
    const often = { pollingIntervalSeconds: pollSeconds, notifyPollingIntervalSeconds: pollSeconds };
    const polling = { ...often, localConcurrency: concurrency };
    const options = { ...polling, heartbeatRefreshSeconds: heartbeatSeconds / 4 };
    const id = await this.#boss.work<QueuedJob>(work, options, async (jobs) => {
      for (const { data, signal } of jobs) await run(data, signal);
    });
    const lost = problem('LW8202', { attempts: attemptLimit });
    await this.#boss.work<QueuedJob>(dead, { pollingIntervalSeconds: Math.max(1, pollSeconds) }, async (jobs) => {
      for (const { data } of jobs) await bury(data, lost);
    });
    this.#workers = [id];
  }

  async close() {
    await this.#boss.stop({ graceful: true, timeout: stopMilliseconds });
  }

  readonly #handIn: AlsoWithin = async (job, run) => {
    const { estate } = this.#options;
    await this.#boss.send(this.#names.work, { estate, id: job.id }, { db: databaseOf(run) });
  };

  #wake(): void {
    for (const worker of this.#workers) this.#boss.notifyWorker(worker);
  }
}

/** Workers put their jobs back at once when they are told to stop; this is for those that do not. */
const stopMilliseconds = 15_000;
