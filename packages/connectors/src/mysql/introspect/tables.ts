import type { JsonObject } from '@leeway/core';
import type { Row } from '../read/session.ts';
import { type Found, groupRows, keyOf, onDatabases, type Scope, type Section, withoutEmpty } from './section.ts';
import { shapeColumn } from './shape-column.ts';
import { collationName, expressionText } from './text.ts';

/** MySQL keeps a check's table elsewhere than MariaDB does. */
const checks = ({ flavour, databases }: Scope) =>
  flavour === 'MariaDB'
    ? `select constraint_schema as table_schema, table_name, constraint_name, check_clause, 'YES' as enforced
       from information_schema.check_constraints where ${databases('constraint_schema')}`
    : `select t.table_schema, t.table_name, c.constraint_name, c.check_clause, t.enforced
       from information_schema.check_constraints c join information_schema.table_constraints t
         on t.constraint_schema = c.constraint_schema and t.constraint_name = c.constraint_name
       where t.constraint_type = 'CHECK' and ${databases('t.table_schema')}`;

/** Tables with columns, keys, checks and partitions, and the indexes beside the primary key. */
export const tableSection: Section = {
  kinds: ['mysql.table', 'mysql.index'],
  what: 'the tables',
  needs: (scope) => onDatabases(scope, 'SELECT'),
  statements: (scope) => [
    `select table_schema, table_name, engine, table_collation, create_options, table_comment
     from information_schema.tables where table_type in ('BASE TABLE', 'SYSTEM VERSIONED') and ${scope.databases('table_schema')}`,
    `select * from information_schema.columns where ${scope.databases('table_schema')}`,
    `select * from information_schema.statistics where ${scope.databases('table_schema')}
     order by table_schema, table_name, index_name, seq_in_index`,
    checks(scope),
    `select * from information_schema.referential_constraints where ${scope.databases('constraint_schema')}`,
    `select * from information_schema.key_column_usage where referenced_table_name is not null
     and ${scope.databases('table_schema')} order by constraint_schema, constraint_name, ordinal_position`,
    `select table_schema, table_name, partition_name, partition_method, partition_expression, partition_description,
       subpartition_method, subpartition_expression
     from information_schema.partitions where partition_name is not null and ${scope.databases('table_schema')}
     order by table_schema, table_name, partition_ordinal_position, subpartition_ordinal_position`,
  ],
  shape: ([tables = [], ...parts], { flavour }) => {
    const [columns, statistics, checked, rules, references, partitions] = parts.map((rows) => groupRows(rows, tableOf));
    return tables.flatMap((table) => {
      const key = keyOf(table, 'table_schema', 'table_name');
      const of = (group: typeof columns) => group?.get(key) ?? [];
      const indexes = groupRows(of(statistics), (row) => row['index_name'] ?? '');
      const attributes = withoutEmpty({
        ...tableAttributes(table),
        columns: Object.fromEntries(of(columns).map((row) => shapeColumn(row, table, flavour))),
        primaryKey: indexes.get('PRIMARY')?.map(indexPart),
        foreignKeys: shapeForeignKeys(of(rules), of(references)),
        checks: Object.fromEntries(of(checked).map(shapeCheck)),
        partitions: shapePartitions(of(partitions)),
      });
      return [{ kind: 'mysql.table', key, attributes }, ...shapeIndexes(key, indexes)];
    });
  },
};

function tableOf(row: Row): string {
  return `${row['table_schema'] ?? row['constraint_schema'] ?? ''}.${row['table_name'] ?? ''}`;
}

function tableAttributes(table: Row) {
  const options = (table['create_options'] ?? '')
    .split(' ')
    .filter((option) => option !== '' && option !== 'partitioned');
  return {
    engine: table['engine'],
    collation: collationName(table['table_collation']),
    options: options.length > 0 ? options.map((option) => option.toLowerCase()).sort() : undefined,
    comment: table['table_comment'],
  };
}

/** One part of a key: `placed desc`, `remark(20)`, or an expression. */
function indexPart(row: Row): string {
  const column = row['column_name'] ?? `(${expressionText(row['expression'] ?? '', row['table_schema'] ?? '')})`;
  const length = row['sub_part'] ? `(${row['sub_part']})` : '';
  return `${column}${length}${row['collation'] === 'D' ? ' desc' : ''}`;
}

function shapeIndexes(table: string, indexes: ReadonlyMap<string, readonly Row[]>): readonly Found[] {
  return [...indexes].flatMap(([name, rows]) => {
    const [first] = rows;
    if (name === 'PRIMARY' || !first) return [];
    const isIdle = first['ignored'] === 'YES' || first['is_visible'] === 'NO';
    const attributes = withoutEmpty({
      table,
      columns: rows.map(indexPart),
      unique: first['non_unique'] === '0',
      type: first['index_type']?.toLowerCase(),
      ignored: isIdle ? true : undefined,
      comment: first['index_comment'],
    });
    return [{ kind: 'mysql.index', key: `${table}.${name}`, attributes }];
  });
}

/** Servers make up `orders_ibfk_1` where nobody names a foreign key: such a one goes by its columns. */
function shapeForeignKeys(rules: readonly Row[], references: readonly Row[]): JsonObject {
  const columns = groupRows(references, (row) => row['constraint_name'] ?? '');
  return Object.fromEntries(
    rules.map((rule) => {
      const name = rule['constraint_name'] ?? '';
      const parts = columns.get(name) ?? [];
      const own = parts.map((part) => part['column_name']).join(', ');
      const target = parts[0];
      const schema = target?.['referenced_table_schema'];
      const place = schema === rule['constraint_schema'] ? '' : `${schema}.`;
      const definition = {
        columns: own,
        references: `${place}${target?.['referenced_table_name'] ?? ''} (${parts.map((part) => part['referenced_column_name']).join(', ')})`,
        onDelete: actionOf(rule['delete_rule']),
        onUpdate: actionOf(rule['update_rule']),
      };
      return [/_ibfk_\d+$/.test(name) ? `foreign key (${own})` : name, withoutEmpty(definition)];
    }),
  );
}

/** RESTRICT and NO ACTION are the same in InnoDB, and the default. */
function actionOf(rule: string | null | undefined): string | undefined {
  return rule === 'RESTRICT' || rule === 'NO ACTION' ? undefined : rule?.toLowerCase();
}

/** A check's name, where somebody gave it one, and what it demands. */
function shapeCheck(row: Row): readonly [string, JsonObject] {
  const clause = expressionText(row['check_clause'] ?? '', row['table_schema'] ?? '');
  const name = row['constraint_name'] ?? '';
  const isMadeUp = /^CONSTRAINT_\d+$/.test(name) || /_chk_\d+$/.test(name);
  return [
    isMadeUp ? `check (${clause})` : name,
    withoutEmpty({ clause, enforced: row['enforced'] === 'NO' ? false : undefined }),
  ];
}

/** How a table is cut up. Which partitions there are is content where somebody adds one a month: see the kind's page. */
function shapePartitions(rows: readonly Row[]): JsonObject | undefined {
  const [first] = rows;
  if (!first) return undefined;
  const by = (method: string, expression: string) => {
    const text = expressionText(first[expression] ?? '', first['table_schema'] ?? '');
    return first[method] ? `${first[method]?.toLowerCase()} (${text})` : undefined;
  };
  return withoutEmpty({
    by: by('partition_method', 'partition_expression'),
    subpartitionsBy: by('subpartition_method', 'subpartition_expression'),
    bounds: Object.fromEntries(
      rows.map((row) => [row['partition_name'] ?? '', row['partition_description'] ?? 'by hash']),
    ),
  });
}
