import type { Json } from '@leeway/core';
import { type Found, groupRows, isYes, programText, type Section, stated, textAt } from '../shared/catalog/section.ts';
import type { Query, SqlRow } from '../sql-table/session.ts';

const definition = 'VIEW DEFINITION on the database';
type Schemas = readonly string[] | undefined;

/** A query whose `{schemas}` is a condition on the column `s.name`. */
function inSchemas(text: string, schemas: Schemas): Query {
  if (!schemas)
    return { text: text.replaceAll('{schemas}', "s.name not in (N'sys', N'INFORMATION_SCHEMA')"), values: [] };
  const places = schemas.map((_, index) => `@p${index + 1}`).join(', ');
  return { text: text.replaceAll('{schemas}', `s.name in (${places})`), values: schemas };
}

/**
 * Columns and constraints of a table in one list: `part` says which a row is. Texts of the catalog have collations of their
 * own, which a union does not bring together by itself.
 */
const tables = `
select N'column' as part, s.name as [schema], t.name as [table], c.name as name, c.column_id as place,
  type_name(c.user_type_id) collate database_default as type, c.max_length as length, c.precision as [precision], c.scale as scale,
  c.is_nullable as nullable, c.is_identity as [identity], c.collation_name collate database_default as collation,
  coalesce(d.definition, k.definition) collate database_default as definition, cast(null as nvarchar(300)) as target, k.is_persisted as flag
from sys.tables t join sys.schemas s on s.schema_id = t.schema_id
join sys.columns c on c.object_id = t.object_id
left join sys.default_constraints d on d.object_id = c.default_object_id
left join sys.computed_columns k on k.object_id = c.object_id and k.column_id = c.column_id
where t.is_ms_shipped = 0 and {schemas}
union all
select N'check', s.name, t.name, c.name, 0, null, null, null, null, null, null, null,
  c.definition collate database_default, null, c.is_disabled
from sys.check_constraints c join sys.tables t on t.object_id = c.parent_object_id
join sys.schemas s on s.schema_id = t.schema_id where {schemas}
union all
select N'foreign', s.name, t.name, f.name, x.constraint_column_id, f.delete_referential_action_desc collate database_default,
  null, null, null,
  null, null, f.update_referential_action_desc collate database_default,
  col_name(x.parent_object_id, x.parent_column_id) collate database_default,
  object_schema_name(x.referenced_object_id) + N'.' + object_name(x.referenced_object_id) + N'.' +
  col_name(x.referenced_object_id, x.referenced_column_id) collate database_default, f.is_disabled
from sys.foreign_keys f join sys.foreign_key_columns x on x.constraint_object_id = f.object_id
join sys.tables t on t.object_id = f.parent_object_id join sys.schemas s on s.schema_id = t.schema_id where {schemas}
order by 2, 3, 1, 5, 4`;

export const tableSection = (schemas: Schemas): Section => ({
  kinds: ['sqlserver.table'],
  what: 'the tables',
  permission: definition,
  query: inSchemas(tables, schemas),
  shape: (rows) =>
    [...groupRows(rows, keyOf)].map(([key, parts]) => ({
      kind: 'sqlserver.table',
      key,
      attributes: shapeTable(parts),
    })),
});

const keyOf = (row: SqlRow) => `${textAt(row, 'schema')}.${textAt(row, 'table')}`;
const ofPart = (rows: readonly SqlRow[], part: string) => rows.filter((row) => row['part'] === part);

function shapeTable(rows: readonly SqlRow[]) {
  const columns = Object.fromEntries(ofPart(rows, 'column').map((row) => [textAt(row, 'name'), shapeColumn(row)]));
  const checks = ofPart(rows, 'check').map(
    (row) => [textAt(row, 'name'), stated({ check: textAt(row, 'definition'), disabled: isYes(row, 'flag') })] as const,
  );
  const foreign = [...groupRows(ofPart(rows, 'foreign'), (row) => textAt(row, 'name'))].map(([name, parts]) => {
    const [first = {}] = parts;
    const rule = (column: string) => textAt(first, column).replace('NO_ACTION', '').replaceAll('_', ' ').toLowerCase();
    const attributes = {
      columns: parts.map((part) => textAt(part, 'definition')),
      references: parts.map((part) => textAt(part, 'target')),
      onDelete: rule('type'),
      onUpdate: rule('collation'),
      disabled: isYes(first, 'flag'),
    };
    return [name, stated(attributes)] as const;
  });
  return { columns, constraints: Object.fromEntries([...checks, ...foreign]) };
}

