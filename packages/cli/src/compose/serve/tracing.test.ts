import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { inSpan } from '@leeway/server/plugins/tracing.ts';
import { expect, it, onTestFinished, vi } from 'vitest';
import { startTracing } from './tracing.ts';

it('sends traces by OTLP where a variable names a receiver, and the last ones before it ends', async () => {
  const bodies: string[] = [];
  const receiver = createServer(async (request, response) => {
    bodies.push(`${request.url} ${await text(request)}`);
    response.end('{}');
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void receiver.close());
  await once(receiver, 'listening');
  const endpoint = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  // The exporter reads the variable itself.
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', endpoint);
  onTestFinished(() => void vi.unstubAllEnvs());

  const started = await startTracing((name) => process.env[name]);
  if (!started.ok) throw new Error(started.problems[0]?.message);
  await inSpan('scan', { environment: 'staging-eu' }, async () => undefined);
  await started.value();

  expect(bodies).toHaveLength(1);
  expect(bodies[0]).toMatch(/^\/v1\/traces .*"leeway".*"scan".*"staging-eu"/s);
});

it('loads nothing where nobody asks for traces', async () => {
  const started = await startTracing(() => undefined);
  expect(started.ok && (await started.value())).toBeUndefined();
});
