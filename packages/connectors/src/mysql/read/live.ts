import type { CheckLine, ReadContext, Reading } from '@leeway/connector-kit';
import { type Problem, ProblemError, problem } from '@leeway/core';
import { accountSection } from '../introspect/accounts.ts';
import { findHistories, migrationKinds } from '../introspect/migrations.ts';
import { needText, type Privileges } from '../introspect/privileges.ts';
import { databaseSection, eventSection, routineSection, triggerSection, viewSection } from '../introspect/programs.ts';
import type { Found, Scope, Section } from '../introspect/section.ts';
import { serverSection, variableSection } from '../introspect/server.ts';
import { tableSection } from '../introspect/tables.ts';
import { isWanted, type MysqlSettings } from '../schema.ts';
import { type OpenSession, openSession, type Target } from './client.ts';
import { problemOf } from './failure.ts';
import { scopeOf } from './scope.ts';
import type { Session } from './session.ts';

const sections: readonly Section[] = [
  serverSection,
  variableSection,
  databaseSection,
  tableSection,
  viewSection,
  routineSection,
  triggerSection,
  eventSection,
  accountSection,
];

/** What was read, and what was not. */
interface Introspection {
  readonly resources: readonly Found[];
  readonly notices: readonly { readonly kind: string; readonly problem: Problem }[];
  readonly complete: readonly string[];
}

/** Reads a server over one connection, in one read-only transaction. */
export async function* readLive(
  settings: MysqlSettings,
  context: ReadContext,
  open: OpenSession = openSession,
): AsyncGenerator<Reading> {
  try {
    const found = await introspect(settings, context, open);
    for (const { kind, key, attributes } of found.resources) {
      if (!isWanted(settings, kind)) continue;
      yield { type: 'resource', resource: { kind, key, attributes, origin: { place: `${settings.host}/${key}` } } };
    }
    for (const notice of found.notices) if (isWanted(settings, notice.kind)) yield { type: 'notice', ...notice };
    for (const kind of found.complete) if (isWanted(settings, kind)) yield { type: 'complete', kind };
  } catch (error) {
    yield { type: 'notice', problem: problemOf(error, attemptOf(settings), context.signal) };
  }
}

/** One line a kind: whether all of it may be read. */
export async function checkLive(settings: MysqlSettings, context: ReadContext): Promise<readonly CheckLine[]> {
  try {
    const { notices, complete } = await introspect(settings, context);
    const good = complete.filter((kind) => isWanted(settings, kind)).map((what) => ({ what, ok: true }));
    const bad = notices
      .filter(({ kind }) => isWanted(settings, kind))
      .map((notice) => ({ what: notice.kind, ok: false, problem: notice.problem }));
    return [...good, ...bad];
  } catch (error) {
    return [{ what: labelOf(settings), ok: false, problem: problemOf(error, attemptOf(settings), context.signal) }];
  }
}

function labelOf({ host, port = 3306 }: MysqlSettings): string {
  return `${host}:${port}`;
}

function attemptOf(settings: MysqlSettings, what = 'the catalogs', permission = 'to connect') {
  return { system: labelOf(settings), what, permission, seconds: settings.statementSeconds };
}

async function targetOf(settings: MysqlSettings, context: ReadContext): Promise<Target> {
  const { host, port = 3306, user, passwordFrom, sslMode, sslRootCert, statementSeconds } = settings;
  const password = context.variable(passwordFrom ?? 'MYSQL_PWD');
  const label = labelOf(settings);
  if (passwordFrom !== undefined && password === undefined) {
    throw new ProblemError(problem('LW3055', { system: label, variable: passwordFrom }));
  }
  const ca = sslRootCert && new TextDecoder().decode(await context.files.read(sslRootCert, 2 ** 20));
  return { host, port, user, password: password ?? '', sslMode, ca, seconds: statementSeconds, label };
}

async function introspect(
  settings: MysqlSettings,
  context: ReadContext,
  open: OpenSession = openSession,
): Promise<Introspection> {
  const session = await open(await targetOf(settings, context), context.signal);
  try {
    const scope = await scopeOf(session, settings, labelOf(settings));
    const reader = new SectionReader(session, settings, scope, context.signal);
    const wanted = sections.filter(({ kinds }) => kinds.some((kind) => isWanted(settings, kind)));
    const wantsHistory = migrationKinds.some((kind) => isWanted(settings, kind));
    for (const section of new Set(wantsHistory ? [...wanted, tableSection] : wanted)) await reader.read(section);
    if (wantsHistory) await reader.readHistories();
    return reader.result();
  } finally {
    session.close();
  }
}

/** Reads sections one after the other; one that is denied spoils its own kinds only. */
class SectionReader {
  readonly #session: Session;
  readonly #settings: MysqlSettings;
  readonly #scope: Scope & { readonly privileges: Privileges };
  readonly #signal: AbortSignal;
  readonly #resources: Found[] = [];
  readonly #notices: { kind: string; problem: Problem }[] = [];
  readonly #kinds = new Set<string>();

  constructor(
    session: Session,
    settings: MysqlSettings,
    scope: Scope & { readonly privileges: Privileges },
    signal: AbortSignal,
  ) {
    this.#session = session;
    this.#settings = settings;
    this.#scope = scope;
    this.#signal = signal;
  }

  async read(section: Section): Promise<void> {
    for (const kind of section.kinds) this.#kinds.add(kind);
    const permission = this.#tellHidden(section);
    try {
      const answers = [];
      for (const statement of section.statements(this.#scope)) answers.push(await this.#session.query(statement));
      this.#resources.push(...section.shape(answers, this.#scope));
    } catch (error) {
      const found = problemOf(error, attemptOf(this.#settings, section.what, permission), this.#signal);
      // A line that broke takes everything with it; a refusal only what was refused.
      if (found.code !== 'LW3003' && found.code !== 'LW3005' && found.code !== 'LW3007') throw error;
      this.#tell(section, found);
    }
  }

  async readHistories(): Promise<void> {
    for (const kind of migrationKinds) this.#kinds.add(kind);
    for (const section of findHistories(this.#resources)) await this.read(section);
    const hidden = this.#notices.find(({ kind }) => kind === 'mysql.table');
    if (hidden) for (const kind of migrationKinds) this.#notices.push({ kind, problem: hidden.problem });
  }

  /** Says what the server will leave out, and returns the permission that all of it takes. */
  #tellHidden(section: Section): string {
    const needs = section.needs(this.#scope);
    const missing = needs.filter((anyOf) => !anyOf.some((need) => this.#scope.privileges.has(need)));
    const permission = (missing.length > 0 ? missing : needs).map(([need]) => need && needText(need)).join(', ');
    if (missing.length > 0) {
      const system = labelOf(this.#settings);
      this.#tell(section, problem('LW3003', { system, what: `all of ${section.what}`, permission }));
    }
    return permission || `SELECT for ${section.what}`;
  }

  #tell({ kinds }: Section, found: Problem): void {
    for (const kind of kinds) {
      if (!this.#notices.some((notice) => notice.kind === kind)) this.#notices.push({ kind, problem: found });
    }
  }

  result(): Introspection {
    const spoilt = new Set(this.#notices.map(({ kind }) => kind));
    const complete = [...this.#kinds].filter((kind) => !spoilt.has(kind));
    return { resources: this.#resources, notices: this.#notices, complete };
  }
}
