import { expect, it } from 'vitest';
import { declare } from '../testing/declare.ts';
import { expectedHistory, flywayChecksum, type HistoryTool } from './history.ts';

const script = (file: string, raw = 'select 1;\n') => ({ file, raw, text: raw });

it('sums up a file as Flyway does, whatever its line ends', () => {
  // CRC-32 of "123456789" is the check value of the algorithm.
  expect(flywayChecksum('1234\n56789\n')).toBe(0xcbf43926 | 0);
  expect(flywayChecksum('\uFEFF1234\r\n56789')).toBe(flywayChecksum('1234\n56789\n'));
});

it.each<[HistoryTool, string, object]>([
  [
    'flyway',
    'db/V1_2__add_orders.sql',
    {
      version: '1.2',
      applied: {
        'V1_2__add_orders.sql': { version: '1.2', description: 'add orders', checksum: flywayChecksum('select 1;') },
      },
    },
  ],
  [
    'prisma',
    'prisma/migrations/2026_init/migration.sql',
    { applied: { '2026_init': { checksum: '4a45092ccf992ea92250053a80b931b787924ba61648f420555511b84f10ab6c' } } },
  ],
  ['rails', 'db/20260101_a.sql', { applied: { 20260101: true } }],
  ['knex', 'migrations/1_a.sql', { applied: { '1_a.sql': true } }],
  ['goose', 'db/00001_a.sql', { applied: { 0: true, 1: true } }],
])('expects the history of %s', (tool, file, attributes) => {
  expect(expectedHistory(tool, [script(file)], 'public').attributes).toEqual(attributes);
});

it('declares the history only when asked to', async () => {
  const files = { 'V1__a.sql': 'create table t (a int);' };
  const { resources, complete } = await declare(files, { settings: { history: 'flyway' } });
  expect(complete).toContain('postgresql.migrations.flyway');
  expect(resources).toContainEqual(
    expect.objectContaining({ kind: 'postgresql.migrations.flyway', key: 'public.flyway_schema_history' }),
  );
  expect((await declare(files)).complete).not.toContain('postgresql.migrations.flyway');
});
