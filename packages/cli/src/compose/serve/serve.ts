import { ok, type Result } from '@leeway/core';
import {
  type Authenticate,
  buildApp,
  createComparisons,
  openBossQueue,
  openEventHub,
  type ServerContext,
  startWorker,
} from '@leeway/server';
import pino from 'pino';
import type { EstateRequest } from '../../use-cases.ts';
import { openEstateServerStore } from '../open-estate.ts';
import { Closing } from './closing.ts';
import { holdEstate } from './estate-holder.ts';
import { startTracing } from './tracing.ts';

/** `api` answers calls, `worker` runs jobs, `all` does both. */
export type ServeRole = 'api' | 'worker' | 'all';

/** How the server is to run. */
export interface ServeRequest extends EstateRequest {
  readonly port: number;
  /** Loopback unless said otherwise. */
  readonly host: string;
  readonly version: string;
  readonly logLevel: string;
  readonly authenticate: Authenticate;
  /** `all` where absent. */
  readonly role?: ServeRole;
  /** Jobs at a time; 2 where absent. */
  readonly concurrency?: number;
  /** Folder of the built web application (`webFolder`); the API alone without. */
  readonly web?: string | undefined;
}

/** A server that listens. */
export interface RunningServer {
  readonly url: string;
  /** Ends calls under way, puts jobs back, then closes the store. */
  close(): Promise<void>;
}

const defaultConcurrency = 2;

/** Opens estate and store, and serves them until it is closed. What was opened is closed again where that fails. */
export async function startServer(request: ServeRequest): Promise<Result<RunningServer>> {
  const closing = new Closing();
  try {
    const started = await start(request, closing);
    if (!started.ok) await closing.close();
    return started;
  } catch (error) {
    await closing.close();
    throw error;
  }
}

async function start(request: ServeRequest, closing: Closing): Promise<Result<RunningServer>> {
  const tracing = await startTracing(request.variable);
  if (!tracing.ok) return tracing;
  closing.add(tracing.value);
  const store = await openEstateServerStore(request);
  if (!store.ok) return store;
  closing.add(() => store.value.close());
  const estate = await holdEstate(request, store.value);
  if (!estate.ok) return estate;
  const { version, authenticate, logLevel, web, role = 'all' } = request;
  const basics = {
    estate: estate.value,
    store: store.value,
    authenticate,
    comparisons: createComparisons(estate.value, () => new Date()),
    now: () => new Date(),
    version,
    ...(web !== undefined && { web }),
    log: pino({ level: logLevel, name: 'leeway' }, pino.destination(2)),
  };
  const queue = await openBossQueue({
    ...basics,
    estate: estate.value.current().estate.name,
    supervises: role !== 'api',
  });
  closing.add(() => queue.close());
  const events = await openEventHub(store.value.signals);
  const context: ServerContext = { ...basics, queue, events };
  if (role !== 'api') {
    const worker = await startWorker(context, queue, { concurrency: request.concurrency ?? defaultConcurrency });
    closing.add(() => worker.close());
  }
  const app = await buildApp(context);
  closing.add(() => app.close());
  // Streams end first: a server waits for its connections.
  closing.add(() => events.close());
  const url = await app.listen({ port: request.port, host: request.host });
  return ok({ url, close: () => closing.close() });
}
