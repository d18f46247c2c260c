import { readFile } from 'node:fs/promises';
import { missingCommands, type Place } from '../place.ts';
import type { Drift, LabService } from '../service.ts';

const ports = {
  staging: { http: 15672, amqp: 5682, distribution: 25682 },
  production: { http: 15673, amqp: 5683, distribution: 25683 },
} as const;

/** Where RabbitMQ nodes find each other; started by us so that it ends with them. */
const epmdPort = 14369;

const server = '/usr/lib/rabbitmq/bin/rabbitmq-server';

/** What readers sign in with: the tags that the connector's page lists, and no others. */
const readers = [
  ['reader', 'reader-pw-5d1f', 'monitoring,policymaker'],
  ['auditor', 'auditor-pw-88c2', 'administrator'],
] as const;

const policy = (definition: object) => ({
  pattern: '^(orders|shipments)\\.',
  'apply-to': 'queues',
  priority: 5,
  definition,
});

export const service: LabService = {
  id: 'rabbitmq',
  title: 'RabbitMQ',
  packages: ['rabbitmq-server'],
  available: () => missingCommands(server),
  async up(place) {
    const { http, amqp } = ports[place.side];
    await place.write('enabled_plugins', '[rabbitmq_management,rabbitmq_shovel,rabbitmq_shovel_management].\n');
    await place.write(
      'rabbitmq.conf',
      `listeners.tcp.1 = 127.0.0.1:${amqp}
management.tcp.ip = 127.0.0.1
management.tcp.port = ${http}
default_user = admin
default_pass = adminpw
log.file.level = warning
vm_memory_high_watermark.relative = 0.1
disk_free_limit.absolute = 50MB
`,
    );
    await startNode(place);
    await place.until('ready', async () => (await ask(place, 'GET', '/api/overview')) !== undefined, 90);
  },
  async fill(place) {
    await ask(place, 'POST', '/api/definitions', JSON.parse(await definitions()));
    for (const [name, password, tags] of readers) {
      await ask(place, 'PUT', `/api/users/${name}`, { password, tags });
    }
    for (const vhost of ['%2F', 'wms', 'edi']) {
      await ask(place, 'PUT', `/api/permissions/${vhost}/reader`, { configure: '^$', write: '^$', read: '^$' });
    }
  },
  drifts: [
    change('policy-time', 'PUT', '/api/policies/wms/dead-letters', {
      before: policy({ 'dead-letter-exchange': 'parking', 'message-ttl': 86_400_000 }),
      after: policy({ 'dead-letter-exchange': 'parking', 'message-ttl': 3_600_000 }),
      findings: [
        {
          kind: 'rabbitmq.policy',
          key: 'wms:dead-letters',
          path: '/definition/message-ttl',
          says: 'drops messages after 3600000 ms',
        },
      ],
    }),
    change('user-made-administrator', 'PUT', '/api/users/order-api', {
      before: { password_hash: '', tags: '' },
      after: { password_hash: '', tags: 'administrator' },
      findings: [
        {
          source: 'access',
          kind: 'rabbitmq.user',
          key: 'order-api',
          path: '/tags',
          says: 'is tagged administrator',
        },
      ],
    }),
    change('permission-widened', 'PUT', '/api/permissions/edi/edi-gateway', {
      before: { configure: '^$', write: '^out', read: '^in' },
      after: { configure: '.*', write: '^out', read: '^in' },
      findings: [
        {
          source: 'access',
          kind: 'rabbitmq.permission',
          key: 'edi:edi-gateway',
          path: '/configure',
          says: 'may configure .*',
        },
      ],
    }),
    change('connections-limited', 'PUT', '/api/vhost-limits/edi/max-connections', {
      before: { value: 20 },
      after: { value: 5 },
      findings: [{ kind: 'rabbitmq.vhost-limits', key: 'edi', path: '/max-connections', says: 'allows 5 connections' }],
    }),
    {
      name: 'binding-lost',
      apply: async (place) =>
        void (await ask(place, 'DELETE', '/api/bindings/wms/e/orders/q/orders.priority/order.express.*')),
      undo: async (place) =>
        void (await ask(place, 'POST', '/api/bindings/wms/e/orders/q/orders.priority', {
          routing_key: 'order.express.*',
          arguments: {},
        })),
      findings: [
        { kind: 'rabbitmq.binding', key: 'wms:orders to queue orders.priority for "order.express.*"', path: '' },
      ],
    },
    {
      name: 'queue-made-anew',
      apply: (place) => remakeQueue(place, { durable: true, arguments: {} }),
      undo: (place) => remakeQueue(place, { durable: true, arguments: { 'x-queue-type': 'quorum' } }),
      findings: [{ kind: 'rabbitmq.queue', key: 'wms:shipments.confirmed', path: '/type', says: 'is of type classic' }],
    },
    {
      name: 'plugin-on',
      apply: (place) => switchPlugin(place, 'enable'),
      undo: (place) => switchPlugin(place, 'disable'),
      findings: [{ kind: 'rabbitmq.broker', key: 'rabbitmq', path: '/plugins', says: 'rabbitmq_top' }],
    },
  ],
  denials: [
    {
      names: 'a permission in the virtual host',
      take: async (place) => void (await ask(place, 'DELETE', '/api/permissions/wms/reader')),
      giveBack: async (place) =>
        void (await ask(place, 'PUT', '/api/permissions/wms/reader', { configure: '^$', write: '^$', read: '^$' })),
    },
    {
      names: 'administrator',
      take: (place) => tag(place, 'auditor', 'monitoring'),
      giveBack: (place) => tag(place, 'auditor', 'administrator'),
    },
  ],
  sources: {
    broker: {
      connector: 'rabbitmq',
      observed: {
        url: 'http://127.0.0.1:{port}',
        username: 'reader',
        passwordFrom: 'RABBITMQ_READER',
        kinds: [
          ...['broker', 'vhost', 'vhost-limits', 'user-limits', 'queue', 'exchange', 'binding'],
          ...['policy', 'operator-policy', 'parameter', 'global-parameter'],
        ].map((kind) => `rabbitmq.${kind}`),
      },
    },
    access: {
      connector: 'rabbitmq',
      observed: {
        url: 'http://127.0.0.1:{port}',
        username: 'auditor',
        passwordFrom: 'RABBITMQ_AUDITOR',
        kinds: ['user', 'permission', 'topic-permission', 'feature-flag'].map((kind) => `rabbitmq.${kind}`),
      },
    },
  },
  parameters: { staging: { port: ports.staging.http }, production: { port: ports.production.http } },
  variables: { RABBITMQ_READER: 'reader-pw-5d1f', RABBITMQ_AUDITOR: 'auditor-pw-88c2', SHOVEL: 's3cret-shovel-pw' },
  scrub: [[/"password_hash": "[^"]+"/g, '"password_hash": "hash-of-a-password"']],
};

const definitions = () => readFile(new URL('rabbitmq/definitions.json', import.meta.url), 'utf8');

/** One request to the management API that changes something, and the same one that changes it back. */
function change(
  name: string,
  method: string,
  path: string,
  {
    before,
    after,
    findings,
  }: { readonly before: object; readonly after: object; readonly findings: Drift['findings'] },
): Drift {
  return {
    name,
    apply: async (place) => void (await ask(place, method, path, after)),
    undo: async (place) => void (await ask(place, method, path, before)),
    findings,
  };
}

/** Gives a reader other tags than it has. */
async function tag(place: Place, name: string, tags: string): Promise<void> {
  const [, password] = readers.find(([known]) => known === name) ?? [];
  await ask(place, 'PUT', `/api/users/${name}`, { password, tags });
}

/** A queue's type cannot be changed: it goes, with its bindings, and comes again. */
async function remakeQueue(place: Place, queue: object): Promise<void> {
  await ask(place, 'DELETE', '/api/queues/wms/shipments.confirmed');
  await ask(place, 'PUT', '/api/queues/wms/shipments.confirmed', queue);
  const binding = { routing_key: 'shipment.confirmed', arguments: {} };
  await ask(place, 'POST', '/api/bindings/wms/e/orders/q/shipments.confirmed', binding);
}

/** Switches a plugin; what nodes tell of themselves follows some seconds later. */
async function switchPlugin(place: Place, action: 'enable' | 'disable'): Promise<void> {
  const name = 'rabbitmq_top';
  await place.run('/usr/lib/rabbitmq/bin/rabbitmq-plugins', [action, name], { environment: nodeOf(place) });
  await place.until(`${name} ${action}d`, async () => {
    const told = JSON.stringify(await ask(place, 'GET', '/api/nodes?columns=enabled_plugins'));
    return told.includes(name) === (action === 'enable');
  });
}

async function startNode(place: Place): Promise<void> {
  // Each side starts one; the second finds the port taken and ends.
  const args = ['-address', '127.0.0.1', '-port', String(epmdPort)];
  await place.start('epmd', 'epmd', args, { environment: nodeOf(place) });
  await place.start('rabbitmq', server, [], { environment: nodeOf(place) });
}

/** The environment a node and its tools share. */
function nodeOf({ side, folder }: Place): Readonly<Record<string, string>> {
  const { amqp, distribution } = ports[side];
  return {
    ERL_EPMD_ADDRESS: '127.0.0.1',
    ERL_EPMD_PORT: String(epmdPort),
    RABBITMQ_NODENAME: `${side}@localhost`,
    RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
    RABBITMQ_NODE_PORT: String(amqp),
    RABBITMQ_DIST_PORT: String(distribution),
    RABBITMQ_CONFIG_FILE: `${folder}/rabbitmq.conf`,
    RABBITMQ_ENABLED_PLUGINS_FILE: `${folder}/enabled_plugins`,
    RABBITMQ_MNESIA_BASE: `${folder}/mnesia`,
    RABBITMQ_LOG_BASE: `${folder}/log`,
    RABBITMQ_CONF_ENV_FILE: '/dev/null',
    RABBITMQ_CTL_DIST_PORT_MIN: '25690',
    RABBITMQ_CTL_DIST_PORT_MAX: '25699',
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1}',
  };
}

/** One request to the management API as its administrator. */
async function ask({ side }: Place, method: string, path: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(`http://127.0.0.1:${ports[side].http}${path}`, {
    method,
    headers: { authorization: `Basic ${btoa('admin:adminpw')}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
  return text === '' ? '' : JSON.parse(text);
}
