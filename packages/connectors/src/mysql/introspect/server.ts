import type { Json } from '@leeway/core';
import type { Section } from './section.ts';
import { setMembers } from './text.ts';

/** What identifies this very server, its machine and its files: no two are meant to be alike. */
const ownVariables =
  /^(?:hostname|server_id|server_uuid|(?:admin_|report_)?port|socket|mysqlx_(?:port|socket)|report_host|pid_file|basedir|datadir|tmpdir|slave_load_tmpdir|replica_load_tmpdir|plugin_dir|character_sets_dir|lc_messages_dir|.*_dir|.*_directory|.*_home_dir|.*log_file|log_error|log_bin_(?:basename|index)|relay_log.*|gtid_.*|wsrep_node_.*|wsrep_gtid_.*|wsrep_start_position|innodb_data_home_dir|timestamp|version.*|ft_stopword_file|innodb_buffer_pool_filename)$/;

/** Variables whose value is a set: its order says nothing. */
const sets =
  /^(?:sql_mode|old_mode|optimizer_switch|slow_query_log_filter|log_slow_filter|log_slow_verbosity|tls_version)$/;

const secretVariable = /password(?!_(?:lifetime|history|reuse|require|lock|policy|expired|check))|secret|_key$/;

/** The product and its version. */
export const serverSection: Section = {
  kinds: ['mysql.server'],
  what: 'the version',
  needs: () => [],
  statements: () => ['select 1'],
  shape: (_, { flavour, version }) => [
    { kind: 'mysql.server', key: 'server', attributes: { product: flavour, version } },
  ],
};

/** Variables somebody set to something else than their default. */
export const variableSection: Section = {
  kinds: ['mysql.variable'],
  what: 'the variables',
  needs: ({ flavour }) => (flavour === 'MariaDB' ? [] : [[{ privilege: 'SELECT', database: 'performance_schema' }]]),
  statements: ({ flavour }) => [
    // Neither product lets a value that it worked out by itself from the machine count as set.
    flavour === 'MariaDB'
      ? `select variable_name, global_value as value from information_schema.system_variables
         where global_value is not null and global_value_origin not in ('COMPILE-TIME', 'AUTO')
           and global_value <> default_value`
      : `select v.variable_name, v.variable_value as value from performance_schema.global_variables v
         join performance_schema.variables_info i on i.variable_name = v.variable_name
         where i.variable_source <> 'COMPILED'`,
  ],
  shape: ([rows = []]) =>
    rows.flatMap((row) => {
      const key = (row['variable_name'] ?? '').toLowerCase();
      const value = settingOf(key, row['value'] ?? '');
      return ownVariables.test(key) || secretVariable.test(key)
        ? []
        : [{ kind: 'mysql.variable', key, attributes: { value } }];
    }),
};

function settingOf(name: string, text: string): Json {
  return sets.test(name) ? [...setMembers(text)] : text;
}
