import type { Connector, StandaloneTarget } from '@leeway/connector-kit';
import { clusterKindList } from './kinds/cluster-kinds.ts';
import { schemaKindList } from './kinds/schema-kinds.ts';
import { securityKindList } from './kinds/security-kinds.ts';
import { checkDeclared, readDeclared } from './read/declared.ts';
import { checkLive, readLive } from './read/live.ts';
import {
  type ConnectionSettings,
  isFiles,
  passwordOf,
  type Settings,
  settingsSchema,
  urlPassword,
  withoutPassword,
} from './schema.ts';

/** PostgreSQL 12 to 18: the catalogs of a live server, or of an in-process one that SQL files were applied to. */
export const connector: Connector<Settings> = {
  id: 'postgresql',
  title: 'PostgreSQL',
  summary: 'Database schemas, roles, grants and settings, live or as SQL migration files declare them.',
  settings: settingsSchema,
  kinds: [...schemaKindList, ...securityKindList, ...clusterKindList],
  verification: { state: 'verified', against: 'PostgreSQL 12 to 17, and PGlite 0.5.16 (PostgreSQL 18.6)' },
  permissions: [
    'CONNECT on the database',
    'membership in pg_read_all_settings, for postgresql.setting',
    'SELECT on the history tables of migration tools, for postgresql.migrations.*',
  ],
  check: (settings, context) => (isFiles(settings) ? checkDeclared(settings, context) : checkLive(settings, context)),
  read: (settings, context) => (isFiles(settings) ? readDeclared(settings, context) : readLive(settings, context)),
  standalone,
};

const defaults = { statementSeconds: 60 };

/** A connection URL, or SQL files and folders of them. */
function standalone({ url, paths, head = '' }: StandaloneTarget) {
  if (url !== undefined) return /^postgres(?:ql)?:\/\//.test(url) && URL.canParse(url) ? fromUrl(url) : undefined;
  if (!paths || paths.length === 0) return undefined;
  const isSql = paths.every((path) => path.endsWith('.sql'));
  const isFolder = paths.every((path) => !/\.[^/.]+$/.test(path));
  if (!isSql && !isFolder) return undefined;
  const files = isSql ? paths : paths.map((path) => `${path.replace(/\/$/, '')}/**/*.sql`);
  return { settings: { ...defaults, files: [...files] }, confidence: confidenceIn(isSql, head) };
}

function confidenceIn(isSql: boolean, head: string): number {
  if (/PostgreSQL database dump|\bplpgsql\b|\bCREATE (?:TABLE|SCHEMA|EXTENSION|TYPE)\b/i.test(head)) return 0.9;
  return isSql ? 0.6 : 0.1;
}

function fromUrl(url: string) {
  const settings: ConnectionSettings = { ...defaults, url: withoutPassword(url) };
  const password = passwordOf(url);
  if (password !== undefined) Object.defineProperty(settings, urlPassword, { value: password, enumerable: false });
  return { settings, confidence: 1 };
}
