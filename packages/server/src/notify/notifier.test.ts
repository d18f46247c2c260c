import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../../../../checks/postgres-server.ts';
import { startWorker } from '../jobs/worker.ts';
import { hastyTiming, openPagedServer, type PagedServer } from '../testing/paged-server.ts';
import { startPagedSystem } from '../testing/paged-system.ts';
import { startNotifier } from './notifier.ts';

interface Received {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A receiver on loopback that answers with `status`. */
async function startReceiver(status: () => number) {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    received.push({ url: request.url ?? '', headers: request.headers, body });
    response.writeHead(status()).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const postgres = await startPostgres();

describe.skipIf('skipped' in postgres)('notifications', () => {
  const { url: database, stop } = postgres as PostgresServer;
  const closing: (() => Promise<unknown>)[] = [];
  let estates = 0;
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });
  afterAll(() => stop());

  /** A server whose estate has one finding in each of three environments once it is scanned. */
  async function open(notifications: unknown, variables: Readonly<Record<string, string>>) {
    const system = await startPagedSystem(0);
    closing.push(() => system.close());
    let moment = Date.now();
    const base = {
      name: `news-${++estates}`,
      url: system.url,
      environments: 3,
      pages: 1,
      database,
      timing: hastyTiming,
    };
    const clock = { now: () => new Date(moment), variable: (name: string) => variables[name] };
    const server = await openPagedServer({ ...base, ...clock, settings: { notifications } });
    closing.push(() => server.close());
    const worker = await startWorker(server.context, server.queue, { concurrency: 1, timing: hastyTiming });
    closing.push(() => worker.close());
    const notifier = startNotifier(server.context);
    closing.push(() => notifier.close());
    await notifier.tick();
    const wait = async (seconds: number) => {
      moment += seconds * 1000;
      await notifier.tick();
    };
    const list = () => server.store.news.list(base.name, undefined, 20);
    return { server, wait, list, name: base.name };
  }

  async function scan({ store, queue }: PagedServer, estate: string): Promise<void> {
    const done = Promise.withResolvers<void>();
    const { id } = await queue.add({ kind: 'scan', cause: 'request', environments: [], sources: [] });
    const look = async () => {
      const job = await store.jobs.get(estate, id);
      if (job?.state === 'done') done.resolve();
    };
    const subscription = await store.signals.subscribe(() => void look().catch(done.reject));
    await look();
    await done.promise;
    await subscription.close();
  }

  const allow = { allowInternal: ['127.0.0.1'] };

  it('tells what is new once, by cause, signed; the same found again is no news', async () => {
    const receiver = await startReceiver(() => 204);
    closing.push(() => receiver.close());
    const channels = { hook: { kind: 'webhook', url: 'HOOK_URL', secret: 'HOOK_KEY', ...allow } };
    const settings = { channels, routes: [{ channel: 'hook', severity: 'low' }] };
    const { server, wait, list, name } = await open(settings, { HOOK_URL: `${receiver.url}/in`, HOOK_KEY: 'a key' });
    await scan(server, name);
    await wait(0);
    expect(receiver.received).toHaveLength(0);
    await wait(30);
    expect(receiver.received).toHaveLength(1);
    const [{ headers, body }] = receiver.received as [Received];
    const event = JSON.parse(body);
    expect(event).toMatchObject({ specversion: '1.0', type: 'leeway.findings.moved', data: { estate: name } });
    expect(event.data.items).toHaveLength(1);
    expect(event.data.items[0].environments).toHaveLength(3);
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
    const signature = createHmac('sha256', 'a key').update(signed).digest('base64');
    expect(headers['webhook-signature']).toBe(`v1,${signature}`);
    await scan(server, name);
    await wait(30);
    expect(receiver.received).toHaveLength(1);
    expect(await list()).toMatchObject([{ state: 'delivered', attempts: 1, findings: 3 }]);
  }, 120_000);

  it('tries again later, gives up on a refusal, and keeps what became of each', async () => {
    let status = 503;
    const receiver = await startReceiver(() => status);
    closing.push(() => receiver.close());
    const channels = {
      chat: { kind: 'slack', url: 'CHAT_URL', ...allow },
      page: { kind: 'pagerduty', key: 'PAGE_KEY', endpoint: `${receiver.url}/enqueue`, ...allow },
      inside: { kind: 'teams', url: 'CHAT_URL' },
      unset: { kind: 'teams', url: 'NOBODY_SET_THIS' },
    };
    const routes = Object.keys(channels).map((channel) => ({ channel, severity: 'low' }));
    const { server, wait, list, name } = await open({ channels, routes }, { CHAT_URL: receiver.url, PAGE_KEY: 'k' });
    await scan(server, name);
    await wait(30);
    await wait(30);
    const states = async () =>
      Object.fromEntries(
        (await list()).map(({ channel, state, error = '' }) => [channel, `${state} ${error.slice(0, 6)}`]),
      );
    expect(await states()).toEqual({
      chat: 'waiting LW8212',
      page: 'waiting LW8212',
      inside: 'waiting LW8210',
      unset: 'waiting LW8213',
    });
    status = 202;
    await wait(600);
    expect(await states()).toMatchObject({ chat: 'delivered ', page: 'delivered ' });
    const paged = receiver.received.findLast(({ url }) => url === '/enqueue');
    expect(JSON.parse(paged?.body ?? '{}')).toMatchObject({ routing_key: 'k', event_action: 'trigger' });
  }, 120_000);

  it('sends mail as text', async () => {
    const mails: string[] = [];
    const smtp = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      onData: (stream, _session, done) => {
        let text = '';
        stream.on('data', (chunk) => {
          text += chunk;
        });
        stream.on('end', () => {
          mails.push(text);
          done();
        });
      },
    });
    await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
    closing.push(() => new Promise<void>((resolve) => smtp.close(resolve)));
    const { port } = smtp.server.address() as AddressInfo;
    const mail = {
      kind: 'email',
      server: 'MAIL',
      from: 'leeway@northwind.example',
      to: ['ops@northwind.example'],
      ...allow,
    };
    const settings = { channels: { mail }, routes: [{ channel: 'mail', severity: 'low' }] };
    const { server, wait, name } = await open(settings, { MAIL: `smtp://127.0.0.1:${port}` });
    await scan(server, name);
    await wait(30);
    await wait(30);
    expect(mails).toHaveLength(1);
    expect(mails[0]).toMatch(/^Subject: \[leeway\] news-\d+: 1 new/m);
    expect(mails[0]).toContain('(3 environments)');
    expect(mails[0]).not.toMatch(/text\/html/);
  }, 120_000);
});
