import { ok, type Result } from '@leeway/core';
import { type Authenticate, buildApp } from '@leeway/server';
import pino from 'pino';
import type { EstateRequest } from '../../use-cases.ts';
import { openEstateStore } from '../open-estate.ts';
import { holdEstate } from './estate-holder.ts';
import { startTracing } from './tracing.ts';

/** How the server is to run. */
export interface ServeRequest extends EstateRequest {
  readonly port: number;
  /** Loopback unless said otherwise. */
  readonly host: string;
  readonly version: string;
  readonly logLevel: string;
  readonly authenticate: Authenticate;
  /** Folder of the built web application (`webFolder`); the API alone without. */
  readonly web?: string | undefined;
}

/** A server that listens. */
export interface RunningServer {
  readonly url: string;
  /** Ends calls under way, then the store. */
  close(): Promise<void>;
}

/** Opens estate and store, and serves them until it is closed. */
export async function startServer(request: ServeRequest): Promise<Result<RunningServer>> {
  const tracing = await startTracing(request.variable);
  if (!tracing.ok) return tracing;
  const store = await openEstateStore(request);
  if (!store.ok) return store;
  const estate = await holdEstate(request, store.value);
  if (!estate.ok) {
    await store.value.close();
    return estate;
  }
  const { version, authenticate, port, host, logLevel, web } = request;
  const app = await buildApp({
    estate: estate.value,
    store: store.value,
    authenticate,
    now: () => new Date(),
    version,
    ...(web !== undefined && { web }),
    log: pino({ level: logLevel, name: 'leeway' }, pino.destination(2)),
  });
  const url = await app.listen({ port, host });
  return ok({
    url,
    async close() {
      await app.close();
      await store.value.close();
      await tracing.value();
    },
  });
}
