import { type Place, type Problem, ProblemError, problem } from '@leeway/core';
import { type Adapted, adaptStatement, bundledExtensions } from '../sql/adapt.ts';
import { placeOf, type Statement } from '../sql/statements.ts';
import { type Engine, OverdueError } from './engine.ts';
import type { Script } from './files.ts';
import { SqlError } from './session.ts';

/** A script with its statements. */
export interface ParsedScript extends Script {
  readonly statements: readonly Statement[];
}

/** What applying left outside the database. */
export interface Applied {
  /** Extensions asked for that are not bundled: name → schema. */
  readonly missingExtensions: ReadonlyMap<string, string>;
  /** Roles the files speak of without creating them. */
  readonly impliedRoles: ReadonlySet<string>;
}

interface Run {
  readonly engine: Engine;
  readonly seconds: number;
  readonly missingExtensions: Map<string, string>;
  readonly impliedRoles: Set<string>;
  inTransaction: boolean;
}

/** Words that end a transaction, ROLLBACK TO apart. */
const endWords = new Set(['COMMIT', 'END', 'ROLLBACK', 'ABORT']);
/** The name of the only database an engine has. */
const databaseName = 'postgres';

/**
 * Applies scripts in order, each in a fresh session state as migration tools do. Roles that a statement names and nobody
 * created are made on the way. Throws ProblemError LW3101, LW3103 or LW3106 with the place of the statement.
 */
export async function applyScripts(
  engine: Engine,
  scripts: readonly ParsedScript[],
  defaultSchema: string | undefined,
  seconds: number,
): Promise<Applied> {
  const run: Run = { engine, seconds, missingExtensions: new Map(), impliedRoles: new Set(), inTransaction: false };
  const limit = seconds * 1000;
  if (defaultSchema !== undefined) await engine.run(`create schema if not exists ${quoteName(defaultSchema)}`, limit);
  for (const script of scripts) {
    if (run.inTransaction) await engine.run('commit', limit);
    run.inTransaction = false;
    await engine.run('discard all', limit);
    // What psql and every driver find: names without a schema go where the role's search path says.
    await engine.run(
      `set search_path = ${defaultSchema === undefined ? '"$user", public' : quoteName(defaultSchema)}`,
      limit,
    );
    for (const statement of script.statements) await applyStatement(run, script, statement);
  }
  if (run.inTransaction) await engine.run('commit', limit);
  await engine.run('discard all', limit);
  return run;
}

async function applyStatement(run: Run, script: ParsedScript, statement: Statement): Promise<void> {
  const adapted = adaptStatement(statement, databaseName);
  if (adapted.action === 'skip') return;
  if (adapted.action === 'extension' && !bundledExtensions.has(adapted.name)) return await noteExtension(run, adapted);
  try {
    await runWithRoles(run, adapted.text, statement);
  } catch (error) {
    throw new ProblemError(explain(error, run, script, statement));
  }
  if (statement.head[0] === 'BEGIN' || statement.head[0] === 'START') run.inTransaction = true;
  if (endWords.has(statement.head[0] ?? '') && !statement.head.includes('TO')) run.inTransaction = false;
}

/** Roles belong to the cluster and are often made elsewhere: one that is missing is made, and the statement tried again. */
async function runWithRoles(run: Run, text: string, { head }: Statement): Promise<void> {
  const limit = run.seconds * 1000;
  const isGuarded = run.inTransaction && !endWords.has(head[0] ?? '');
  for (let role: string | undefined; ; ) {
    if (isGuarded) await run.engine.run('savepoint leeway', limit);
    try {
      return await run.engine.run(text, limit);
    } catch (error) {
      role = curable(error, head, run.impliedRoles);
      if (isGuarded) await run.engine.run('rollback to savepoint leeway', limit);
    }
    if (role === undefined) return;
    run.impliedRoles.add(role);
    await run.engine.run(`create role ${quoteName(role)}`, limit);
  }
}

/** The role to make before trying again; undefined for a setting to pass over. Rethrows everything else. */
function curable(error: unknown, head: readonly string[], implied: ReadonlySet<string>): string | undefined {
  const role = missingRole(error, head);
  if (role !== undefined && !implied.has(role)) return role;
  if (isUnknownSetting(error, head)) return undefined;
  throw error;
}

/** SQLSTATE 42704, undefined_object. Dropping a role that is not there stays an error. */
function missingRole(error: unknown, head: readonly string[]): string | undefined {
  if (!(error instanceof SqlError) || error.code !== '42704' || head[0] === 'DROP') return undefined;
  return /^role "(.*)" does not exist$/.exec(error.message)?.[1];
}

/** Dumps of a later server set what an earlier one does not know, and the other way round. */
function isUnknownSetting(error: unknown, head: readonly string[]): boolean {
  return (
    error instanceof SqlError &&
    error.code === '42704' &&
    head[0] === 'SET' &&
    /configuration parameter/.test(error.message)
  );
}

async function noteExtension(
  run: Run,
  { name, schema, text: _ }: Extract<Adapted, { action: 'extension' }>,
): Promise<void> {
  run.missingExtensions.set(name, schema ?? 'public');
  // Foreign servers need their wrapper to exist, not to work.
  if (name.endsWith('_fdw')) await run.engine.run(`create foreign data wrapper ${quoteName(name)}`, run.seconds * 1000);
}

function explain(error: unknown, run: Run, script: ParsedScript, statement: Statement): Problem {
  const start = startOf(statement.text);
  if (error instanceof OverdueError)
    return problem('LW3103', { start, seconds: run.seconds }, placeOf(script.text, statement.start, script.file));
  if (!(error instanceof SqlError)) throw error;
  const place = placeIn(script, statement, error.position);
  const reason = error.message.split('\n', 1)[0]?.slice(0, 300) ?? '';
  const extensions = [...run.missingExtensions.keys()].join(', ');
  return extensions === ''
    ? problem('LW3101', { start, reason }, place)
    : problem('LW3106', { start, reason, extensions }, place);
}

function placeIn({ text, file }: Script, statement: Statement, position = 0): Place {
  // PostgreSQL counts characters, JavaScript UTF-16 units.
  const offset = [...statement.text.slice(0, position * 2)].slice(0, position).join('').length;
  return placeOf(text, statement.start + offset, file);
}

/** The statement's first words, never a value: literals may be secrets. */
function startOf(text: string): string {
  const line = text.replaceAll(/'(?:[^']|'')*'/g, "'…'").replaceAll(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}

function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