function shapeColumn(row: SqlRow): Json {
  return stated({
    type: typeText(row),
    nullable: isYes(row, 'nullable'),
    identity: isYes(row, 'identity'),
    collation: textAt(row, 'collation'),
    // A default is kept as ((0)) or (getdate()).
    default: row['flag'] === null || row['flag'] === undefined ? textAt(row, 'definition') : '',
    computed: row['flag'] === null || row['flag'] === undefined ? '' : textAt(row, 'definition'),
    persisted: isYes(row, 'flag'),
  });
}

/** The type as it is written in a statement; lengths of n-types are told in bytes. */
function typeText(row: SqlRow): string {
  const type = textAt(row, 'type');
  const length = Number(row['length']);
  if (/^n(?:var)?char$/.test(type)) return `${type}(${length < 0 ? 'max' : length / 2})`;
  if (/char$|binary$/.test(type)) return `${type}(${length < 0 ? 'max' : length})`;
  if (/^(?:decimal|numeric)$/.test(type)) return `${type}(${textAt(row, 'precision')},${textAt(row, 'scale')})`;
  return /^(?:datetime2|datetimeoffset|time)$/.test(type) ? `${type}(${textAt(row, 'scale')})` : type;
}

const indexes = `
select s.name as [schema], o.name as [table], i.name as name, i.type_desc as type, i.is_unique as [unique],
  i.is_primary_key as [primary], i.is_unique_constraint as [constraint], i.is_disabled as disabled,
  i.filter_definition as filter, col_name(x.object_id, x.column_id) as [column], x.is_descending_key as descending,
  x.is_included_column as included, x.key_ordinal as place
from sys.indexes i join sys.objects o on o.object_id = i.object_id join sys.schemas s on s.schema_id = o.schema_id
join sys.index_columns x on x.object_id = i.object_id and x.index_id = i.index_id
where i.name is not null and o.is_ms_shipped = 0 and o.type in ('U', 'V') and {schemas}
order by s.name, o.name, i.name, x.is_included_column, x.key_ordinal, x.index_column_id`;

/** Names that the server made up for constraints end in eight or sixteen digits of its own. */
const madeUp = /^(PK|UQ)__(.+?)_+[0-9A-F]{8}(?:[0-9A-F]{8})?$/;

export const indexSection = (schemas: Schemas): Section => ({
  kinds: ['sqlserver.index'],
  what: 'the indexes',
  permission: definition,
  query: inSchemas(indexes, schemas),
  shape: (rows) =>
    [...groupRows(rows, (row) => `${keyOf(row)}.${textAt(row, 'name')}`)].map(([, parts]) => shapeIndex(parts)),
});

function shapeIndex(parts: readonly SqlRow[]): Found {
  const [first = {}] = parts;
  const table = keyOf(first);
  const columns = parts
    .filter((part) => !isYes(part, 'included'))
    .map((part) => `${textAt(part, 'column')}${isYes(part, 'descending') ? ' desc' : ''}`);
  const name = textAt(first, 'name');
  const own = madeUp.exec(name)?.[1];
  const attributes = stated({
    table,
    type: textAt(first, 'type').toLowerCase(),
    columns,
    included: parts.filter((part) => isYes(part, 'included')).map((part) => textAt(part, 'column')),
    unique: isYes(first, 'unique'),
    primaryKey: isYes(first, 'primary'),
    constraint: isYes(first, 'constraint'),
    filter: textAt(first, 'filter'),
    disabled: isYes(first, 'disabled'),
  });
  return { kind: 'sqlserver.index', key: `${table}.${own ? `${own}(${columns.join(', ')})` : name}`, attributes };
}

const programs = `
select s.name as [schema], o.name as name, o.type as type, m.definition as definition,
  object_schema_name(o.parent_object_id) + N'.' + object_name(o.parent_object_id) as parent,
  objectproperty(o.object_id, 'ExecIsTriggerDisabled') as disabled, user_name(m.execute_as_principal_id) as runs_as
from sys.objects o join sys.schemas s on s.schema_id = o.schema_id
join sys.sql_modules m on m.object_id = o.object_id
where o.is_ms_shipped = 0 and o.type in ('V', 'P', 'FN', 'IF', 'TF', 'TR') and {schemas}
order by s.name, o.name`;

const programKinds: Readonly<Record<string, string>> = {
  V: 'view',
  P: 'procedure',
  FN: 'function',
  IF: 'function',
  TF: 'function',
  TR: 'trigger',
};

