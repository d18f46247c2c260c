import { allowWriting, holdValue, type ReadContext, type WriteChange, type Written } from '@leeway/connector-kit';
import { findKind } from '@leeway/connector-kit/kind-name.ts';
import { failed, type Json, ok, ProblemError, parsePointer, problem, type Result } from '@leeway/core';
import { z } from 'zod';
import { openSession, type TrytonSession } from './client.ts';
import { definitionsOf } from './model.ts';
import { openTryton, problemOf } from './read.ts';
import type { Found } from './read-table.ts';
import { TrytonRecord, type TrytonSettings } from './schema.ts';
import { trytonKinds } from './tables.ts';
import { toTryton } from './value.ts';

/**
 * Writes one field of one record. The record's `_timestamp` travels along, so that trytond itself refuses when somebody
 * wrote in between (trytond/model/modelsql.py, `__check_timestamp`).
 */
export async function writeTryton(
  change: WriteChange,
  settings: TrytonSettings,
  context: ReadContext,
): Promise<Result<Written>> {
  const system = `Tryton ${new URL(settings.url).host}/${settings.database}`;
  const allowed = allowWriting(system, settings);
  if (!allowed.ok) return allowed;
  let session: TrytonSession | undefined;
  try {
    session = await openSession(settings, context);
    const found = await findRecord(session, settings, change);
    const kind = findKind(trytonKinds, change.kind);
    const held = kind
      ? holdValue(change, { system, kind, found: found?.resource }, context)
      : failed(problem('LW3163', { system, kind: change.kind, key: change.key }));
    if (!held.ok || !found) return held.ok ? failed() : held;
    const field = fieldOf(change, found, system);
    if (!field.ok) return field;
    await writeField(session, found, field.value, await valueFor(session, found, field.value, change));
    return ok({ before: held.value, after: change.value, place: `${found.model} ${found.record.id}` });
  } catch (error) {
    return failed(problemOf(error));
  } finally {
    await session?.close();
  }
}

async function findRecord(session: TrytonSession, settings: TrytonSettings, { kind, key }: WriteChange) {
  const { units } = await openTryton(session, { ...settings, kinds: [kind], exceptKinds: [] });
  let sought: Found | undefined;
  for (const unit of units) {
    for await (const found of unit.read()) if (found.resource.key === key) sought = found;
  }
  return sought;
}

/** Fields are written whole; what lies deeper has records of its own. */
function fieldOf({ path }: WriteChange, { definitions }: Found, system: string): Result<string> {
  const refuse = (reason: string) => failed<string>(problem('LW3162', { system, path, reason }));
  const [token, ...deeper] = parsePointer(path) ?? [];
  if (!token || token.selector || deeper.length > 0) return refuse('only whole fields are');
  const definition = Object.hasOwn(definitions, token.key) ? definitions[token.key] : undefined;
  if (!definition) return refuse('it is no field of its own there');
  return definition.readonly === true ? refuse('the field is read-only') : ok(token.key);
}

async function valueFor(
  session: TrytonSession,
  found: Found,
  field: string,
  { value, path }: WriteChange,
): Promise<Json> {
  const { type = '', relation } = found.definitions[field] ?? {};
  const refuse = (reason: string) => new ProblemError(problem('LW3162', { system: session.system, path, reason }));
  if (value === undefined || value === null) return null;
  if (type === 'many2one' && relation) return findByName(session, { found, relation, value, refuse });
  const written = toTryton(type, value);
  if (written === undefined) throw refuse(`a field of the type ${type} does not take this value`);
  return written;
}

interface NamedRecord {
  readonly found: Found;
  readonly relation: string;
  readonly value: Json;
  readonly refuse: (reason: string) => ProblemError;
}

/** The one record of that name. */
async function findByName(session: TrytonSession, { found, relation, value, refuse }: NamedRecord): Promise<number> {
  const context = { ...session.context, ...found.context };
  // Companies have records of the same names; those of this company, or of none, are meant.
  const { company } = found.context;
  const definitions = company === undefined ? {} : await definitionsOf(session, relation);
  const own = Object.hasOwn(definitions, 'company') ? [['company', 'in', [company ?? null, null]]] : [];
  const records = await session.call(
    {
      method: `model.${relation}.search_read`,
      params: [[['rec_name', '=', value], ...own], 0, 2, [['id', 'ASC']], ['rec_name'], context],
      what: `the records of ${relation}`,
      permission: `read access to ${relation}`,
    },
    z.array(TrytonRecord),
  );
  const [first, second] = records;
  if (!first) throw refuse(`there is no ${relation} of that name`);
  if (second) throw refuse(`there are several ${relation} of that name`);
  return first.id;
}

async function writeField(session: TrytonSession, found: Found, field: string, value: Json): Promise<void> {
  const { model, record, context } = found;
  const timestamp = record['_timestamp'] ?? null;
  const held = timestamp === null ? {} : { _timestamp: { [`${model},${record.id}`]: timestamp } };
  await session.call(
    {
      method: `model.${model}.write`,
      params: [[record.id], { [field]: value }, { ...session.context, ...context, ...held }],
      what: `${field} of ${model}`,
      writes: true,
    },
    z.unknown(),
  );
}
