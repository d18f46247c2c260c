import { replaceField, type SampleKind } from './sample-kind.ts';

export const queue: SampleKind = {
  kind: {
    name: 'sample.queue',
    title: 'queue',
    layer: 'messaging',
    version: 1,
    noise: {
      unordered: ['/bindings'],
      computed: ['/messages', '/consumers', '/node', '/state'],
      defaults: { '/exclusive': false, '/auto_delete': false, '/durable': true },
      quantity: { '/max_length': 'scalar', '/message_ttl': 'duration' },
      empty: ['/arguments'],
    },
  },
  nameOf: ({ stage, application, index }) => `${stage}.${application}.orders.${index}`,
  declare: ({ random, stage, application, secret }) => ({
    max_length: 1000 * (1 + random.below(100)),
    message_ttl: `${1 + random.below(48)}h`,
    bindings: ['created', 'paid', 'shipped', 'returned'].slice(0, 2 + random.below(3)).map((event) => `order.${event}`),
    dead_letter: `${stage}.${application}.dead`,
    upstream: `amqps://${application}:${secret}@mq.${stage}.example:5671/orders`,
  }),
  observe: ({ max_length, message_ttl, bindings, ...rest }, random) => ({
    ...rest,
    max_length: String(max_length),
    message_ttl: `${Number.parseInt(String(message_ttl), 10) * 3600}s`,
    bindings: random.shuffle(bindings as string[]),
    durable: true,
    exclusive: false,
    auto_delete: false,
    arguments: {},
    messages: random.below(10_000),
    consumers: random.below(20),
    node: `rabbit@mq-${random.below(3)}`,
    state: 'running',
  }),
  edits: [
    replaceField('/max_length', () => 10),
    replaceField('/bindings', () => ['#']),
    replaceField('/durable', () => false),
  ],
};
