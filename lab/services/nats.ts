import { readFile } from 'node:fs/promises';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { missingCommands, type Place } from '../place.ts';
import type { Drift, LabService } from '../service.ts';

const ports = {
  staging: { client: 14222, monitor: 18222 },
  production: { client: 14223, monitor: 18223 },
} as const;

const passwords = {
  WMS_PASSWORD: 'wms-pw-1f0c',
  ADMIN_PASSWORD: 'admin-pw-77b0',
  READER_PASSWORD: 'reader-pw-5d1f',
} as const;

const conf = () => readFile(new URL('nats/nats.conf', import.meta.url), 'utf8');

const day = 86_400_000_000_000;

interface Consumer {
  readonly durable_name: string;
  readonly [field: string]: string | number;
}

const orders = { name: 'ORDERS', subjects: ['orders.>'], retention: 'limits', storage: 'file', max_age: 30 * day };
const shipments = { name: 'SHIPMENTS', subjects: ['shipments.*.confirmed'], retention: 'workqueue', storage: 'file' };
const picking = { durable_name: 'picking', ack_policy: 'explicit', ack_wait: 60e9, max_deliver: 5 };
const invoicing = { durable_name: 'invoicing', ack_policy: 'explicit', filter_subject: 'orders.shipped' };

export const service: LabService = {
  id: 'nats',
  title: 'NATS',
  packages: ['nats-server'],
  available: () => missingCommands('nats-server'),
  async up(place) {
    await place.write('nats.conf', await conf());
    await startServer(place);
  },
  async fill(place) {
    await asAdmin(place, async (ask) => {
      for (const stream of [orders, shipments]) await ask(`STREAM.CREATE.${stream.name}`, stream);
      for (const config of [picking, invoicing]) await createConsumer(ask, 'ORDERS', config);
      await createConsumer(ask, 'SHIPMENTS', { durable_name: 'edi', ack_policy: 'explicit' });
    });
  },
  drifts: [
    request('messages-live-shorter', 'STREAM.UPDATE.ORDERS', orders, { ...orders, max_age: day }, [
      { kind: 'nats.stream', key: 'ORDERS', path: '/max_age', says: 'keeps messages for 24h' },
    ]),
    request(
      'subjects-widened',
      'STREAM.UPDATE.SHIPMENTS',
      shipments,
      { ...shipments, subjects: ['shipments.*.confirmed', 'returns.>'] },
      [{ kind: 'nats.stream', key: 'SHIPMENTS', path: '/subjects', says: 'returns.>' }],
    ),
    {
      name: 'consumer-changed',
      apply: (place) => asAdmin(place, (ask) => createConsumer(ask, 'ORDERS', { ...picking, max_deliver: 50 })),
      undo: (place) => asAdmin(place, (ask) => createConsumer(ask, 'ORDERS', picking)),
      findings: [
        {
          kind: 'nats.consumer',
          key: 'ORDERS/picking',
          path: '/max_deliver',
          says: 'gives a message up after 50 tries',
        },
      ],
    },
    {
      name: 'consumer-lost',
      apply: (place) => asAdmin(place, async (ask) => void (await ask('CONSUMER.DELETE.ORDERS.invoicing', {}))),
      undo: (place) => asAdmin(place, (ask) => createConsumer(ask, 'ORDERS', invoicing)),
      findings: [{ kind: 'nats.consumer', key: 'ORDERS/invoicing', path: '' }],
    },
    {
      name: 'payload-raised',
      apply: (place) => reload(place, (text) => text.replace('max_payload: 2MB', 'max_payload: 8MB')),
      undo: (place) => reload(place, (text) => text),
      findings: [{ source: 'server', verdict: 'drift', kind: 'nats.server', key: 'events', path: '/maxPayload' }],
    },
  ],
  sources: {
    streams: {
      connector: 'nats',
      observed: { url: 'nats://127.0.0.1:{client}', username: 'leeway', passwordFrom: 'READER_PASSWORD' },
    },
    server: {
      connector: 'nats',
      declared: { files: 'nats/nats.conf', name: 'events' },
      observed: { monitor: 'http://127.0.0.1:{monitor}', name: 'events' },
      exclude: [{ kind: 'nats.stream' }, { kind: 'nats.consumer' }],
    },
  },
  parameters: ports,
  variables: passwords,
  scrub: [
    [/"(server_id|server_name|leader)": "[A-Z0-9]{56}"/g, '"$1": "NSERVER"'],
    [/"store_dir": "[^"]+"/g, '"store_dir": "/var/lib/nats/jetstream"'],
  ],
  files: async () => ({ 'nats/nats.conf': await conf() }),
};

function serverArguments({ side, folder }: Place): readonly string[] {
  const { client, monitor } = ports[side];
  const addresses = ['-a', '127.0.0.1', '-p', String(client), '--http_port', String(monitor)];
  return ['-c', 'nats.conf', ...addresses, '-P', `${folder}/server-pid`];
}

async function startServer(place: Place): Promise<void> {
  await place.start('nats', 'nats-server', serverArguments(place), { environment: passwords });
  const { monitor } = ports[place.side];
  await place.until('ready', async () => (await fetch(`http://127.0.0.1:${monitor}/healthz`)).ok);
}

/** Writes the configuration anew, has the server read it and waits until it says so. */
async function reload(place: Place, change: (text: string) => string): Promise<void> {
  const text = change(await conf());
  await place.write('nats.conf', text);
  await place.run('nats-server', ['--signal', `reload=${place.folder}/server-pid`]);
  const expected = text.includes('8MB') ? 8 * 2 ** 20 : 2 * 2 ** 20;
  await place.until('reloaded', async () => {
    const varz = await (await fetch(`http://127.0.0.1:${ports[place.side].monitor}/varz`)).json();
    return typeof varz === 'object' && varz !== null && 'max_payload' in varz && varz.max_payload === expected;
  });
}

type Ask = (subject: string, body: object) => Promise<void>;

/** Requests to the JetStream API as the administrator; an error in an answer is thrown. */
async function asAdmin(place: Place, work: (ask: Ask) => Promise<void>): Promise<void> {
  const connection: NatsConnection = await connect({
    servers: `127.0.0.1:${ports[place.side].client}`,
    user: 'admin',
    pass: passwords.ADMIN_PASSWORD,
    reconnect: false,
    timeout: 60_000,
  });
  try {
    await work(async (subject, body) => {
      const answer = (
        await connection.request(`$JS.API.${subject}`, JSON.stringify(body), { timeout: 60_000 })
      ).string();
      if (/"err_code"/.test(answer)) throw new Error(`${subject}: ${answer}`);
    });
  } finally {
    await connection.close();
  }
}

function createConsumer(ask: Ask, stream: string, config: Consumer): Promise<void> {
  return ask(`CONSUMER.DURABLE.CREATE.${stream}.${config.durable_name}`, { stream_name: stream, config });
}

function request(name: string, subject: string, from: object, to: object, findings: Drift['findings']): Drift {
  return {
    name,
    apply: (place) => asAdmin(place, (ask) => ask(subject, to)),
    undo: (place) => asAdmin(place, (ask) => ask(subject, from)),
    findings,
  };
}
