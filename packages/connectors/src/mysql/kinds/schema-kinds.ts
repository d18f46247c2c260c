import type { Change, Description, Json, JsonObject, Kind, SeverityRule } from '@leeway/core';
import { isJsonObject } from '@leeway/core';
import { bothSides, describeFields, describeTable, textOf, tokensOf } from '../../postgresql/kinds/describe.ts';

const layer = 'database' as const;
const version = 1;

const cosmetic: readonly SeverityRule[] = [{ path: '/comment', severity: 'low' }];
const missing: SeverityRule = { path: '', severity: 'high' };

/** What a table takes with it when it is not there. */
function ofTable({ table: key }: JsonObject) {
  return typeof key === 'string' ? { kind: 'mysql.table', key } : undefined;
}

const definedBy = (value: Json | undefined) => `was defined by ${textOf(value)}`;
const security = (value: Json | undefined) =>
  value === 'invoker' ? 'runs with the rights of its caller' : 'runs with the rights of its definer';
const body = (value: Json | undefined) => `runs ${textOf(value)}`;
const sqlMode = (value: Json | undefined) => `runs under sql_mode ${textOf(value)}`;

const table: Kind = {
  name: 'mysql.table',
  title: 'table',
  layer,
  version,
  noise: { empty: ['/foreignKeys', '/checks', '/options'], unordered: ['/options'] },
  severity: [
    { path: '/columns/*', severity: 'high' },
    { path: '/columns/*/type', severity: 'high' },
    { path: '/columns/*/nullable', severity: 'high' },
    { path: '/columns/*/generated', severity: 'high' },
    { path: '/columns/*/autoIncrement', severity: 'high' },
    { path: '/columns/*/comment', severity: 'low' },
    { path: '/columns/**', severity: 'medium' },
    { path: '/primaryKey', severity: 'high' },
    { path: '/foreignKeys/**', severity: 'high' },
    { path: '/checks/**', severity: 'high' },
    { path: '/engine', severity: 'high' },
    { path: '/partitions/bounds/**', severity: 'medium' },
    { path: '/partitions/**', severity: 'high' },
    { path: '/options', severity: 'low' },
    ...cosmetic,
    missing,
    { path: '/**', severity: 'medium' },
  ],
  describe: describeMysqlTable,
};

/** Words for what MySQL has in a table beside columns. */
function describeMysqlTable(change: Change): Description | undefined {
  const [part = '', name = '', field] = tokensOf(change.path);
  if (part === 'columns') return describeColumn(change, name, field) ?? describeTable(change);
  if (part === 'checks' && field === undefined) {
    return bothSides(change, (value) =>
      isJsonObject(value) ? `demands ${name}: ${textOf(value['clause'])}` : `has no check ${name}`,
    );
  }
  if (part === 'foreignKeys' && field === undefined) {
    return bothSides(change, (value) =>
      isJsonObject(value) ? `has ${name} to ${textOf(value['references'])}` : `has no ${name}`,
    );
  }
  return tableWords(change);
}

const tableWords = describeFields({
  engine: (value) => `is kept by ${textOf(value)}`,
  collation: (value) => `sorts and compares by ${textOf(value)}`,
  primaryKey: (value) => (value === undefined ? 'has no primary key' : `has the primary key ${textOf(value)}`),
  'partitions/by': (value) => `is partitioned by ${textOf(value)}`,
});

function describeColumn(change: Change, name: string, field: string | undefined): Description | undefined {
  if (field === 'autoIncrement') {
    return bothSides(change, (value) =>
      value === true ? `numbers column ${name} itself` : `does not number column ${name} itself`,
    );
  }
  if (field === 'collation') {
    return bothSides(change, (value) =>
      value === undefined ? `compares column ${name} as the table does` : `compares column ${name} by ${textOf(value)}`,
    );
  }
  return undefined;
}

const index: Kind = {
  name: 'mysql.index',
  title: 'index',
  partOf: ofTable,
  layer,
  version,
  severity: [
    { path: '/unique', severity: 'high' },
    { path: '', severity: 'high', when: ({ beforeResource }) => beforeResource?.['unique'] === true },
    ...cosmetic,
    { path: '', severity: 'medium' },
    { path: '/*', severity: 'medium' },
  ],
  describe: describeFields({
    unique: (value) => (value === true ? 'is unique' : 'lets values repeat'),
    columns: (value) => `indexes ${textOf(value)}`,
    ignored: (value) => (value === true ? 'is ignored by the optimizer' : 'is used by the optimizer'),
    type: (value) => `is of type ${textOf(value)}`,
  }),
};

const routine = (name: string, title: string): Kind => ({
  name,
  title,
  layer,
  version,
  noise: { unordered: ['/sqlMode'], empty: ['/arguments', '/sqlMode'] },
  severity: [
    { path: '/security', severity: 'high' },
    { path: '/definer', severity: 'medium' },
    { path: '/sqlMode', severity: 'medium' },
    ...cosmetic,
    { path: '/*', severity: 'high' },
    missing,
  ],
  describe: describeFields({
    body,
    security,
    sqlMode,
    definer: definedBy,
    returns: (value) => `returns ${textOf(value)}`,
    arguments: (value) => `takes ${textOf(value)}`,
    deterministic: (value) => (value === true ? 'is deterministic' : 'is not deterministic'),
  }),
});

const program = (name: string, title: string, extra: Partial<Kind>): Kind => ({
  ...routine(name, title),
  noise: { unordered: ['/sqlMode'], empty: ['/sqlMode'], defaults: { '/order': 1 } },
  ...extra,
});

/** What lives in databases. */
export const schemaKinds: readonly Kind[] = [
  {
    name: 'mysql.database',
    title: 'database',
    layer,
    version,
    severity: [...cosmetic, { path: '/*', severity: 'medium' }, missing],
    describe: describeFields({
      collation: (value) => `gives new tables the collation ${textOf(value)}`,
      characterSet: (value) => `gives new tables the character set ${textOf(value)}`,
    }),
  },
  table,
  index,
  program('mysql.view', 'view', {
    describe: describeFields({ definition: (value) => `reads ${textOf(value)}`, security, definer: definedBy }),
  }),
  routine('mysql.function', 'function'),
  routine('mysql.procedure', 'procedure'),
  program('mysql.trigger', 'trigger', {
    partOf: ofTable,
    describe: describeFields({
      body,
      sqlMode,
      definer: definedBy,
      fires: (value) => `fires ${textOf(value)}`,
      order: (value) => `fires in place ${textOf(value)}`,
    }),
  }),
  program('mysql.event', 'scheduled event', {
    describe: describeFields({
      body,
      sqlMode,
      definer: definedBy,
      status: (value) => `is ${textOf(value)}`,
      every: (value) => (value === undefined ? 'runs once' : `runs every ${textOf(value)}`),
      starts: (value) => (value === undefined ? 'starts when it was made' : `starts at ${textOf(value)} UTC`),
    }),
  }),
];
