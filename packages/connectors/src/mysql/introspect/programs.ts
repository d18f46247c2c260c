import type { JsonObject } from '@leeway/core';
import type { Row } from '../read/session.ts';
import type { Need } from './privileges.ts';
import { groupRows, keyOf, onDatabases, type Scope, type Section, withoutEmpty } from './section.ts';
import { bodyText, collationName, definerName, expressionText, setMembers, typeName } from './text.ts';

/** Databases themselves. */
export const databaseSection: Section = {
  kinds: ['mysql.database'],
  what: 'the databases',
  needs: (scope) => onDatabases(scope, 'SELECT'),
  statements: ({ databases }) => [`select * from information_schema.schemata where ${databases('schema_name')}`],
  shape: ([rows = []]) =>
    rows.map((row) => ({
      kind: 'mysql.database',
      key: row['schema_name'] ?? '',
      attributes: withoutEmpty({
        characterSet: collationName(row['default_character_set_name']),
        collation: collationName(row['default_collation_name']),
        comment: row['schema_comment'],
      }),
    })),
};

export const viewSection: Section = {
  kinds: ['mysql.view'],
  what: 'the definitions of views',
  needs: (scope) => [...onDatabases(scope, 'SELECT'), ...onDatabases(scope, 'SHOW VIEW')],
  statements: ({ databases }) => [`select * from information_schema.views where ${databases('table_schema')}`],
  shape: ([rows = []]) =>
    rows.map((row) => ({
      kind: 'mysql.view',
      key: keyOf(row, 'table_schema', 'table_name'),
      attributes: withoutEmpty({
        definition: expressionText(row['view_definition'] ?? '', row['table_schema'] ?? ''),
        checkOption: row['check_option'] === 'NONE' ? undefined : row['check_option']?.toLowerCase(),
        algorithm: row['algorithm'] === 'UNDEFINED' ? undefined : row['algorithm']?.toLowerCase(),
        ...rights(row),
      }),
    })),
};

/** Whose rights it runs with: `definer` or `invoker`. */
function rights(row: Row) {
  return { security: row['security_type']?.toLowerCase(), definer: definerName(row['definer']) };
}

/** Servers show the bodies of routines to those who may read where they are kept. */
function routineNeeds(scope: Scope): readonly (readonly Need[])[] {
  const everywhere: readonly Need[] =
    scope.flavour === 'MariaDB'
      ? [{ privilege: 'SELECT', database: 'mysql', table: 'proc' }]
      : [
          { privilege: 'SELECT', database: '*' },
          { privilege: 'SHOW_ROUTINE', database: '*' },
        ];
  return scope.places.map((database) => [...everywhere, { privilege: 'SHOW CREATE ROUTINE', database }]);
}

export const routineSection: Section = {
  kinds: ['mysql.function', 'mysql.procedure'],
  what: 'the routines',
  needs: routineNeeds,
  statements: ({ databases }) => [
    `select * from information_schema.routines where routine_type in ('FUNCTION', 'PROCEDURE') and ${databases('routine_schema')}`,
    `select * from information_schema.parameters where ordinal_position > 0 and ${databases('specific_schema')}
     order by specific_schema, specific_name, routine_type, ordinal_position`,
  ],
  shape: ([rows = [], parameters = []]) => {
    const all = groupRows(
      parameters,
      (row) => `${row['routine_type']} ${keyOf(row, 'specific_schema', 'specific_name')}`,
    );
    return rows.map((row) => {
      const key = keyOf(row, 'routine_schema', 'routine_name');
      const own = all.get(`${row['routine_type']} ${keyOf(row, 'routine_schema', 'specific_name')}`) ?? [];
      return {
        kind: row['routine_type'] === 'FUNCTION' ? 'mysql.function' : 'mysql.procedure',
        key,
        attributes: routineAttributes(row, own),
      };
    });
  },
};

function routineAttributes(row: Row, parameters: readonly Row[]): JsonObject {
  return withoutEmpty({
    arguments: parameters.map(argumentText),
    returns: row['routine_type'] === 'FUNCTION' ? typeName(row['dtd_identifier'] ?? '') : undefined,
    body: bodyText(row['routine_definition'] ?? ''),
    deterministic: row['is_deterministic'] === 'YES',
    dataAccess: row['sql_data_access']?.toLowerCase(),
    sqlMode: [...setMembers(row['sql_mode'])],
    comment: row['routine_comment'],
    ...rights(row),
  });
}

function argumentText(row: Row): string {
  const mode = row['parameter_mode'] && row['parameter_mode'] !== 'IN' ? `${row['parameter_mode'].toLowerCase()} ` : '';
  return `${mode}${row['parameter_name'] ?? ''} ${typeName(row['dtd_identifier'] ?? '')}`;
}

export const triggerSection: Section = {
  kinds: ['mysql.trigger'],
  what: 'the triggers',
  needs: (scope) => onDatabases(scope, 'TRIGGER'),
  statements: ({ databases }) => [`select * from information_schema.triggers where ${databases('trigger_schema')}`],
  shape: ([rows = []]) =>
    rows.map((row) => ({
      kind: 'mysql.trigger',
      key: keyOf(row, 'trigger_schema', 'trigger_name'),
      attributes: withoutEmpty({
        table: keyOf(row, 'event_object_schema', 'event_object_table'),
        fires: `${row['action_timing']} ${row['event_manipulation']}`.toLowerCase(),
        order: Number(row['action_order'] ?? 1),
        body: bodyText(row['action_statement'] ?? ''),
        sqlMode: [...setMembers(row['sql_mode'])],
        definer: definerName(row['definer']),
      }),
    })),
};

export const eventSection: Section = {
  kinds: ['mysql.event'],
  what: 'the scheduled events',
  needs: (scope) => onDatabases(scope, 'EVENT'),
  statements: ({ databases }) => [`select * from information_schema.events where ${databases('event_schema')}`],
  shape: ([rows = []]) =>
    rows.map((row) => ({
      kind: 'mysql.event',
      key: keyOf(row, 'event_schema', 'event_name'),
      attributes: eventAttributes(row),
    })),
};

function eventAttributes(row: Row): JsonObject {
  // Where nobody names a start, the server writes down the second at which the event was made.
  const isStartMadeUp = row['starts'] === row['created'] || row['starts'] === row['last_altered'];
  return withoutEmpty({
    every: row['interval_value'] ? `${row['interval_value']} ${row['interval_field']?.toLowerCase()}` : undefined,
    at: row['execute_at'],
    starts: isStartMadeUp ? undefined : row['starts'],
    ends: row['ends'],
    timeZone: row['time_zone'],
    status: statusOf(row['status']),
    onCompletion: row['on_completion']?.toLowerCase(),
    body: bodyText(row['event_definition'] ?? ''),
    sqlMode: [...setMembers(row['sql_mode'])],
    comment: row['event_comment'],
    definer: definerName(row['definer']),
  });
}

/** SLAVESIDE_DISABLED and its newer name: made by replication, not to run here. */
function statusOf(status: string | null | undefined): string | undefined {
  return /SIDE_DISABLED/.test(status ?? '') ? 'left to the source' : status?.toLowerCase();
}
