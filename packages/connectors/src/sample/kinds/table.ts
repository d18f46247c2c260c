import { itemsOf, replaceField, replaceInItem, type SampleKind } from './sample-kind.ts';

const columns = [
  'order_id',
  'customer_id',
  'warehouse',
  'quantity',
  'price',
  'currency',
  'shipped_at',
  'carrier',
] as const;

export const table: SampleKind = {
  kind: {
    name: 'sample.table',
    title: 'table',
    layer: 'database',
    version: 1,
    noise: {
      identity: { '/columns': ['name'], '/indexes': ['name'] },
      unordered: ['/columns', '/indexes'],
      computed: ['/oid', '/rows', '/bytes'],
      defaults: { '/columns/*/nullable': true, '/persistence': 'permanent' },
      quantity: { '/columns/*/default': 'white-space' },
    },
  },
  nameOf: ({ application, index }) => `${application}.public.shipment_${index}`,
  declare: ({ random, application, index }) => ({
    owner: `${application}_owner`,
    columns: columns.slice(0, 4 + random.below(5)).map((name) => ({
      name,
      type: random.pick(['bigint', 'text', 'numeric(12,2)', 'timestamp with time zone']),
      ...(name === 'order_id' && { nullable: false }),
      ...(name === 'quantity' && { default: 'coalesce(0, 1)' }),
    })),
    indexes: [
      { name: `shipment_${index}_pkey`, columns: ['order_id'], unique: true },
      { name: 'by_customer', columns: ['customer_id', 'warehouse'], unique: false },
    ],
  }),
  observe: ({ columns: declared, indexes, ...rest }, random) => ({
    ...rest,
    oid: 16_384 + random.below(100_000),
    rows: random.below(1_000_000),
    bytes: random.below(2 ** 31),
    persistence: 'permanent',
    columns: random.shuffle(itemsOf(declared)).map(({ default: value, ...column }) => ({
      nullable: true,
      ...column,
      ...(typeof value === 'string' && { default: `  ${value.replace(' ', '\n  ')}` }),
    })),
    indexes: random.shuffle(itemsOf(indexes)),
  }),
  edits: [
    replaceInItem(
      '/columns[name=quantity]/type',
      'columns',
      ({ name }) => name === 'quantity',
      () => ({ type: 'integer' }),
    ),
    replaceInItem(
      '/indexes[name=by_customer]/unique',
      'indexes',
      ({ name }) => name === 'by_customer',
      () => ({ unique: true }),
    ),
    replaceField('/owner', () => 'postgres'),
  ],
};
