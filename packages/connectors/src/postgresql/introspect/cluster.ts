import { type Family, notInExtension, optionsOf } from './family.ts';

/** What is installed: no migration file declares it, so it is compared between environments only. */
export const serverFamily: Family = {
  kinds: ['postgresql.server'],
  sql: () => `
select 'postgresql.server' as kind, 'server' as key, json_build_object(
    'version', split_part(current_setting('server_version'), ' ', 1),
    'extensions', (select json_object_agg(extname, extversion) from pg_extension)) as attributes`,
};

/** The database itself, under one key whatever its name: names differ by environment. */
export const databaseFamily: Family = {
  kinds: ['postgresql.database'],
  sql: () => `
select 'postgresql.database' as kind, 'database' as key, json_build_object(
    'owner', pg_get_userbyid(d.datdba),
    'encoding', pg_encoding_to_char(d.encoding),
    'collate', d.datcollate,
    'ctype', d.datctype,
    'provider', case to_jsonb(d) ->> 'datlocprovider' when 'i' then 'icu' when 'b' then 'builtin' end,
    'locale', coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale'),
    'connectionLimit', nullif(d.datconnlimit, -1),
    'allowConnections', d.datallowconn,
    'comment', nullif(shobj_description(d.oid, 'pg_database'), 'default administrative connection database')) as attributes
from pg_database d where d.datname = current_database()`,
};

/** Schemas. The owner of \`public\` changed with 15, its comment is the template's: neither is anybody's decision. */
export const schemaFamily: Family = {
  kinds: ['postgresql.schema'],
  sql: ({ schemas }) => `
select 'postgresql.schema' as kind, n.nspname as key, json_build_object(
    'owner', case when n.nspname <> 'public' then pg_get_userbyid(n.nspowner) end,
    'comment', nullif(obj_description(n.oid, 'pg_namespace'), 'standard public schema')) as attributes
from pg_namespace n where ${schemas} and ${notInExtension('pg_namespace', 'n.oid')}`,
};

/** Extensions; their versions belong to the server. */
export const extensionFamily: Family = {
  kinds: ['postgresql.extension'],
  sql: () => `
select 'postgresql.extension' as kind, e.extname as key, json_build_object(
    'schema', n.nspname) as attributes
from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname <> 'plpgsql'`,
};

/** Roles and their memberships, without the predefined ones and the one the cluster was made with. */
export const roleFamily: Family = {
  kinds: ['postgresql.role'],
  sql: ({ version }) => `
select 'postgresql.role' as kind, r.rolname as key, json_build_object(
    'superuser', r.rolsuper, 'login', r.rolcanlogin, 'inherit', r.rolinherit, 'createRole', r.rolcreaterole,
    'createDatabase', r.rolcreatedb, 'replication', r.rolreplication, 'bypassRowSecurity', r.rolbypassrls,
    'connectionLimit', nullif(r.rolconnlimit, -1),
    'validUntil', case when r.rolvaliduntil < 'infinity'
      then to_char(r.rolvaliduntil at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') end,
    'memberOf', (select json_object_agg(g.rolname, m.option) from (
        select m.roleid, case when bool_or(m.admin_option) then 'with admin option'
          ${version >= 160000 ? `when not bool_or(m.set_option) then 'without set' when not bool_or(m.inherit_option) and r.rolinherit then 'without inherit'` : ''}
          else 'member' end as option
        from pg_auth_members m where m.member = r.oid group by m.roleid) m
      join pg_roles g on g.oid = m.roleid),
    'comment', shobj_description(r.oid, 'pg_authid')) as attributes
from pg_roles r where r.rolname not like 'pg\\_%' and r.oid <> 10`,
};

/** Tablespaces. Where their files lie is the host's own business. */
export const tablespaceFamily: Family = {
  kinds: ['postgresql.tablespace'],
  sql: () => `
select 'postgresql.tablespace' as kind, t.spcname as key, json_build_object(
    'owner', pg_get_userbyid(t.spcowner), 'options', ${optionsOf('t.spcoptions')},
    'comment', shobj_description(t.oid, 'pg_tablespace')) as attributes
from pg_tablespace t where t.spcname not like 'pg\\_%'`,
};

/** Publications with what they publish; columns and row filters came with 15. */
export const publicationFamily: Family = {
  kinds: ['postgresql.publication'],
  sql: ({ version }) => `
select 'postgresql.publication' as kind, p.pubname as key, json_build_object(
    'owner', pg_get_userbyid(p.pubowner),
    'allTables', p.puballtables,
    'operations', array_remove(array[case when p.pubinsert then 'insert' end, case when p.pubupdate then 'update' end,
      case when p.pubdelete then 'delete' end, case when p.pubtruncate then 'truncate' end], null),
    'viaRoot', coalesce(to_jsonb(p) ->> 'pubviaroot', 'false') = 'true',
    'tables', (select json_object_agg(n.nspname || '.' || c.relname, json_build_object(${
      version >= 150000
        ? `'where', pg_get_expr(r.prqual, r.prrelid), 'columns', (select json_agg(a.attname order by a.attname)
          from pg_attribute a where a.attrelid = c.oid and a.attnum = any(r.prattrs))`
        : ''
    })) from pg_publication_rel r join pg_class c on c.oid = r.prrelid join pg_namespace n on n.oid = c.relnamespace
      where r.prpubid = p.oid),
    ${
      version >= 150000
        ? `'schemas', (select json_agg(n.nspname order by n.nspname) from pg_publication_namespace s
      join pg_namespace n on n.oid = s.pnnspid where s.pnpubid = p.oid),`
        : ''
    }
    'comment', obj_description(p.oid, 'pg_publication')) as attributes
from pg_publication p where ${notInExtension('pg_publication', 'p.oid')}`,
};

/** Subscriptions of this database. Their connection strings hold passwords and are never asked for. */
export const subscriptionFamily: Family = {
  kinds: ['postgresql.subscription'],
  permission: 'SELECT on pg_subscription (without subconninfo)',
  sql: () => `
select 'postgresql.subscription' as kind, s.subname as key, json_build_object(
    'owner', pg_get_userbyid(s.subowner), 'enabled', s.subenabled,
    'publications', (select json_agg(p order by p) from unnest(s.subpublications) p)) as attributes
from pg_subscription s where s.subdbid = (select d.oid from pg_database d where d.datname = current_database())`,
};

/** Foreign-data wrappers, servers and user mappings; options that may hold secrets are sealed when shaped. */
export const foreignFamily: Family = {
  kinds: ['postgresql.foreign_data_wrapper', 'postgresql.foreign_server', 'postgresql.user_mapping'],
  sql: () => `
select 'postgresql.foreign_data_wrapper' as kind, w.fdwname as key, json_build_object(
    'owner', pg_get_userbyid(w.fdwowner), 'options', ${optionsOf('w.fdwoptions')}) as attributes
from pg_foreign_data_wrapper w where ${notInExtension('pg_foreign_data_wrapper', 'w.oid')}
union all
select 'postgresql.foreign_server', s.srvname, json_build_object(
    'owner', pg_get_userbyid(s.srvowner), 'wrapper', w.fdwname, 'type', s.srvtype, 'version', s.srvversion,
    'options', ${optionsOf('s.srvoptions')})
from pg_foreign_server s join pg_foreign_data_wrapper w on w.oid = s.srvfdw
union all
select 'postgresql.user_mapping', m.srvname || ' for ' || m.usename, json_build_object(
    'server', m.srvname, 'user', m.usename, 'options', ${optionsOf('m.umoptions')})
from pg_user_mappings m`,
};
