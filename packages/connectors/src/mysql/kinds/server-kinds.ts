import { type Change, isJsonArray, type Kind } from '@leeway/core';
import { describeFields, textOf } from '../../postgresql/kinds/describe.ts';
import { migrationKinds } from '../introspect/migrations.ts';

const version = 1;

const user: Kind = {
  name: 'mysql.user',
  title: 'account',
  layer: 'identity',
  version,
  noise: { defaults: { '/locked': false, '/passwordless': false, '/maxConnections': 0 } },
  severity: [
    { path: '/passwordless', severity: 'critical', when: ({ after }) => after === true },
    { path: '', severity: 'critical', when: ({ afterResource }) => afterResource?.['passwordless'] === true },
    { path: '/maxConnections', severity: 'low' },
    { path: '/**', severity: 'high' },
    { path: '', severity: 'high' },
  ],
  describe: describeFields({
    host: (value) => `may come from ${textOf(value)}`,
    locked: (value) => (value === true ? 'is locked' : 'is not locked'),
    passwordless: (value) => (value === true ? 'needs no password' : 'needs a password'),
    tls: (value) => (value === undefined ? 'may sign in without TLS' : `must use TLS (${textOf(value)})`),
    plugin: (value) => `signs in by ${textOf(value)}`,
    maxConnections: (value) =>
      value === undefined || value === 0
        ? 'may open any number of connections'
        : `may open ${textOf(value)} connections`,
    defaultRole: (value) => `starts with the role ${textOf(value)}`,
    roles: (value) => `has the roles ${textOf(value)}`,
  }),
};

/** Privileges that are power over the server or over other accounts. */
const mighty = /^(?:SUPER|FILE|CREATE USER|GRANT|SHUTDOWN|PROCESS|.*_ADMIN|SYSTEM_USER|SET_USER_ID)$/;

const hasMight = ({ before, after }: Change) => {
  const had = new Set(isJsonArray(before) ? before : []);
  return isJsonArray(after) && after.some((name) => !had.has(name) && mighty.test(String(name)));
};

/** Whether the actual side has a privilege the expected one lacks. */
function isWider({ before, after }: Change): boolean {
  const expected = new Set(isJsonArray(before) ? before : []);
  return isJsonArray(after) && after.some((name) => !expected.has(name));
}

const grant: Kind = {
  name: 'mysql.grant',
  title: 'grant',
  layer: 'identity',
  version,
  noise: { unordered: ['/privileges'], defaults: { '/grantable': false } },
  severity: [
    { path: '/privileges', severity: 'critical', when: hasMight },
    { path: '/privileges', severity: 'high', when: isWider },
    { path: '/grantable', severity: 'high' },
    { path: '', severity: 'high', when: ({ afterResource }) => afterResource?.['on'] === '*.*' },
    { path: '', severity: 'medium' },
    { path: '/*', severity: 'medium' },
  ],
  describe: describeFields({
    privileges: (value) => `allows ${textOf(value)}`,
    grantable: (value) => (value === true ? 'may be passed on' : 'may not be passed on'),
  }),
};

/** Variables whose change may lose or leak data. */
const guards =
  /^(?:sql_mode|innodb_flush_log_at_trx_commit|sync_binlog|log_bin|binlog_format|require_secure_transport|local_infile|secure_file_priv|innodb_strict_mode|default_authentication_plugin|read_only|super_read_only|general_log|skip_grant_tables|innodb_doublewrite)$/;

const variable: Kind = {
  name: 'mysql.variable',
  title: 'variable',
  layer: 'database',
  version,
  noise: { unordered: ['/value'] },
  severity: [
    { path: '', severity: 'high', when: ({ name }) => guards.test(name) },
    { path: '/value', severity: 'high', when: ({ name }) => guards.test(name) },
    { path: '', severity: 'medium' },
    { path: '/value', severity: 'medium' },
  ],
  describe: describeFields({ value: (value) => `is ${textOf(value)}` }),
};

const history = (name: string): Kind => ({
  name,
  title: 'migration history',
  layer: 'database',
  version,
  noise: { empty: ['/failed', '/applied'], unordered: ['/failed', '/heads'], defaults: { '/locked': false } },
  severity: [
    { path: '/locked', severity: 'medium' },
    { path: '/**', severity: 'high' },
    { path: '', severity: 'high' },
  ],
  describe: describeFields({
    failed: (value) => (value === undefined ? 'has no failed migration' : `has failed migrations: ${textOf(value)}`),
    locked: (value) => (value === true ? 'holds its lock: a migration runs or was cut off' : 'holds no lock'),
    version: (value) => `is at ${textOf(value)}`,
    heads: (value) => `is at ${textOf(value)}`,
  }),
});

/** The server, its accounts, its variables and the histories of migration tools. */
export const serverKinds: readonly Kind[] = [
  {
    name: 'mysql.server',
    title: 'server',
    layer: 'database',
    version,
    severity: [{ path: '/**', severity: 'medium' }],
    describe: describeFields({
      version: (value) => `is version ${textOf(value)}`,
      product: (value) => `is ${textOf(value)}`,
    }),
  },
  user,
  grant,
  variable,
  ...migrationKinds.map(history),
];
