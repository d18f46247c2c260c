import type { Json, JsonObject, Kind, SeverityRule } from '@leeway/core';
import { describeFields, describeTable, textOf } from '../../postgresql/kinds/describe.ts';
import { historyTools } from './histories.ts';

const layer = 'database' as const;
const version = 1;
const missing: SeverityRule = { path: '', severity: 'high' };

const program = (name: string, title: string): Kind => ({
  name,
  title,
  layer,
  version,
  severity: [{ path: '/*', severity: 'high' }, missing],
  describe: describeFields({ definition: (value: Json | undefined) => `runs ${textOf(value)}` }),
});

/** Kinds that catalogs of databases have in common, under the product's prefix. */
export function catalogKinds(
  prefix: string,
  programs: readonly (readonly [name: string, title: string])[],
): readonly Kind[] {
  const ofTable = ({ table: key }: JsonObject) =>
    typeof key === 'string' ? { kind: `${prefix}.table`, key } : undefined;
  return [
    {
      name: `${prefix}.table`,
      title: 'table',
      layer,
      version,
      noise: { empty: ['/constraints'] },
      severity: [
        { path: '/columns/**', severity: 'high' },
        { path: '/constraints/**', severity: 'high' },
        missing,
        { path: '/**', severity: 'medium' },
      ],
      describe: describeTable,
    },
    {
      name: `${prefix}.index`,
      title: 'index',
      partOf: ofTable,
      layer,
      version,
      noise: { unordered: ['/included'], empty: ['/included'], defaults: { '/unique': false, '/disabled': false } },
      severity: [
        { path: '/unique', severity: 'high' },
        { path: '', severity: 'medium' },
        { path: '/**', severity: 'medium' },
      ],
      describe: describeFields({
        unique: (value) => (value === true ? 'is unique' : 'lets values repeat'),
        columns: (value) => `indexes ${textOf(value)}`,
        disabled: (value) => (value === true ? 'is disabled' : 'is in use'),
      }),
    },
    ...programs.map(([name, title]) => program(`${prefix}.${name}`, title)),
    {
      name: `${prefix}.grant`,
      title: 'grant',
      layer: 'identity',
      version,
      noise: { unordered: ['/privileges', '/grantable', '/denied'], empty: ['/privileges', '/grantable', '/denied'] },
      severity: [{ path: '/**', severity: 'high' }, missing],
    },
    {
      name: `${prefix}.setting`,
      title: 'setting',
      layer,
      version,
      severity: [{ path: '/**', severity: 'medium' }],
    },
    ...historyTools.map(
      (tool): Kind => ({
        name: `${prefix}.migrations.${tool}`,
        title: 'migration history',
        layer,
        version,
        noise: { unordered: ['/failed'], empty: ['/failed'] },
        severity: [
          { path: '/failed/**', severity: 'critical' },
          { path: '/**', severity: 'high' },
        ],
      }),
    ),
  ];
}
