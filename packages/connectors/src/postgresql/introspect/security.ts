import { type Family, notInExtension, type Scope } from './family.ts';
import { shapeDefaultPrivileges, shapeGrants } from './shape-grants.ts';

const exploded = (acl: string) => `(select json_agg(json_build_array(
    case when x.grantee = 0 then 'PUBLIC' else pg_get_userbyid(x.grantee) end, x.privilege_type, x.is_grantable))
  from aclexplode(${acl}) x)`;

/** One branch: objects with an access list of their own. */
function branch(what: string, object: string, acl: string, type: string, owner: string, from: string): string {
  return `
  select ${what} as what, ${object} as object, ${acl} as acl, ${type}::"char" as type, ${owner} as owner
  from ${from} and ${acl} is not null`;
}

/**
 * Who may do what. Only what departs from PostgreSQL's own defaults is told, with the owner's rights left out; privileges
 * are spelled ALL when they are all there are, since 17 added one (MAINTAIN).
 */
export const grantFamily: Family = {
  kinds: ['postgresql.grant'],
  shape: shapeGrants,
  sql: (scope) => `
with listed as (${objectsWithLists(scope)}),
spelled as (select *, acl::text as spelling from listed),
-- Most objects share their list with many others: each distinct one is taken apart once.
lists as (
  select spelling, type, owner, ${exploded('acl')} as granted, ${exploded('acldefault(type, owner)')} as usual
  from (select distinct on (spelling, type, owner) * from spelled) s)
select 'postgresql.grant' as kind, s.what || ' ' || s.object as key, json_build_object('objectKind', s.what,
  'object', s.object, 'owner', pg_get_userbyid(s.owner), 'granted', l.granted, 'usual', l.usual) as attributes
from spelled s join lists l using (spelling, type, owner)`,
};

function objectsWithLists({ schemas }: Scope): string {
  return [
    branch(
      `case c.relkind when 'S' then 'sequence' when 'v' then 'view' when 'm' then 'materialized view' else 'table' end`,
      `n.nspname || '.' || c.relname`,
      'c.relacl',
      `case c.relkind when 'S' then 's'::"char" else 'r'::"char" end`,
      'c.relowner',
      `pg_class c join pg_namespace n on n.oid = c.relnamespace where ${schemas} and ${notInExtension('pg_class', 'c.oid')}`,
    ),
    branch(
      `'column'`,
      `n.nspname || '.' || c.relname || '.' || a.attname`,
      'a.attacl',
      `'c'`,
      'c.relowner',
      `pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
  where a.attnum > 0 and not a.attisdropped and ${schemas} and ${notInExtension('pg_class', 'c.oid')}`,
    ),
    branch(
      `case p.prokind when 'p' then 'procedure' else 'function' end`,
      `n.nspname || '.' || p.proname || '(' || oidvectortypes(p.proargtypes) || ')'`,
      'p.proacl',
      `'f'`,
      'p.proowner',
      `pg_proc p join pg_namespace n on n.oid = p.pronamespace where ${schemas} and ${notInExtension('pg_proc', 'p.oid')}`,
    ),
    branch(
      `'type'`,
      `n.nspname || '.' || t.typname`,
      't.typacl',
      `'T'`,
      't.typowner',
      `pg_type t join pg_namespace n on n.oid = t.typnamespace where ${schemas} and ${notInExtension('pg_type', 't.oid')}`,
    ),
    branch(
      `'schema'`,
      'n.nspname',
      'n.nspacl',
      `'n'`,
      'n.nspowner',
      `pg_namespace n where ${schemas} and ${notInExtension('pg_namespace', 'n.oid')}`,
    ),
    branch(
      `'database'`,
      `'database'`,
      'd.datacl',
      `'d'`,
      'd.datdba',
      `pg_database d where d.datname = current_database()`,
    ),
    branch(`'foreign server'`, 'v.srvname', 'v.srvacl', `'S'`, 'v.srvowner', 'pg_foreign_server v where true'),
    branch(`'language'`, 'l.lanname', 'l.lanacl', `'l'`, 'l.lanowner', 'pg_language l where l.oid >= 16384'),
  ].join('\n  union all');
}

const defaultObjects = `case a.defaclobjtype when 'r' then 'tables' when 'S' then 'sequences' when 'f' then 'functions'
  when 'T' then 'types' when 'n' then 'schemas' else 'large objects' end`;

/** Privileges that objects made later will get (ALTER DEFAULT PRIVILEGES). */
export const defaultPrivilegeFamily: Family = {
  kinds: ['postgresql.default_privilege'],
  shape: shapeDefaultPrivileges,
  sql: () => `
select 'postgresql.default_privilege' as kind, a.oid::text as key, json_build_object(
    'objects', ${defaultObjects},
    'schema', n.nspname,
    'owner', pg_get_userbyid(a.defaclrole),
    'granted', ${exploded('a.defaclacl')},
    'usual', case when a.defaclnamespace = 0 and a.defaclobjtype <> 'L' then
      ${exploded(`acldefault(case a.defaclobjtype when 'S' then 's'::"char" else a.defaclobjtype end, a.defaclrole)`)} end,
    'whole', ${exploded(
      `acldefault(case a.defaclobjtype when 'S' then 's'::"char" else a.defaclobjtype end, a.defaclrole)`,
    )}) as attributes
from pg_default_acl a left join pg_namespace n on n.oid = a.defaclnamespace`,
};

/** Row level security policies; whether they are in force is the table's own field. */
export const policyFamily: Family = {
  kinds: ['postgresql.policy'],
  sql: ({ schemas }) => `
select 'postgresql.policy' as kind, n.nspname || '.' || c.relname || '.' || p.polname as key, json_build_object(
    'table', n.nspname || '.' || c.relname,
    'command', case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end,
    'permissive', p.polpermissive,
    'roles', (select json_agg(case when r = 0 then 'PUBLIC' else pg_get_userbyid(r) end order by pg_get_userbyid(r))
      from unnest(p.polroles) r),
    'using', pg_get_expr(p.polqual, p.polrelid),
    'check', pg_get_expr(p.polwithcheck, p.polrelid),
    'comment', obj_description(p.oid, 'pg_policy')) as attributes
from pg_policy p
join pg_class c on c.oid = p.polrelid
join pg_namespace n on n.oid = c.relnamespace
where ${schemas} and ${notInExtension('pg_class', 'c.oid')}`,
};