export const programSection = (schemas: Schemas): Section => ({
  kinds: ['sqlserver.view', 'sqlserver.function', 'sqlserver.procedure', 'sqlserver.trigger'],
  what: 'the views, routines and triggers',
  permission: definition,
  query: inSchemas(programs, schemas),
  shape: (rows) =>
    rows.map((row) => ({
      kind: `sqlserver.${programKinds[textAt(row, 'type').trim()] ?? 'procedure'}`,
      key: `${textAt(row, 'schema')}.${textAt(row, 'name')}`,
      attributes: stated({
        // Null for a module that was made WITH ENCRYPTION.
        definition: programText(textAt(row, 'definition')),
        encrypted: row['definition'] === null,
        table: textAt(row, 'parent'),
        disabled: isYes(row, 'disabled'),
        runsAs: textAt(row, 'runs_as'),
      }),
    })),
});

export const grantSection: Section = {
  kinds: ['sqlserver.grant'],
  what: 'the grants',
  permission: definition,
  query: {
    text: `
select u.name as principal, p.state_desc collate database_default as state,
  p.permission_name collate database_default as permission, p.class_desc collate database_default as class,
  case p.class when 1 then object_schema_name(p.major_id) + N'.' + object_name(p.major_id)
    when 3 then schema_name(p.major_id) else N'' end as target
from sys.database_permissions p join sys.database_principals u on u.principal_id = p.grantee_principal_id
where p.class in (0, 1, 3) and p.major_id >= 0 and u.name not like N'##%'
union all
select m.name, N'MEMBER', r.name collate database_default, N'ROLE', N'' from sys.database_role_members x
join sys.database_principals r on r.principal_id = x.role_principal_id
join sys.database_principals m on m.principal_id = x.member_principal_id
order by 1, 5, 3`,
    values: [],
  },
  shape: (rows) => [...groupRows(rows, grantKey)].map(([key, parts]) => shapeGrant(key, parts)),
};

function grantKey(row: SqlRow): string {
  const target = textAt(row, 'target');
  const where = textAt(row, 'class') === 'ROLE' ? 'in roles' : `on ${target === '' ? 'the database' : target}`;
  return `${textAt(row, 'principal')} ${where}`;
}

function shapeGrant(key: string, rows: readonly SqlRow[]): Found {
  const permissions = (states: readonly string[]) =>
    rows
      .filter((row) => states.includes(textAt(row, 'state')))
      .map((row) => textAt(row, 'permission'))
      .sort();
  const attributes = stated({
    privileges: permissions(['GRANT', 'GRANT_WITH_GRANT_OPTION', 'MEMBER']),
    grantable: permissions(['GRANT_WITH_GRANT_OPTION']),
    denied: permissions(['DENY']),
  });
  return { kind: 'sqlserver.grant', key, attributes };
}

export const settingSection: Section = {
  kinds: ['sqlserver.setting'],
  what: 'the settings',
  permission: 'VIEW DATABASE STATE on the database',
  query: {
    text: `
select N'server' as scope, name collate database_default as name,
  cast(value_in_use as nvarchar(400)) collate database_default as value from sys.configurations
union all
select N'database', name collate database_default, cast(value as nvarchar(400)) collate database_default from sys.database_scoped_configurations
union all
select N'database', v.name collate database_default, v.value collate database_default from sys.databases d cross apply (values
  (N'collation', d.collation_name collate database_default), (N'compatibility level', cast(d.compatibility_level as nvarchar(400))),
  (N'recovery model', d.recovery_model_desc collate database_default), (N'read committed snapshot', cast(d.is_read_committed_snapshot_on as nvarchar(400))),
  (N'snapshot isolation', d.snapshot_isolation_state_desc collate database_default), (N'page verify', d.page_verify_option_desc collate database_default),
  (N'encryption', cast(d.is_encrypted as nvarchar(400))), (N'query store', cast(d.is_query_store_on as nvarchar(400))),
  (N'auto shrink', cast(d.is_auto_shrink_on as nvarchar(400))), (N'trustworthy', cast(d.is_trustworthy_on as nvarchar(400)))
) v(name, value) where d.database_id = db_id()
order by 1, 2`,
    values: [],
  },
  shape: (rows) =>
    rows.map((row) => ({
      kind: 'sqlserver.setting',
      key: `${textAt(row, 'scope')} ${textAt(row, 'name')}`,
      attributes: { value: textAt(row, 'value') },
    })),
};
