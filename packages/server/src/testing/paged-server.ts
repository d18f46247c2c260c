import { openServerStore, type ServerStore } from '@leeway/store';
import Fastify from 'fastify';
import { openBossQueue } from '../jobs/boss-queue.ts';
import type { JobQueue, QueueTiming } from '../jobs/queue.ts';
import type { SchedulerContext } from '../jobs/scheduler.ts';
import type { WorkerContext } from '../jobs/worker.ts';
import type { NotifierContext } from '../notify/notifier.ts';
import { type ServerSettings, serverSettingsFile } from '../settings/schema.ts';
import { loadPagedEstate, type PagedEstate } from './paged-estate.ts';

export interface PagedServerOptions extends PagedEstate {
  readonly database: string;
  readonly timing?: Partial<QueueTiming>;
  readonly settings?: unknown;
  readonly now?: () => Date;
  readonly variable?: (name: string) => string | undefined;
}

/** The parts of a server that jobs, schedules and notifications need, over a paged estate. */
export interface PagedServer {
  readonly store: ServerStore;
  readonly queue: JobQueue;
  readonly context: WorkerContext & SchedulerContext & NotifierContext;
  close(): Promise<void>;
}

export async function openPagedServer(options: PagedServerOptions): Promise<PagedServer> {
  const opened = await openServerStore({ kind: 'postgres', url: options.database });
  if (!opened.ok) throw new Error(JSON.stringify(opened.problems));
  const store = opened.value;
  const current = await loadPagedEstate(options, store);
  const settings: ServerSettings = serverSettingsFile.parse(options.settings ?? {});
  const { now = () => new Date(), variable = () => undefined, timing = {} } = options;
  const context = {
    estate: { current: () => current, problems: () => [], reload: async () => ({ ok: true, value: current }) as const },
    settings: { current: () => settings, text: () => '', problems: () => [], reload: async () => undefined },
    watch: { look: async () => undefined, close: async () => undefined },
    store,
    now,
    variable,
    log: Fastify({ logger: { level: process.env['PAGED_LOG'] ?? 'silent' } }).log,
  };
  const queue = await openBossQueue({ ...context, estate: options.name, supervises: true, timing });
  return {
    store,
    queue,
    context,
    async close() {
      await queue.close();
      await store.close();
    },
  };
}

/** For tests, which do not wait: a dead worker is found in some twenty seconds, which is as fast as the queue can be. */
export const hastyTiming: Partial<QueueTiming> = {
  claimSeconds: 4,
  heartbeatSeconds: 10,
  superviseSeconds: 1,
  retrySeconds: 1,
  pollSeconds: 0.5,
};
