import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Json, JsonObject } from '@leeway/core';
import type { Row } from '../introspect/family.ts';
import type { Script } from './files.ts';

/** Migration tools whose history can be told from their files. */
export const historyTools = ['flyway', 'prisma', 'rails', 'knex', 'goose'] as const;
export type HistoryTool = (typeof historyTools)[number];

/** What one applied file puts into the history: its name there and its entry. */
type Entry = readonly [name: string, entry: Json];

interface Tool {
  readonly table: string;
  readonly entry: (script: Script) => Entry | undefined;
  readonly more?: (entries: readonly Entry[]) => JsonObject;
}

const fileName = (path: string) => path.slice(path.lastIndexOf('/') + 1);
const leadingNumber = (path: string) => /^\d+/.exec(fileName(path))?.[0];

const tools: Readonly<Record<HistoryTool, Tool>> = {
  flyway: {
    table: 'flyway_schema_history',
    entry({ file, raw }) {
      const [, type, version = '', title = ''] = /^([VBR])([\d._]*)__(.*)\.sql$/.exec(fileName(file)) ?? [];
      if (type === undefined) return undefined;
      const dotted = version.replaceAll('_', '.');
      return [
        fileName(file),
        { ...(dotted && { version: dotted }), description: title.replaceAll('_', ' '), checksum: flywayChecksum(raw) },
      ];
    },
    more: (entries) => {
      const versions = entries.flatMap(([name]) => /^[VB]([\d._]+)__/.exec(name)?.[1]?.replaceAll('_', '.') ?? []);
      const last = versions.at(-1);
      return last === undefined ? {} : { version: last };
    },
  },
  prisma: {
    table: '_prisma_migrations',
    entry({ file, raw }) {
      const folder = /([^/]+)\/migration\.sql$/.exec(file)?.[1];
      return folder === undefined ? undefined : [folder, { checksum: createHash('sha256').update(raw).digest('hex') }];
    },
  },
  rails: { table: 'schema_migrations', entry: ({ file }) => numbered(leadingNumber(file)) },
  knex: { table: 'knex_migrations', entry: ({ file }) => [fileName(file), true] },
  // A number there, so without leading zeros.
  goose: { table: 'goose_db_version', entry: ({ file }) => numbered(leadingNumber(file)?.replace(/^0+(?=.)/, '')) },
};

function numbered(version: string | undefined): Entry | undefined {
  return version === undefined ? undefined : [version, true];
}

/**
 * Flyway's checksum, as its open-source ChecksumCalculator makes it: CRC-32 over the lines without their ends, without a
 * byte order mark, as a signed number.
 */
export function flywayChecksum(text: string): number {
  let sum = 0;
  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)) sum = crc32(line, sum);
  return sum | 0;
}

/** The history a database has once the files were applied with the tool. */
export function expectedHistory(tool: HistoryTool, scripts: readonly Script[], schema: string): Row {
  const { table, entry, more } = tools[tool];
  const entries = scripts.flatMap((script) => [entry(script)].filter((found) => found !== undefined));
  const first: readonly Entry[] = tool === 'goose' ? [['0', true]] : [];
  return {
    kind: `postgresql.migrations.${tool}`,
    key: `${schema}.${table}`,
    attributes: { ...more?.(entries), applied: Object.fromEntries([...first, ...entries]) },
  };
}
