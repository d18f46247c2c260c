import type { Kind } from '@leeway/core';
import { migrationKinds } from '../introspect/migrations.ts';
import { describeFields, textOf } from './describe.ts';
import { canonicalSetting } from './setting-value.ts';

const layer = 'database' as const;
const version = 1;

const plain = (name: string, title: string, extra: Partial<Kind> = {}): Kind => ({
  name,
  title,
  layer,
  version,
  severity: [
    { path: '/comment', severity: 'low' },
    { path: '/**', severity: 'medium' },
  ],
  describe: describeFields({}),
  ...extra,
});

/** Settings whose change may lose or leak data. */
const guards =
  /^(?:fsync|full_page_writes|synchronous_commit|ssl|password_encryption|wal_level|archive_mode|row_security|log_statement)\b/;

const setting: Kind = plain('postgresql.setting', 'setting', {
  noise: { quantity: { '/value': 'bytes' } },
  normalize: canonicalSetting,
  severity: [
    { path: '', severity: 'high', when: ({ name }) => guards.test(name) },
    { path: '/value', severity: 'high', when: ({ name }) => guards.test(name) },
    { path: '', severity: 'medium' },
    { path: '/value', severity: 'medium' },
  ],
  describe: describeFields({
    value: (value) => `is ${textOf(value)}`,
    pendingRestart: (value) => (value === true ? 'waits for a restart to come into force' : 'is in force'),
  }),
});

const history = (name: string): Kind =>
  plain(name, 'migration history', {
    noise: { empty: ['/failed', '/applied'] },
    severity: [
      { path: '/failed', severity: 'high' },
      { path: '/dirty', severity: 'high' },
      { path: '/locked', severity: 'medium' },
      { path: '/applied/*/checksum', severity: 'high' },
      { path: '/applied/**', severity: 'high' },
      { path: '/**', severity: 'medium' },
      { path: '', severity: 'high' },
    ],
    describe: describeFields({
      failed: (value) => (value === undefined ? 'has no failed migration' : `has failed migrations: ${textOf(value)}`),
      locked: (value) => (value === true ? 'holds its lock: a migration runs or was cut off' : 'holds no lock'),
      version: (value) => `is at ${textOf(value)}`,
      heads: (value) => `is at ${textOf(value)}`,
    }),
  });

/** The server, the database as a whole, what it exchanges with others, and the histories of migration tools. */
export const clusterKindList: readonly Kind[] = [
  plain('postgresql.server', 'server', {
    describe: describeFields({ version: (value) => `is PostgreSQL ${textOf(value)}` }),
  }),
  plain('postgresql.database', 'database'),
  setting,
  { ...setting, name: 'postgresql.bound_setting', title: 'setting of a role or database' },
  plain('postgresql.tablespace', 'tablespace'),
  plain('postgresql.publication', 'publication', {
    noise: { unordered: ['/operations', '/schemas'], empty: ['/tables', '/schemas'] },
  }),
  plain('postgresql.subscription', 'subscription', {
    noise: { unordered: ['/publications'] },
    severity: [
      { path: '/enabled', severity: 'high' },
      { path: '', severity: 'high' },
    ],
  }),
  plain('postgresql.foreign_data_wrapper', 'foreign-data wrapper'),
  plain('postgresql.foreign_server', 'foreign server'),
  plain('postgresql.user_mapping', 'user mapping'),
  ...migrationKinds.map(history),
];
