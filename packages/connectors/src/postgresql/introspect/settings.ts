import type { Family } from './family.ts';

/** Settings that name this very host, or that a client chose for its session. */
const ownBusiness = [
  'application_name',
  'client_encoding',
  'cluster_name',
  'config_file',
  'data_directory',
  'external_pid_file',
  'hba_file',
  'ident_file',
  'port',
  'stats_temp_directory',
  'unix_socket_directories',
];

/**
 * Settings of the server that are not at their built-in default. Read before anything is SET: a value the session or
 * its role overrides is told as the role's setting, not as the server's.
 */
export const serverSettingFamily: Family = {
  kinds: ['postgresql.setting'],
  permission: 'membership in pg_read_all_settings',
  sql: () => `
select 'postgresql.setting' as kind, s.name as key, json_build_object(
    'value', current_setting(s.name), 'unit', s.unit, 'type', s.vartype, 'pendingRestart', nullif(s.pending_restart, false)) as attributes
from pg_settings s
where s.source not in ('default', 'override', 'client', 'session', 'database', 'user', 'database user', 'interactive', 'test')
  and s.setting is distinct from s.boot_val and s.context <> 'internal'
  and s.name not in (${ownBusiness.map((name) => `'${name}'`).join(', ')})`,
};

/** What `ALTER SYSTEM` wrote: how migration files declare settings of the server. */
export const declaredSettingFamily: Family = {
  kinds: ['postgresql.setting'],
  sql: () => `
select 'postgresql.setting' as kind, f.name as key,
  json_build_object('value', f.setting, 'unit', s.unit, 'type', s.vartype) as attributes
from pg_file_settings f left join pg_settings s on s.name = f.name where f.sourcefile like '%postgresql.auto.conf' and f.name is not null`,
};

/** Settings bound to a role, to this database, or to both. */
export const boundSettingFamily: Family = {
  kinds: ['postgresql.bound_setting'],
  sql: () => `
select 'postgresql.bound_setting' as kind,
  split_part(c, '=', 1) || case when s.setrole <> 0 then ' for role ' || pg_get_userbyid(s.setrole) else '' end
    || case when s.setdatabase <> 0 then ' in this database' else '' end as key,
  json_build_object('value', substr(c, strpos(c, '=') + 1), 'unit', p.unit, 'type', p.vartype,
    'role', case when s.setrole <> 0 then pg_get_userbyid(s.setrole) end,
    'database', nullif(s.setdatabase <> 0, false)) as attributes
from pg_db_role_setting s cross join unnest(s.setconfig) c left join pg_settings p on p.name = split_part(c, '=', 1)
where s.setdatabase in (0, (select d.oid from pg_database d where d.datname = current_database()))`,
};
