import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import Fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { inSpan, traceCalls } from './tracing.ts';

function recorder() {
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  return { exporter, tracer: provider.getTracer('test') };
}

describe('traces', () => {
  it('a call is one span, named by its route and without what stands in its query', async () => {
    const { exporter, tracer } = recorder();
    const app = Fastify();
    traceCalls(app, tracer);
    app.get('/findings/:fingerprint', { config: { operationId: 'getFinding' } }, () => ({}));
    await app.inject('/findings/abcd?q=secret-word');
    const [span] = exporter.getFinishedSpans();
    expect(span).toMatchObject({ name: 'GET /findings/:fingerprint', kind: SpanKind.SERVER });
    expect(span?.attributes).toMatchObject({
      'http.route': '/findings/:fingerprint',
      'http.response.status_code': 200,
      'leeway.operation': 'getFinding',
    });
    expect(JSON.stringify(span?.attributes)).not.toContain('secret-word');
  });

  it('what fails is marked as failed, and fails as before', async () => {
    const { exporter, tracer } = recorder();
    const fail = () => Promise.reject(new Error('no such host'));
    await expect(inSpan('scan', { environment: 'staging' }, fail, tracer)).rejects.toThrow('no such host');
    expect(exporter.getFinishedSpans()[0]).toMatchObject({ name: 'scan', status: { code: SpanStatusCode.ERROR } });
  });
});
