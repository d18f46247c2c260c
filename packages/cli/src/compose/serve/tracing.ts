import { loadOptional } from '@leeway/connector-kit';
import { ok, type Result } from '@leeway/core';
import { context, propagation, trace } from '@opentelemetry/api';

/** Ends tracing: what was recorded is sent first. */
export type StopTracing = () => Promise<void>;

/**
 * Sends traces by OTLP over HTTP where OTEL_EXPORTER_OTLP_ENDPOINT (or …_TRACES_ENDPOINT) says where to, as OpenTelemetry's
 * exporter specification names them; nothing is loaded otherwise. LW3009 where the packages are not installed.
 */
export async function startTracing(variable: (name: string) => string | undefined): Promise<Result<StopTracing>> {
  const asked = variable('OTEL_EXPORTER_OTLP_ENDPOINT') ?? variable('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT');
  if (asked === undefined || asked === '') return ok(async () => undefined);
  const sdk = await loadOptional('OpenTelemetry', '@opentelemetry/sdk-trace', () => import('@opentelemetry/sdk-trace'));
  if (!sdk.ok) return sdk;
  const exporters = await loadOptional(
    'OpenTelemetry',
    '@opentelemetry/exporter-trace-otlp-http',
    () => import('@opentelemetry/exporter-trace-otlp-http'),
  );
  if (!exporters.ok) return exporters;
  const [{ resourceFromAttributes }, { W3CTraceContextPropagator }] = await Promise.all([
    import('@opentelemetry/resources'),
    import('@opentelemetry/core'),
  ]);
  const { BatchSpanProcessor, StackContextManager, TracerProvider } = sdk.value;
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': variable('OTEL_SERVICE_NAME') ?? 'leeway' }),
    spanProcessors: [new BatchSpanProcessor({ exporter: new exporters.value.OTLPTraceExporter() })],
  });
  context.setGlobalContextManager(new StackContextManager());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider);
  return ok(async () => {
    trace.disable();
    await provider.shutdown();
  });
}
