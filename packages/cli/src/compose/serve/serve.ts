import { ok, type Result } from '@leeway/core';
import {
  type Authenticate,
  authenticator,
  buildApp,
  createAuditLog,
  createComparisons,
  createEstateRepository,
  createViews,
  holdSettings,
  newSetUpLink,
  openBossQueue,
  openEventHub,
  type ServerContext,
  watchEstate,
} from '@leeway/server';
import pino from 'pino';
import type { RunningServer, ServeRequest } from '../../use-cases.ts';
import { openEstateServerStore } from '../open-estate.ts';
import { readAddress } from './address.ts';
import { startBackground } from './background.ts';
import { Closing } from './closing.ts';
import { holdEstate } from './estate-holder.ts';
import { evidenceRenderer } from './evidence.ts';
import { closeInTime, listen } from './listen.ts';
import { startTracing } from './tracing.ts';
import { webFolder } from './web-folder.ts';

/** What only tests hand in, and whoever looks at screens while they are built. */
export interface StandIns {
  /** Instead of sessions and tokens. */
  readonly authenticate?: Authenticate;
  readonly clock?: () => Date;
}

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
  const { version, logLevel, web, variable, role = 'all' } = request;
  const now = request.clock ?? (() => new Date());
  const log = pino({ level: logLevel, name: 'leeway' }, pino.destination(2));
  const settings = await holdSettings(estate.value);
  const watch = await watchEstate({ estate: estate.value, settings, store: store.value, log });
  closing.add(() => watch.close());
  const known = {
    estate: estate.value,
    settings,
    store: store.value,
    site: site.value,
    signIn: () => settings.current().signIn,
    now,
  };
  const basics = {
    ...known,
    watch,
    variable,
    authenticate: request.authenticate ?? authenticator(known),
    audit: createAuditLog(store.value, () => estate.value.current().estate.name, now),
    renderEvidence: evidenceRenderer(version),
    comparisons: createComparisons(estate.value, now),
    views: createViews(estate.value, store.value, now),
    repository: createEstateRepository({
      directory: request.directory,
      ref: request.ref,
      settings: settings.current,
      variable,
    }),
    version,
    ...(web !== undefined && { web }),
    log,
  };
  const queue = await openBossQueue({
    ...basics,
    estate: estate.value.current().estate.name,
    supervises: role !== 'api',
  });
  closing.add(() => queue.close());
  const events = await openEventHub(store.value.signals);
  const context: ServerContext = { ...basics, queue, events };
  if (role !== 'api') await startBackground(context, queue, request.concurrency, closing);
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
