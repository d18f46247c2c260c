import { context, propagation, type Span, SpanKind, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** The tracer of whoever set one up; without that it records nothing and costs next to nothing. */
export function leewayTracer(): Tracer {
  return trace.getTracer('leeway');
}

/**
 * One span a call, under the caller's own trace where it names one (W3C Trace Context). Attributes follow OpenTelemetry's
 * HTTP conventions; the address is the route's pattern and never carries what stands in a query.
 */
export function traceCalls(app: FastifyInstance, tracer: Tracer = leewayTracer()): void {
  const spans = new WeakMap<FastifyRequest, Span>();
  app.addHook('onRequest', async (request) => {
    const parent = propagation.extract(context.active(), request.headers);
    const attributes = { 'http.request.method': request.method, 'leeway.request_id': request.id };
    spans.set(request, tracer.startSpan(request.method, { kind: SpanKind.SERVER, attributes }, parent));
  });
  app.addHook('onResponse', async (request, reply) => {
    const span = spans.get(request);
    if (!span) return;
    const route = request.routeOptions.url ?? 'unknown';
    const { operationId } = request.routeOptions.config;
    span.updateName(`${request.method} ${route}`);
    span.setAttributes({ 'http.route': route, 'http.response.status_code': reply.statusCode });
    if (operationId !== undefined) span.setAttribute('leeway.operation', operationId);
    if (reply.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  });
}

/** Runs something that takes time (a scan, a delivery) in a span of its own. */
export async function inSpan<T>(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  work: (span: Span) => Promise<T>,
  tracer: Tracer = leewayTracer(),
): Promise<T> {
  const span = tracer.startSpan(name, { attributes });
  try {
    return await work(span);
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span.end();
  }
}
