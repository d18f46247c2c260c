import { createHash } from 'node:crypto';
import type { CheckLine, ReadContext, Reading } from '@leeway/connector-kit';
import { type Problem, ProblemError, problem } from '@leeway/core';
import { assembleRows } from '../introspect/assemble.ts';
import { declaredFamilies, schemaKinds } from '../introspect/families.ts';
import type { Row } from '../introspect/family.ts';
import { introspect, plainSpelling } from '../introspect/introspect.ts';
import { schemaFilter } from '../introspect/schema-filter.ts';
import { type FileSettings, isWanted } from '../schema.ts';
import { bundledExtensions, extensionsOf, statedKinds } from '../sql/adapt.ts';
import { findPlaces } from '../sql/places.ts';
import { splitStatements } from '../sql/statements.ts';
import { type Applied, applyScripts, type ParsedScript } from './apply.ts';
import { withEngine } from './engine-pool.ts';
import { readScripts, type Script } from './files.ts';
import { expectedHistory } from './history.ts';

/** What SQL files declare. */
interface Declared {
  readonly rows: readonly Row[];
  readonly kinds: readonly string[];
}

const system = 'the in-process database';

/** Applies the SQL files to an in-process PostgreSQL and reads its catalogs with the statements a live server gets. */
export async function* readDeclared(settings: FileSettings, context: ReadContext): AsyncGenerator<Reading> {
  try {
    const scripts = await parseScripts(settings, context);
    const { rows, kinds } = withHistory(await declare(scripts, settings, context.signal), scripts, settings);
    const places = findPlaces(scripts, settings.defaultSchema ?? 'public');
    for (const { kind, key, attributes } of assembleRows(rows, { seal: context.seal, owner: settings.owner })) {
      if (!isWanted(settings, kind) || !kinds.includes(kind)) continue;
      const place = places.get(key.replace(/\(.*$| to .*$/, ''));
      yield { type: 'resource', resource: { kind, key, attributes, ...(place && { origin: { place } }) } };
    }
    for (const kind of kinds) if (isWanted(settings, kind)) yield { type: 'complete', kind };
  } catch (error) {
    yield { type: 'notice', problem: problemOf(error, context.signal) };
  }
}

function withHistory(declared: Declared, scripts: readonly Script[], settings: FileSettings): Declared {
  if (settings.history === undefined) return declared;
  const history = expectedHistory(settings.history, scripts, settings.defaultSchema ?? 'public');
  return { rows: [...declared.rows, history], kinds: [...declared.kinds, history.kind] };
}

/** Says which files are there and whether they can be applied. */
export async function checkDeclared(settings: FileSettings, context: ReadContext): Promise<readonly CheckLine[]> {
  const what = settings.files.join(', ');
  try {
    const scripts = await parseScripts(settings, context);
    const { rows } = await declare(scripts, settings, context.signal);
    return [{ what: `${what}: ${scripts.length} files, ${rows.length} objects`, ok: true }];
  } catch (error) {
    return [{ what, ok: false, problem: problemOf(error, context.signal) }];
  }
}

function problemOf(error: unknown, signal: AbortSignal): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (signal.aborted) return problem('LW3010', { system });
  throw error;
}

async function parseScripts(settings: FileSettings, context: ReadContext): Promise<readonly ParsedScript[]> {
  context.signal.throwIfAborted();
  const scripts = await readScripts(context.files, settings.files, settings.placeholders);
  return scripts.map((script) => {
    const { statements, problems } = splitStatements(script.text, script.file);
    if (problems[0]) throw new ProblemError(problems[0]);
    return { ...script, statements };
  });
}

/** Environments that share their files share the work; one engine at a time keeps the memory of one. */
const remembered = new Map<string, Declared>();
const rememberedLimit = 8;
let queue: Promise<unknown> = Promise.resolve();

function declare(scripts: readonly ParsedScript[], settings: FileSettings, signal: AbortSignal): Promise<Declared> {
  const digest = digestOf(scripts, settings);
  const work = async () => {
    const known = remembered.get(digest);
    if (known) return known;
    const declared = await applyAndRead(scripts, settings, signal);
    remembered.set(digest, declared);
    if (remembered.size > rememberedLimit) remembered.delete(remembered.keys().next().value ?? '');
    return declared;
  };
  const result = queue.then(work, work);
  queue = result.catch(() => undefined);
  return raceAbort(result, signal);
}

function digestOf(scripts: readonly ParsedScript[], settings: FileSettings): string {
  const { defaultSchema, schemas, exceptSchemas } = settings;
  const hash = createHash('sha256').update(JSON.stringify([defaultSchema, schemas, exceptSchemas]));
  for (const { file, text } of scripts) hash.update(JSON.stringify([file, text]));
  return hash.digest('hex');
}

/** A reading that waits for its turn ends with its signal too. */
function raceAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const abort = () => reject(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  work.then(resolve, reject);
  return promise.finally(() => signal.removeEventListener('abort', abort));
}

async function applyAndRead(
  scripts: readonly ParsedScript[],
  settings: FileSettings,
  signal: AbortSignal,
): Promise<Declared> {
  const statements = scripts.flatMap((script) => script.statements);
  const extensions = [...extensionsOf(statements)].filter((name) => bundledExtensions.has(name));
  const modules = extensions.map((name) => name.replaceAll('-', '_'));
  return await withEngine(modules, signal, async (engine) => {
    const applied = await applyScripts(engine, scripts, settings.defaultSchema, settings.statementSeconds);
    await engine.batch(['begin', ...plainSpelling]);
    const scope = { version: 180000, schemas: schemaFilter(settings.schemas, settings.exceptSchemas) };
    const { rows, failures } = await introspect(engine, declaredFamilies, scope);
    if (failures[0]) throw failures[0].error;
    return { rows: adjust(rows, applied), kinds: [...new Set([...schemaKinds, ...statedKinds(statements)])] };
  });
}

/** Takes out what exists only in-process, puts in what could not exist there. */
function adjust(rows: readonly Row[], { missingExtensions, impliedRoles }: Applied): readonly Row[] {
  const kept = rows.filter(
    ({ kind, key }) =>
      !(kind === 'postgresql.role' && impliedRoles.has(key)) &&
      !(kind === 'postgresql.foreign_data_wrapper' && missingExtensions.has(key)),
  );
  const extensions = [...missingExtensions].map(([key, schema]) => ({
    kind: 'postgresql.extension',
    key,
    attributes: { schema },
  }));
  return [...kept, ...extensions];
}
