import { createHmac } from 'node:crypto';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../../../../checks/postgres-server.ts';
import type { ServerContext } from '../context.ts';
import { handleErrors } from '../plugins/errors.ts';
import { openPagedServer, type PagedServer } from '../testing/paged-server.ts';
import { serveHooks } from './hooks.ts';

const postgres = await startPostgres();
const secret = 'correct horse battery staple';
const moment = new Date('2026-06-01T10:00:00Z');

describe.skipIf('skipped' in postgres)('webhooks', () => {
  const { url: database, stop } = postgres as PostgresServer;
  let server: PagedServer;
  let app: FastifyInstance;
  beforeAll(async () => {
    const hooks = {
      github: { kind: 'github', secret: 'GITHUB', environments: { prod: 'production-0' }, scan: ['production-1'] },
      cloud: { kind: 'cloudevents', secret: 'CLOUD', scan: ['production-2'] },
      unset: { kind: 'github', secret: 'NOBODY_SET_THIS' },
    };
    const variables: Readonly<Record<string, string>> = { GITHUB: secret, CLOUD: secret };
    const base = { name: 'hooks', url: 'http://127.0.0.1:9', environments: 3, pages: 1, database };
    const clock = { now: () => moment, variable: (name: string) => variables[name] };
    server = await openPagedServer({ ...base, ...clock, settings: { hooks } });
    app = Fastify();
    handleErrors(app);
    // Of the context, hooks use what jobs and schedules use, and the queue.
    await serveHooks(app, { ...server.context, queue: server.queue } as unknown as ServerContext);
  }, 60_000);
  afterAll(async () => {
    await app?.close();
    await server?.close();
    await stop();
  });

  const sign = (body: string) => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

  async function post(name: string, event: unknown, headers: Readonly<Record<string, string>>) {
    const payload = typeof event === 'string' ? event : JSON.stringify(event);
    const type = { 'content-type': 'application/json' };
    const answer = await app.inject({
      method: 'POST',
      url: `/hooks/${name}`,
      payload,
      headers: { ...type, ...headers },
    });
    return { status: answer.statusCode, body: answer.json() as { job?: string; ignored?: string; code?: string } };
  }

  const github = (event: unknown, kind: string, delivery: string) =>
    post('github', event, {
      'x-hub-signature-256': sign(JSON.stringify(event)),
      'x-github-event': kind,
      'x-github-delivery': delivery,
    });

  it('make one job of a delivery, however often it comes', async () => {
    const push = { ref: 'refs/heads/main' };
    const first = await github(push, 'push', 'd1');
    expect(first).toMatchObject({ status: 202, body: { job: expect.any(String) } });
    await server.queue.cancel(first.body.job ?? '');
    expect(await github(push, 'push', 'd1')).toEqual(first);
    const next = await github(push, 'push', 'd2');
    expect(next.body.job).not.toBe(first.body.job);
    const job = await server.store.jobs.get('hooks', next.body.job ?? '');
    expect(job).toMatchObject({ cause: 'push', environments: ['production-1'] });
  });

  it('scan what was deployed, and say why they did nothing', async () => {
    const status = { state: 'success' };
    const event = { deployment_status: status, deployment: { sha: 'HEAD', environment: 'nowhere' } };
    expect(await github(event, 'deployment_status', 'd3')).toMatchObject({ status: 404, body: { code: 'LW3018' } });
    expect((await github({ ref: 'refs/heads/topic' }, 'push', 'd4')).body).toEqual({ ignored: 'a push to topic' });
    expect((await github({}, 'ping', 'd5')).body).toEqual({ ignored: 'an event "ping"' });
    const told = {
      specversion: '1.0',
      id: '1',
      source: '/ci',
      time: moment.toISOString(),
      data: { environment: 'production-0' },
    };
    const taken = await post('cloud', told, { authorization: `Bearer ${secret}` });
    const job = await server.store.jobs.get('hooks', taken.body.job ?? '');
    expect(job).toMatchObject({ cause: 'deployment', environments: ['production-0'] });
  });

  it('refuse what is not signed, not known, not JSON, or old', async () => {
    const signed = { 'x-hub-signature-256': sign('{}') };
    expect(await post('github', '{ }', signed)).toMatchObject({ status: 401, body: { code: 'LW8206' } });
    expect(await post('github', '{}', {})).toMatchObject({ status: 401, body: { code: 'LW8206' } });
    expect(await post('nobody', '{}', signed)).toMatchObject({ status: 404, body: { code: 'LW8003' } });
    expect(await post('__proto__', '{}', signed)).toMatchObject({ status: 404 });
    expect(await post('unset', '{}', signed)).toMatchObject({ status: 503, body: { code: 'LW8207' } });
    const text = await post('github', 'ref=main', { 'x-hub-signature-256': sign('ref=main') });
    expect(text).toMatchObject({ status: 400, body: { code: 'LW8209' } });
    const old = { specversion: '1.0', id: '2', source: '/ci', time: '2026-06-01T08:59:00Z' };
    const refused = await post('cloud', old, { authorization: `Bearer ${secret}` });
    expect(refused).toMatchObject({ status: 400, body: { code: 'LW8208' } });
  });
});
