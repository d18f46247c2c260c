import type { JsonObject, Kind, SeverityRule } from '@leeway/core';
import { canonicalBody, canonicalDomain, canonicalFields, canonicalTable, canonicalView } from './canonical.ts';
import { describeFields, describeTable, enabledText, textOf } from './describe.ts';

const layer = 'database' as const;
const version = 1;

/** What a database does is high, what it says about itself low. */
const cosmetic: readonly SeverityRule[] = [
  { path: '/comment', severity: 'low' },
  { path: '/owner', severity: 'medium' },
];
const missing: SeverityRule = { path: '', severity: 'high' };

/** What a table takes with it when it is not there. */
export function ofTable({ table: key }: JsonObject): { readonly kind: string; readonly key: string } | undefined {
  return typeof key === 'string' ? { kind: 'postgresql.table', key } : undefined;
}

const table: Kind = {
  name: 'postgresql.table',
  title: 'table',
  layer,
  version,
  normalize: canonicalTable,
  noise: {
    unordered: ['/parents', '/constraints/*/definition'],
    empty: ['/constraints', '/options', '/columns/*/sequence'],
  },
  severity: [
    { path: '/rowSecurity/enabled', severity: 'critical', when: ({ after }) => after !== true },
    { path: '/rowSecurity/*', severity: 'high' },
    { path: '/constraints/*/triggersDisabled', severity: 'high' },
    { path: '/constraints/*/name', severity: 'low' },
    { path: '/constraints/*/comment', severity: 'low' },
    { path: '/constraints/*/options/**', severity: 'low' },
    { path: '/constraints/**', severity: 'high' },
    { path: '/columns/*', severity: 'high' },
    { path: '/columns/*/type', severity: 'high' },
    { path: '/columns/*/nullable', severity: 'high' },
    { path: '/columns/*/generated/**', severity: 'high' },
    { path: '/columns/*/comment', severity: 'low' },
    { path: '/columns/*/statistics', severity: 'low' },
    { path: '/columns/*/storage', severity: 'low' },
    { path: '/columns/*/compression', severity: 'low' },
    { path: '/columns/**', severity: 'medium' },
    { path: '/partitionBy', severity: 'high' },
    { path: '/partitionBound', severity: 'high' },
    { path: '/options/**', severity: 'low' },
    ...cosmetic,
    missing,
  ],
  describe: describeTable,
};

const index: Kind = {
  name: 'postgresql.index',
  partOf: ofTable,
  title: 'index',
  layer,
  version,
  normalize: canonicalFields('columns', 'where'),
  noise: { empty: ['/include', '/options'] },
  severity: [
    { path: '/valid', severity: 'high', when: ({ after }) => after === false },
    { path: '/unique', severity: 'high' },
    { path: '', severity: 'high', when: ({ beforeResource }) => beforeResource?.['unique'] === true },
    { path: '/options/**', severity: 'low' },
    ...cosmetic,
  ],
  describe: describeFields({
    valid: (value) => (value === false ? 'is invalid: building it failed' : 'is valid'),
    unique: (value) => (value === true ? 'is unique' : 'lets values repeat'),
    columns: (value) => `indexes ${textOf(value)}`,
    include: (value) => `includes ${textOf(value)}`,
    where: (value) => (value === undefined ? 'covers every row' : `covers rows where ${textOf(value)}`),
    method: (value) => `uses ${textOf(value)}`,
  }),
};

const view = (name: string, title: string): Kind => ({
  name,
  title,
  layer,
  version,
  normalize: canonicalView,
  severity: [
    { path: '/definition', severity: 'high' },
    { path: '/options/**', severity: 'high' },
    ...cosmetic,
    missing,
  ],
  describe: describeFields({ definition: (value) => `reads ${textOf(value)}` }),
});

const trigger = (name: string, title: string): Kind => ({
  name,
  title,
  partOf: ofTable,
  layer,
  version,
  normalize: canonicalFields('definition'),
  severity: [
    { path: '/enabled', severity: 'high' },
    { path: '/definition', severity: 'high' },
    { path: '/function', severity: 'high' },
    ...cosmetic,
    missing,
  ],
  describe: describeFields({ enabled: enabledText, definition: (value) => `is defined as ${textOf(value)}` }),
});

const routine = (name: string, title: string): Kind => ({
  name,
  title,
  layer,
  version,
  normalize: (attributes) => canonicalFields('arguments')(canonicalBody(attributes)),
  severity: [
    { path: '/securityDefiner', severity: 'critical', when: ({ after }) => after === true },
    { path: '/settings/**', severity: 'high' },
    { path: '/settings', severity: 'high' },
    { path: '/cost', severity: 'low' },
    { path: '/rows', severity: 'low' },
    ...cosmetic,
    { path: '/*', severity: 'high' },
    missing,
  ],
  describe: describeFields({
    body: (value) => `runs ${textOf(value)}`,
    volatility: (value) => `is ${textOf(value)}`,
    language: (value) => `is written in ${textOf(value)}`,
    returns: (value) => `returns ${textOf(value)}`,
    securityDefiner: (value) =>
      value === true ? 'runs with the rights of its owner' : 'runs with the rights of its caller',
  }),
});

const plain = (name: string, title: string, extra: Partial<Kind> = {}): Kind => ({
  name,
  title,
  layer,
  version,
  severity: [...cosmetic, { path: '/*', severity: 'medium' }],
  describe: describeFields({}),
  ...extra,
});

/** What lives in the schemas of a database. */
export const schemaKindList: readonly Kind[] = [
  plain('postgresql.schema', 'schema', { severity: [...cosmetic, missing] }),
  plain('postgresql.extension', 'extension', { severity: [missing] }),
  table,
  index,
  view('postgresql.view', 'view'),
  view('postgresql.materialized_view', 'materialized view'),
  trigger('postgresql.rule', 'rule'),
  trigger('postgresql.trigger', 'trigger'),
  { ...trigger('postgresql.event_trigger', 'event trigger'), noise: { unordered: ['/tags'] } },
  routine('postgresql.function', 'function'),
  routine('postgresql.procedure', 'procedure'),
  plain('postgresql.aggregate', 'aggregate', { severity: [...cosmetic, { path: '/*', severity: 'high' }, missing] }),
  plain('postgresql.sequence', 'sequence', { severity: [{ path: '/cache', severity: 'low' }, ...cosmetic, missing] }),
  plain('postgresql.statistics', 'statistics object', {
    severity: [
      { path: '', severity: 'low' },
      { path: '/**', severity: 'low' },
    ],
  }),
  plain('postgresql.enum', 'enum', {
    severity: [{ path: '/values', severity: 'high' }, ...cosmetic, missing],
    describe: describeFields({ values: (value) => `has the values ${textOf(value)}` }),
  }),
  plain('postgresql.domain', 'domain', {
    normalize: canonicalDomain,
    noise: { empty: ['/constraints'] },
    severity: [...cosmetic, { path: '/**', severity: 'high' }, missing],
  }),
  plain('postgresql.composite_type', 'composite type', {
    noise: { identity: { '/fields': ['name'] } },
    severity: [...cosmetic, { path: '/**', severity: 'high' }, missing],
  }),
  plain('postgresql.range_type', 'range type', { severity: [...cosmetic, { path: '/**', severity: 'high' }, missing] }),
  plain('postgresql.collation', 'collation'),
  plain('postgresql.operator', 'operator'),
  plain('postgresql.cast', 'cast'),
];
