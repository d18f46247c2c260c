import { createHash, timingSafeEqual } from 'node:crypto';
import { ProblemError, problem } from '@leeway/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { ServerContext } from '../context.ts';

/** What is counted of an estate is counted anew at most this often, however often it is asked for. */
const keptMilliseconds = 15_000;
const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const tokenVariable = 'LEEWAY_METRICS_TOKEN';

/**
 * `/metrics` for Prometheus: drift, completeness and age of readings, the queue, latency of calls, the process. Answers
 * callers on this machine, and others that send the token in LEEWAY_METRICS_TOKEN.
 */
export function serveMetrics(app: FastifyInstance, context: ServerContext): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'leeway_' });
  timeCalls(app, registry);
  const measure = estateGauges(registry, context);
  let measured = Number.NEGATIVE_INFINITY;
  app.get('/metrics', { schema: { hide: true }, config: { open: true }, logLevel: 'warn' }, async (request, reply) => {
    requireWatcher(request, context.variable(tokenVariable));
    const now = context.now().getTime();
    if (now - measured > keptMilliseconds) {
      await measure();
      measured = now;
    }
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}

function timeCalls(app: FastifyInstance, registry: Registry): void {
  const latency = new Histogram({
    name: 'leeway_http_request_duration_seconds',
    help: 'Calls by operation and status.',
    labelNames: ['operation', 'status'],
    buckets: seconds,
    registers: [registry],
  });
  app.addHook('onResponse', async (request, reply) => {
    const { contract, operationId, open } = request.routeOptions.config;
    // A stream lasts as long as somebody looks: that is no latency.
    if (contract?.stream === 'text/event-stream' || open) return;
    latency.observe({ operation: operationId ?? 'unknown', status: `${reply.statusCode}` }, reply.elapsedTime / 1000);
  });
}

function estateGauges(registry: Registry, { store, estate, events, now }: ServerContext): () => Promise<void> {
  const gauge = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Gauge<L>({ name: `leeway_${name}`, help, labelNames, registers: [registry] });
  const findings = gauge('findings_open', 'Open findings.', ['environment', 'layer', 'verdict', 'severity']);
  const age = gauge('reading_age_seconds', 'Age of the newest reading.', ['environment', 'source', 'plane']);
  const complete = gauge('reading_complete', '1 where everything was read.', ['environment', 'source', 'plane']);
  const jobs = gauge('jobs', 'Jobs that are kept, by state.', ['state']);
  const oldest = gauge('job_oldest_waiting_seconds', 'How long the oldest waiting job has waited.', []);
  const streams = gauge('event_streams', 'Streams of events that are open here.', []);
  return async () => {
    const { name } = estate.current().estate;
    const [counts, readings, queue] = await Promise.all([
      store.gauges.openFindings(name),
      store.gauges.newestReadings(name),
      store.jobs.counts(name),
    ]);
    const moment = now().getTime();
    for (const each of [findings, age, complete, jobs]) each.reset();
    for (const { count, ...labels } of counts) findings.set(labels, count);
    for (const { environment, source, plane, takenAt, complete: isComplete } of readings) {
      age.set({ environment, source, plane }, (moment - Date.parse(takenAt)) / 1000);
      complete.set({ environment, source, plane }, isComplete ? 1 : 0);
    }
    for (const [state, count] of Object.entries(queue.byState)) jobs.set({ state }, count);
    oldest.set(queue.oldestWaiting === undefined ? 0 : (moment - Date.parse(queue.oldestWaiting)) / 1000);
    streams.set(events.streams);
  };
}

function requireWatcher(request: FastifyRequest, token: string | undefined): void {
  const { authorization } = request.headers;
  if (token !== undefined && token !== '' && isSame(authorization ?? '', `Bearer ${token}`)) return;
  // What comes through a proxy on this machine is not from this machine.
  const isForwarded = request.headers['x-forwarded-for'] !== undefined || request.headers.forwarded !== undefined;
  const address = request.socket.remoteAddress ?? '';
  if (!isForwarded && /^(?:127\.|::1$|::ffff:127\.)/.test(address)) return;
  throw new ProblemError(problem('LW8001'));
}

function isSame(left: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}
