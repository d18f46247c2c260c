import { ok, type Result } from '@leeway/core';
import {
  type Authenticate,
  authenticator,
  buildApp,
  createComparisons,
  newSetUpLink,
  noSignInSettings,
  openBossQueue,
  openEventHub,
  type ServerContext,
  startWorker,
} from '@leeway/server';
import pino from 'pino';
import type { RunningServer, ServeRequest } from '../../use-cases.ts';
import { openEstateServerStore } from '../open-estate.ts';
import { readAddress } from './address.ts';
import { Closing } from './closing.ts';
import { holdEstate } from './estate-holder.ts';
import { closeInTime, listen } from './listen.ts';
import { startTracing } from './tracing.ts';
import { webFolder } from './web-folder.ts';

/** What only tests hand in, and whoever looks at screens while they are built. */
export interface StandIns {
  /** Instead of sessions and tokens. */
  readonly authenticate?: Authenticate;
  readonly clock?: () => Date;
}

const defaultConcurrency = 2;

/** Opens estate and store, and serves them until it is closed. What was opened is closed again where that fails. */
export async function startServer(request: ServeRequest & StandIns): Promise<Result<RunningServer>> {
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

/** The same with the program's own web application. */
export function serveWithWeb(request: ServeRequest, tell: (line: string) => void): Promise<Result<RunningServer>> {
  return startServer({ ...request, web: webFolder(tell) });
}

async function start(request: ServeRequest & StandIns, closing: Closing): Promise<Result<RunningServer>> {
  const site = readAddress(request.host, request.publicUrl);
  if (!site.ok) return site;
  const tracing = await startTracing(request.variable);
  if (!tracing.ok) return tracing;
  closing.add(tracing.value);
  const store = await openEstateServerStore(request);
  if (!store.ok) return store;
  closing.add(() => store.value.close());
  const estate = await holdEstate(request, store.value);
  if (!estate.ok) return estate;
  const { version, logLevel, web, role = 'all' } = request;
  const now = request.clock ?? (() => new Date());
  const known = { estate: estate.value, store: store.value, site: site.value, signIn: () => noSignInSettings, now };
  const basics = {
    ...known,
    authenticate: request.authenticate ?? authenticator(known),
    comparisons: createComparisons(estate.value, now),
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
  closing.add(() => closeInTime(app));
  // Streams end first: a server waits for its connections.
  closing.add(() => events.close());
  const listening = await listen(app, request);
  if (!listening.ok) return listening;
  const url = site.value.publicUrl?.origin ?? listening.value;
  const link = request.authenticate || role === 'worker' ? undefined : await newSetUpLink(context);
  return ok({
    url,
    listensAt: listening.value,
    ...(link !== undefined && { setUpUrl: `${url}/set-up?link=${link}` }),
    close: () => closing.close(),
  });
}
