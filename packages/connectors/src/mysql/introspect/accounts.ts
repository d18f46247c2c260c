import type { JsonObject } from '@leeway/core';
import type { Row } from '../read/session.ts';
import { type Found, groupRows, type Scope, type Section, withoutEmpty } from './section.ts';

/** Accounts that come with the server. */
const own = new Set(['mariadb.sys', 'mysql.sys', 'mysql.session', 'mysql.infoschema', 'PUBLIC']);

/** Of a password nothing is asked for but whether there is one. */
const users = ({ flavour }: Scope) =>
  flavour === 'MariaDB'
    ? `select u.user, u.host, u.plugin, u.ssl_type, u.max_user_connections, u.is_role, u.default_role,
         u.authentication_string = '' as passwordless,
         coalesce(json_value(g.priv, '$.account_locked'), '') in ('1', 'true') as locked
       from mysql.user u join mysql.global_priv g on g.user = u.user and g.host = u.host`
    : `select user, host, plugin, ssl_type, max_user_connections, 'N' as is_role, '' as default_role,
         authentication_string = '' as passwordless, account_locked = 'Y' as locked
       from mysql.user`;

const memberships = ({ flavour }: Scope) =>
  flavour === 'MariaDB'
    ? `select user, host, role, admin_option as admin from mysql.roles_mapping`
    : `select to_user as user, to_host as host, from_user as role, with_admin_option as admin from mysql.role_edges`;

const grantee = (user: string, host: string) => `concat('\\'', ${user}, '\\'@\\'', ${host}, '\\'') as grantee`;

/** Who there is, and what they may do. */
export const accountSection: Section = {
  kinds: ['mysql.user', 'mysql.grant'],
  what: 'accounts and grants',
  needs: () => [[{ privilege: 'SELECT', database: 'mysql' }]],
  statements: (scope) => [
    users(scope),
    memberships(scope),
    `select grantee, '*.*' as place, privilege_type, is_grantable, null as column_name
       from information_schema.user_privileges
     union all select grantee, concat(table_schema, '.*'), privilege_type, is_grantable, null
       from information_schema.schema_privileges
     union all select grantee, concat(table_schema, '.', table_name), privilege_type, is_grantable, null
       from information_schema.table_privileges
     union all select grantee, concat(table_schema, '.', table_name), privilege_type, is_grantable, column_name
       from information_schema.column_privileges`,
    `select ${grantee('user', 'host')}, concat(lower(routine_type), ' ', db, '.', routine_name) as place, proc_priv
     from mysql.procs_priv`,
  ],
  shape: ([accounts = [], roles = [], grants = [], routines = []], scope) => {
    const naming = new Naming(accounts, scope.hostname);
    const members = groupRows(roles, accountOf);
    const found = accounts.filter((row) => !own.has(row['user'] ?? ''));
    return [
      ...found.map((row) => shapeUser(row, members.get(accountOf(row)) ?? [], naming)),
      ...shapeGrants([...grants, ...routines.flatMap(routineGrants)], naming),
    ];
  },
};

function accountOf(row: Row): string {
  return `'${row['user'] ?? ''}'@'${row['host'] ?? ''}'`;
}

/**
 * Names of accounts that mean the same in every environment: the user alone where it has one host, the machine's own name
 * as `this-host`.
 */
class Naming {
  readonly #names: ReadonlyMap<string, string>;
  readonly #hostname: string;

  constructor(accounts: readonly Row[], hostname: string) {
    this.#hostname = hostname;
    const byUser = groupRows(accounts, (row) => row['user'] ?? '');
    this.#names = new Map(
      accounts.map((row) => {
        const user = row['user'] || 'anonymous';
        const isOnly = byUser.get(row['user'] ?? '')?.length === 1;
        return [accountOf(row), isOnly ? user : `${user}@${this.hostOf(row['host'])}`];
      }),
    );
  }

  hostOf(host: string | null | undefined): string {
    return host === this.#hostname ? 'this-host' : (host ?? '');
  }

  /** The name of an account by its grantee, `'user'@'host'`; undefined for the server's own and for unknown ones. */
  of(account: string): string | undefined {
    const name = this.#names.get(account);
    return name === undefined || own.has(name) ? undefined : name;
  }
}

function shapeUser(row: Row, roles: readonly Row[], naming: Naming): Found {
  const isRole = row['is_role'] === 'Y';
  const byPassword = /^(?:|mysql_native_password|caching_sha2_password|sha256_password|ed25519|mysql_old_password)$/;
  const plugin = row['plugin'] ?? '';
  const attributes = withoutEmpty({
    role: isRole ? true : undefined,
    host: naming.hostOf(row['host']),
    plugin: plugin === '' && !isRole ? 'mysql_native_password' : plugin,
    locked: row['locked'] === '1',
    passwordless: !isRole && row['passwordless'] === '1' && byPassword.test(plugin),
    tls: row['ssl_type']?.toLowerCase(),
    maxConnections: Number(row['max_user_connections'] ?? 0),
    defaultRole: row['default_role'],
    roles: roles.length === 0 ? undefined : rolesOf(roles),
  });
  return { kind: 'mysql.user', key: naming.of(accountOf(row)) ?? accountOf(row), attributes };
}

function rolesOf(roles: readonly Row[]): JsonObject {
  return Object.fromEntries(
    roles.map((row) => [row['role'] ?? '', row['admin'] === 'Y' ? 'with admin option' : 'member']),
  );
}

/** `Execute,Grant` of mysql.procs_priv, one row each as the information schema has them. */
function routineGrants(row: Row): readonly Row[] {
  const privileges = (row['proc_priv'] ?? '').split(',').map((name) => name.toUpperCase());
  const is_grantable = privileges.includes('GRANT') ? 'YES' : 'NO';
  return privileges
    .filter((name) => name !== 'GRANT' && name !== '')
    .map((privilege_type) => ({ ...row, privilege_type, is_grantable, column_name: null }));
}

function shapeGrants(rows: readonly Row[], naming: Naming): readonly Found[] {
  const granted = rows.filter((row) => row['privilege_type'] !== 'USAGE');
  const groups = groupRows(granted, (row) => `${row['grantee']} ${row['place']}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    const name = naming.of(first?.['grantee'] ?? '');
    if (!first || name === undefined) return [];
    const place = first['place'] ?? '';
    const privileges = new Set(group.map(privilegeText));
    const attributes = {
      grantee: name,
      on: place,
      privileges: [...privileges].sort(),
      grantable: group.some((row) => row['is_grantable'] === 'YES'),
    };
    return [{ kind: 'mysql.grant', key: `${name} on ${place}`, attributes }];
  });
}

/** `SELECT`, or `SELECT (name)` for one column. */
function privilegeText(row: Row): string {
  const column = row['column_name'];
  return `${row['privilege_type']}${column ? ` (${column})` : ''}`;
}
