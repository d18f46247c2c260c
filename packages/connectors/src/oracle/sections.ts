import type { Json } from '@leeway/core';
import { type Found, groupRows, isYes, programText, type Section, stated, textAt } from '../shared/catalog/section.ts';
import type { Query, SqlRow } from '../sql-table/session.ts';

const role = 'SELECT_CATALOG_ROLE';

/** A query whose `{schemas}` is the list of the schemas' placeholders, each time with the values again. */
function inSchemas(text: string, schemas: readonly string[]): Query {
  const values: string[] = [];
  const filled = text.replaceAll('{schemas}', () => schemas.map((schema) => `:${values.push(schema)}`).join(', '));
  return { text: filled, values };
}

const keyOf = (row: SqlRow) => `${textAt(row, 'OWNER')}.${textAt(row, 'TABLE_NAME')}`;
const ofPart = (rows: readonly SqlRow[], part: string) => rows.filter((row) => textAt(row, 'PART').trim() === part);

/** Columns and constraints in one list. Defaults are LONGs, which a union cannot hold: they are not read. */
const tables = `
select 'column' as part, c.owner, c.table_name, c.column_name as name, c.column_id as place, c.data_type as type,
  c.char_length as length, c.data_precision as prec, c.data_scale as scale, c.nullable as flag,
  c.virtual_column as extra, c.identity_column as ident, cast(null as varchar2(4000)) as text,
  cast(null as varchar2(400)) as target
from dba_tab_cols c join dba_tables t on t.owner = c.owner and t.table_name = c.table_name
where c.hidden_column = 'NO' and t.owner in ({schemas})
union all
select 'constraint', k.owner, k.table_name, k.constraint_name, coalesce(x.position, 0), k.constraint_type, null, null, null,
  k.status, k.generated, k.delete_rule, coalesce(x.column_name, k.search_condition_vc),
  case when k.r_constraint_name is not null then r.owner || '.' || r.table_name || '.' || r.column_name end
from dba_constraints k
left join dba_cons_columns x on x.owner = k.owner and x.constraint_name = k.constraint_name and k.constraint_type <> 'C'
left join dba_cons_columns r on r.owner = k.r_owner and r.constraint_name = k.r_constraint_name and r.position = x.position
where k.constraint_type in ('P', 'U', 'R', 'C') and k.table_name not like 'BIN$%' and k.owner in ({schemas})
order by 2, 3, 1, 5, 4`;

export const constraintTableSection = (schemas: readonly string[]): Section => ({
  kinds: ['oracle.table'],
  what: 'the tables',
  permission: role,
  query: inSchemas(tables, schemas),
  shape: (rows) =>
    [...groupRows(rows, keyOf)]
      // Constraints of views come without columns of a table.
      .filter(([, parts]) => ofPart(parts, 'column').length > 0)
      .map(([key, parts]) => ({ kind: 'oracle.table', key, attributes: shapeTable(parts) })),
});

function shapeTable(rows: readonly SqlRow[]) {
  const columns = ofPart(rows, 'column').map((row): [string, Json] => [
    textAt(row, 'NAME'),
    stated({
      type: typeText(row),
      nullable: isYes(row, 'FLAG'),
      virtual: isYes(row, 'EXTRA'),
      identity: isYes(row, 'IDENT'),
    }),
  ]);
  const constraints = [...groupRows(ofPart(rows, 'constraint'), (row) => textAt(row, 'NAME'))].flatMap(
    ([name, parts]) => shapeConstraint(name, parts),
  );
  return { columns: Object.fromEntries(columns), constraints: Object.fromEntries(constraints) };
}

const constraintWords: Readonly<Record<string, string>> = {
  P: 'primary key',
  U: 'unique',
  R: 'foreign key',
  C: 'check',
};

/** A name that the database made up stands for what the constraint says. */
function shapeConstraint(name: string, parts: readonly SqlRow[]): [string, Json][] {
  const [first = {}] = parts;
  const type = textAt(first, 'TYPE');
  const texts = parts.map((part) => textAt(part, 'TEXT'));
  // NOT NULL is said by the column.
  if (type === 'C' && /^"[^"]+" IS NOT NULL$/.test(texts[0] ?? '')) return [];
  const word = constraintWords[type] ?? type;
  const label = textAt(first, 'EXTRA') === 'GENERATED NAME' ? `${word} (${texts.join(', ')})` : name;
  const rule = textAt(first, 'IDENT');
  const attributes = stated({
    type: word,
    ...(type === 'C' ? { check: texts[0] } : { columns: texts }),
    references: parts.flatMap((part) => textAt(part, 'TARGET') || []),
    onDelete: rule === 'NO ACTION' ? '' : rule.toLowerCase(),
    disabled: textAt(first, 'FLAG') === 'DISABLED',
  });
  return [[label, attributes]];
}

function typeText(row: SqlRow): string {
  const type = textAt(row, 'TYPE');
  if (/CHAR/.test(type)) return `${type}(${textAt(row, 'LENGTH')})`;
  const [precision, scale] = [textAt(row, 'PREC'), textAt(row, 'SCALE')];
  if (type === 'NUMBER' && precision !== '') return `NUMBER(${precision},${scale || '0'})`;
  return type;
}

const indexes = `
select i.table_owner as owner, i.table_name, i.index_name as name, i.index_type as type, i.uniqueness, i.status, i.visibility,
  i.generated, x.column_name, x.descend, x.column_position as place
from dba_indexes i join dba_ind_columns x on x.index_owner = i.owner and x.index_name = i.index_name
where i.index_type <> 'LOB' and i.table_name not like 'BIN$%' and i.owner in ({schemas})
order by 1, 2, 3, 11`;

