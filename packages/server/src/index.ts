export { buildApp } from './app.ts';
export { createComparisons } from './compare/comparisons.ts';
export type { Authenticate, CurrentEstate, EstateHolder, ServerContext } from './context.ts';
export { api } from './contract/api.ts';
export { type EventHub, openEventHub } from './events/hub.ts';
export { openBossQueue } from './jobs/boss-queue.ts';
export type { JobQueue, QueueTiming } from './jobs/queue.ts';
export { type JobWorker, startWorker } from './jobs/worker.ts';
