import type { CheckLine, ReadContext, Reading } from '@leeway/connector-kit';
import { type Problem, ProblemError, problem, type Resource } from '@leeway/core';
import { assembleRows } from '../introspect/assemble.ts';
import { liveFamilies } from '../introspect/families.ts';
import type { Family, Row } from '../introspect/family.ts';
import { type Introspection, introspect, parseRow, plainSpelling } from '../introspect/introspect.ts';
import { migrationKinds } from '../introspect/migrations.ts';
import { schemaFilter } from '../introspect/schema-filter.ts';
import { serverSettingFamily } from '../introspect/settings.ts';
import { type ConnectionSettings, isWanted } from '../schema.ts';
import { type LiveSession, openSession } from './client.ts';
import { findTarget, type Target } from './connection.ts';
import { problemOf } from './failure.ts';
import { type RawRow, SqlError } from './session.ts';

const oldestVersion = 120000;

/** What the reader's role is and may do. */
interface Server {
  readonly version: number;
  readonly isSuperuser: boolean;
  readonly readsAllSettings: boolean;
}

/** Reads a live server in one read-only transaction. */
export async function* readLive(settings: ConnectionSettings, context: ReadContext): AsyncGenerator<Reading> {
  const label = labelOf(settings);
  try {
    const target = await findTarget(settings, context);
    const { rows, failures, server } = await readServer(target, settings, context.signal);
    const notices = [
      ...failures.flatMap(({ family, error }) =>
        noticesOf(family, problemOf(error, attemptOf(target.label, settings, family), context.signal)),
      ),
      ...hiddenParts(rows, server, target.label),
    ].filter(({ kind }) => isWanted(settings, kind));
    const assembled = assembleRows(rows, { seal: context.seal, owner: settings.owner }).filter(({ kind }) =>
      isWanted(settings, kind),
    );
    for (const row of assembled) yield { type: 'resource', resource: resourceOf(row, target.database) };
    for (const notice of notices) yield { type: 'notice', ...notice };
    const spoilt = new Set(notices.map(({ kind }) => kind));
    for (const kind of kindsRead()) {
      if (isWanted(settings, kind) && !spoilt.has(kind)) yield { type: 'complete', kind };
    }
  } catch (error) {
    yield { type: 'notice', problem: problemOf(error, attemptOf(label, settings), context.signal) };
  }
}

/** Connects and says what may be read and what not. */
export async function checkLive(settings: ConnectionSettings, context: ReadContext): Promise<readonly CheckLine[]> {
  try {
    const target = await findTarget(settings, context);
    const { server, rows, failures } = await readServer(target, settings, context.signal);
    const denied = failures.map(({ family, error }) => ({
      what: family.kinds.join(', '),
      ok: false,
      problem: problemOf(error, attemptOf(target.label, settings, family), context.signal),
    }));
    const hidden = hiddenParts(rows, server, target.label).map((notice) => ({
      what: notice.kind,
      ok: false,
      problem: notice.problem,
    }));
    const read = { what: `${target.label}: PostgreSQL ${majorOf(server.version)}, ${rows.length} objects`, ok: true };
    return [read, ...denied, ...hidden];
  } catch (error) {
    const attempt = attemptOf(labelOf(settings), settings);
    return [{ what: attempt.system, ok: false, problem: problemOf(error, attempt, context.signal) }];
  }
}

function labelOf(settings: ConnectionSettings): string {
  if (settings.url === undefined) return `${settings.host}:${settings.port ?? 5432}`;
  return URL.canParse(settings.url) ? new URL(settings.url).host || 'localhost' : 'the server';
}

function attemptOf(system: string, { statementSeconds }: ConnectionSettings, family?: Family) {
  return {
    system,
    what: family?.kinds.join(', ') ?? 'the catalogs',
    permission: family?.permission ?? 'CONNECT on the database',
    seconds: statementSeconds,
  };
}

async function readServer(
  target: Target,
  settings: ConnectionSettings,
  signal: AbortSignal,
): Promise<Introspection & { readonly server: Server }> {
  const session = await openSession(target, signal);
  try {
    const { server, settingRows } = await beginReading(session, target, settings);
    const families = liveFamilies.filter((family) => family !== serverSettingFamily);
    const scope = { version: server.version, schemas: schemaFilter(settings.schemas, settings.exceptSchemas) };
    const { rows, failures } = await introspect(session, families, scope);
    return { rows: [...settingRows, ...rows], failures, server };
  } finally {
    await session.close();
  }
}

const whoAmI = `select current_setting('server_version_num')::int as version, current_setting('is_superuser') = 'on' as superuser,
  exists (select 1 from pg_roles r where r.rolname = 'pg_read_all_settings' and pg_has_role(r.oid, 'usage')) as all_settings`;

/** Opens the transaction. The server's own settings are read first, before ours hide them. */
async function beginReading(session: LiveSession, target: Target, settings: ConnectionSettings) {
  const milliseconds = settings.statementSeconds * 1000;
  const results = await session.batch([
    'begin transaction isolation level repeatable read, read only',
    whoAmI,
    serverSettingFamily.sql({ version: 0, schemas: '' }),
    `set local statement_timeout = ${milliseconds}`,
    `set local lock_timeout = ${Math.min(milliseconds, 5000)}`,
    ...plainSpelling,
  ]);
  const server = serverOf(results[1]?.[0]);
  if (server.version < oldestVersion) {
    throw new ProblemError(problem('LW3105', { system: target.label, version: majorOf(server.version) }));
  }
  return { server, settingRows: (results[2] ?? []).map(parseRow) };
}

function serverOf(row: RawRow | undefined): Server {
  const { version, superuser, all_settings: readsAllSettings } = row ?? {};
  if (typeof version !== 'number') throw new SqlError('the server does not tell its version', '08P01');
  return { version, isSuperuser: superuser === true, readsAllSettings: readsAllSettings === true };
}

function majorOf(version: number): string {
  return version >= 100000
    ? `${Math.floor(version / 10000)}`
    : `${Math.floor(version / 10000)}.${Math.floor(version / 100) % 100}`;
}

interface KindNotice {
  readonly kind: string;
  readonly problem: Problem;
}

function noticesOf({ kinds }: Family, found: Problem): readonly KindNotice[] {
  return kinds.map((kind) => ({ kind, problem: found }));
}

/** What PostgreSQL leaves out of its answers without saying so. */
function hiddenParts(rows: readonly Row[], server: Server, system: string): readonly KindNotice[] {
  if (server.isSuperuser) return [];
  const hidden: KindNotice[] = [];
  const tell = (kind: string, what: string, permission: string) =>
    hidden.push({ kind, problem: problem('LW3003', { system, what, permission }) });
  if (!server.readsAllSettings)
    tell('postgresql.setting', 'the settings only superusers may see', 'membership in pg_read_all_settings');
  const mappings = rows.filter(({ kind }) => kind === 'postgresql.user_mapping');
  if (mappings.some(({ attributes }) => attributes['options'] === null)) {
    tell('postgresql.user_mapping', 'the options of user mappings', 'ownership of the foreign server, or superuser');
  }
  return hidden;
}

/** Every kind the statements cover, found or not, and every kind of history: none found means there is none. */
function kindsRead(): readonly string[] {
  return [...new Set([...liveFamilies.flatMap(({ kinds }) => kinds), ...migrationKinds])];
}

function resourceOf({ kind, key, attributes }: Row, database: string): Resource {
  return { kind, key, attributes, origin: { place: `${database}.${key}` } };
}
