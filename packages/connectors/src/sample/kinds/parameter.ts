import { replaceField, type SampleKind } from './sample-kind.ts';

export const parameter: SampleKind = {
  kind: {
    name: 'sample.parameter',
    title: 'ERP parameter',
    layer: 'erp',
    version: 1,
    noise: {
      computed: ['/row', '/write_date', '/write_uid'],
      defaults: { '/active': true },
      quantity: { '/value': 'scalar', '/active': 'scalar' },
      secret: ['/connection/*'],
    },
  },
  nameOf: ({ application, index }) => `${application}.setting.${index}`,
  declare: ({ random, application, stage, secret }) => ({
    module: application,
    value: random.pick<number | boolean | string>([random.below(10_000), true, 'FIFO', 'EUR']),
    scope: random.pick(['company', 'warehouse', 'user']),
    connection: { login: `${application}_${stage}`, pin: secret },
  }),
  observe: ({ value, ...rest }, random) => ({
    ...rest,
    row: random.below(2 ** 31),
    write_date: `2026-01-${String(1 + random.below(28)).padStart(2, '0')} 10:00:00`,
    write_uid: random.below(100),
    active: 'true',
    value: String(value),
  }),
  edits: [
    replaceField('/value', (value) => `${String(value)}-changed`),
    replaceField('/scope', () => 'global'),
    replaceField('/active', () => false),
  ],
};
