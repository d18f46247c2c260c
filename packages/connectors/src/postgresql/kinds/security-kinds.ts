import type { Change, Json, Kind } from '@leeway/core';
import { isJsonArray } from '@leeway/core';
import { canonicalFields } from './canonical.ts';
import { describeFields, textOf } from './describe.ts';
import { ofTable } from './schema-kinds.ts';

const version = 1;

const role: Kind = {
  name: 'postgresql.role',
  title: 'role',
  layer: 'identity',
  version,
  severity: [
    {
      path: '',
      severity: 'critical',
      when: ({ afterResource }) =>
        isMighty(afterResource?.['superuser']) || isMighty(afterResource?.['bypassRowSecurity']),
    },
    { path: '/superuser', severity: 'critical', when: ({ after }) => after === true },
    { path: '/bypassRowSecurity', severity: 'critical', when: ({ after }) => after === true },
    { path: '/replication', severity: 'high', when: ({ after }) => after === true },
    { path: '/createRole', severity: 'high', when: ({ after }) => after === true },
    { path: '/memberOf/**', severity: 'high' },
    { path: '/memberOf', severity: 'high' },
    { path: '/login', severity: 'high' },
    { path: '/comment', severity: 'low' },
    { path: '', severity: 'high' },
  ],
  describe: describeFields({
    superuser: (value) => (value === true ? 'is superuser' : 'is not superuser'),
    bypassRowSecurity: (value) => (value === true ? 'bypasses row level security' : 'is bound by row level security'),
    replication: (value) => (value === true ? 'may replicate' : 'may not replicate'),
    createRole: (value) => (value === true ? 'may create roles' : 'may not create roles'),
    createDatabase: (value) => (value === true ? 'may create databases' : 'may not create databases'),
    login: (value) => (value === true ? 'may log in' : 'may not log in'),
    memberOf: (value) => `is member of ${textOf(value)}`,
  }),
};

const isMighty = (value: Json | undefined) => value === true;

const isPublic = ({ afterResource }: Change) => afterResource?.['grantee'] === 'PUBLIC';

const grant: Kind = {
  name: 'postgresql.grant',
  title: 'grant',
  layer: 'identity',
  version,
  noise: { unordered: ['/privileges', '/grantable'], empty: ['/grantable'] },
  severity: [
    { path: '', severity: 'high', when: isPublic },
    { path: '/privileges', severity: 'high', when: (change) => isPublic(change) || isWider(change) },
    { path: '/grantable', severity: 'high' },
    { path: '', severity: 'medium' },
  ],
  describe: describeFields({
    privileges: (value) => `allows ${textOf(value)}`,
    grantable: (value) => `lets ${textOf(value)} be passed on`,
  }),
};

/** Whether the actual side has a privilege the expected one lacks. */
function isWider({ before, after }: Change): boolean {
  if (!isJsonArray(after)) return false;
  const expected = new Set(isJsonArray(before) ? before : []);
  return after.some((privilege) => !expected.has(privilege));
}

const policy: Kind = {
  name: 'postgresql.policy',
  partOf: ofTable,
  title: 'row level security policy',
  layer: 'identity',
  version,
  normalize: canonicalFields('using', 'check'),
  noise: { unordered: ['/roles'] },
  severity: [
    { path: '/comment', severity: 'low' },
    { path: '', severity: 'critical', when: ({ before }) => before !== undefined },
    { path: '', severity: 'high' },
    { path: '/*', severity: 'high' },
  ],
  describe: describeFields({
    using: (value) => `shows rows where ${textOf(value)}`,
    check: (value) => `accepts rows where ${textOf(value)}`,
    roles: (value) => `applies to ${textOf(value)}`,
    command: (value) => `applies to ${textOf(value)}`,
    permissive: (value) => (value === true ? 'widens access' : 'restricts access'),
  }),
};

/** Who there is and what they may do. */
export const securityKindList: readonly Kind[] = [
  role,
  grant,
  { ...grant, name: 'postgresql.default_privilege', title: 'default privilege' },
  policy,
];