export const indexSection = (schemas: readonly string[]): Section => ({
  kinds: ['oracle.index'],
  what: 'the indexes',
  permission: role,
  query: inSchemas(indexes, schemas),
  shape: (rows) =>
    [...groupRows(rows, (row) => `${keyOf(row)}.${textAt(row, 'NAME')}`)].map(([, parts]): Found => {
      const [first = {}] = parts;
      const table = keyOf(first);
      const columns = parts.map(
        (part) => `${textAt(part, 'COLUMN_NAME')}${textAt(part, 'DESCEND') === 'DESC' ? ' desc' : ''}`,
      );
      const name = isYes(first, 'GENERATED') ? `(${columns.join(', ')})` : textAt(first, 'NAME');
      const attributes = stated({
        table,
        type: textAt(first, 'TYPE').toLowerCase(),
        columns,
        unique: textAt(first, 'UNIQUENESS') === 'UNIQUE',
        disabled: textAt(first, 'STATUS') === 'UNUSABLE' || textAt(first, 'VISIBILITY') === 'INVISIBLE',
      });
      return { kind: 'oracle.index', key: `${table}.${name}`, attributes };
    }),
});

export const viewSection = (schemas: readonly string[]): Section => ({
  kinds: ['oracle.view'],
  what: 'the views',
  permission: role,
  query: inSchemas(
    'select owner, view_name as name, text from dba_views where owner in ({schemas}) order by owner, view_name',
    schemas,
  ),
  shape: (rows) =>
    rows.map((row) => ({
      kind: 'oracle.view',
      key: `${textAt(row, 'OWNER')}.${textAt(row, 'NAME')}`,
      attributes: stated({ definition: programText(textAt(row, 'TEXT')) }),
    })),
});

const sourceKinds: Readonly<Record<string, string>> = {
  FUNCTION: 'function',
  PROCEDURE: 'procedure',
  PACKAGE: 'package',
  'PACKAGE BODY': 'package-body',
  TYPE: 'type',
  TRIGGER: 'trigger',
};

export const sourceSection = (schemas: readonly string[]): Section => ({
  kinds: Object.values(sourceKinds).map((kind) => `oracle.${kind}`),
  what: 'the routines, packages and triggers',
  permission: role,
  query: inSchemas(
    `select s.owner, s.name, s.type, s.line, s.text, t.status from dba_source s
left join dba_triggers t on t.owner = s.owner and t.trigger_name = s.name and s.type = 'TRIGGER'
where s.type in ('FUNCTION', 'PROCEDURE', 'PACKAGE', 'PACKAGE BODY', 'TYPE', 'TRIGGER') and s.owner in ({schemas})
order by s.owner, s.type, s.name, s.line`,
    schemas,
  ),
  shape: (rows) =>
    [...groupRows(rows, (row) => ['TYPE', 'OWNER', 'NAME'].map((column) => textAt(row, column)).join(' '))].map(
      ([, lines]) => {
        const [first = {}] = lines;
        const definition = programText(lines.map((line) => textAt(line, 'TEXT')).join(''));
        return {
          kind: `oracle.${sourceKinds[textAt(first, 'TYPE')] ?? 'procedure'}`,
          key: `${textAt(first, 'OWNER')}.${textAt(first, 'NAME')}`,
          attributes: stated({ definition, disabled: textAt(first, 'STATUS') === 'DISABLED' }),
        };
      },
    ),
});

/** On objects of the schemas, and what the schemas themselves may. */
const grants = `
select grantee, owner || '.' || table_name as target, privilege, grantable from dba_tab_privs where owner in ({schemas})
union all
select grantee, 'the system', privilege, admin_option from dba_sys_privs where grantee in ({schemas})
union all
select grantee, 'roles', granted_role, admin_option from dba_role_privs where grantee in ({schemas})
order by 1, 2, 3`;

export const grantSection = (schemas: readonly string[]): Section => ({
  kinds: ['oracle.grant'],
  what: 'the grants',
  permission: role,
  query: inSchemas(grants, schemas),
  shape: (rows) =>
    [...groupRows(rows, (row) => `${textAt(row, 'GRANTEE')} on ${textAt(row, 'TARGET')}`)].map(([key, parts]) => ({
      kind: 'oracle.grant',
      key,
      attributes: stated({
        privileges: parts.map((part) => textAt(part, 'PRIVILEGE')),
        grantable: parts.filter((part) => isYes(part, 'GRANTABLE')).map((part) => textAt(part, 'PRIVILEGE')),
      }),
    })),
});

/** Parameters that say where this very instance lies, and those that hold addresses with credentials. */
const ownParameters =
  /^(?:db_(?:unique_)?name|instance_|service_names|control_files|.*_dest(?:_\d+)?|(?:local|remote)_listener|spfile)$/;

export const parameterSection: Section = {
  kinds: ['oracle.setting'],
  what: 'the parameters',
  permission: role,
  query: { text: `select name, value from v$parameter where isdefault = 'FALSE' order by name`, values: [] },
  shape: (rows) =>
    rows
      .filter((row) => !ownParameters.test(textAt(row, 'NAME')))
      .map((row) => ({
        kind: 'oracle.setting',
        key: textAt(row, 'NAME'),
        attributes: { value: textAt(row, 'VALUE') },
      })),
};
