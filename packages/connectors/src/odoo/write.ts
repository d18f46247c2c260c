import {
  allowWriting,
  findKind,
  holdValue,
  type ReadContext,
  type WriteChange,
  type Written,
} from '@leeway/connector-kit';
import { failed, type Json, ok, ProblemError, parsePointer, problem, type Result } from '@leeway/core';
import { z } from 'zod';
import { systemOf } from './client.ts';
import { type Opened, openOdoo, problemOf } from './read.ts';
import { settingsModel } from './read-settings.ts';
import type { Found } from './records.ts';
import type { OdooSettings } from './settings.ts';
import { odooKinds } from './tables.ts';

/** Writes one field of one record. Odoo has no version to hold against: the look is taken immediately before. */
export async function writeOdoo(
  change: WriteChange,
  settings: OdooSettings,
  context: ReadContext,
): Promise<Result<Written>> {
  const system = systemOf(settings);
  const allowed = allowWriting(system, settings);
  if (!allowed.ok) return allowed;
  try {
    const opened = await openOdoo({ ...settings, kinds: [change.kind], exceptKinds: [] }, context);
    const found = await findRecord(opened, change.key);
    const kind = findKind(odooKinds, change.kind);
    if (!kind) return failed(problem('LW3163', { system, kind: change.kind, key: change.key }));
    const held = holdValue(change, { system, kind, found: found?.resource }, context);
    if (!held.ok || !found) return held.ok ? failed() : held;
    const field = fieldOf(change, found, system);
    if (!field.ok) return field;
    const value = await valueFor(opened, found, field.value, change);
    const call = {
      model: found.model,
      method: 'write',
      ids: [found.id],
      named: { vals: { [field.value]: value } },
      writes: true,
    };
    await opened.around.session.call(call, z.literal(true));
    return ok({ before: held.value, after: change.value, place: `${found.model} ${found.id}` });
  } catch (error) {
    return failed(problemOf(error));
  }
}

async function findRecord({ units }: Opened, key: string): Promise<Found | undefined> {
  let sought: Found | undefined;
  for (const unit of units) {
    for await (const found of unit.read()) if (found.resource.key === key) sought = found;
  }
  return sought;
}

function fieldOf({ path }: WriteChange, { model, definitions }: Found, system: string): Result<string> {
  const refuse = (reason: string) => failed<string>(problem('LW3162', { system, path, reason }));
  if (model === settingsModel)
    return refuse('settings are written where Odoo keeps them: system parameters, companies, groups, modules');
  const [token, ...deeper] = parsePointer(path) ?? [];
  if (!token || token.selector || deeper.length > 0) return refuse('only whole fields are');
  const { type = '', readonly = false } = definitions[token.key] ?? {};
  if (readonly) return refuse('the field is read-only');
  return /^(?:boolean|char|text|selection|integer|float|monetary|date|datetime|many2one)$/.test(type)
    ? ok(token.key)
    : refuse('fields of this type are not');
}

const NamedRecord = z.tuple([z.int(), z.string()]);

/** Odoo writes `false` for nothing; a reference by the one record of that name. */
async function valueFor(
  { around }: Opened,
  { definitions }: Found,
  field: string,
  { value, path }: WriteChange,
): Promise<Json> {
  if (value === undefined || value === null) return false;
  const { type, relation } = definitions[field] ?? {};
  if (type !== 'many2one' || relation === undefined) return value;
  const { session, context } = around;
  const named = { name: value, operator: '=', limit: 2, context };
  const found = await session.call({ model: relation, method: 'name_search', named }, z.array(NamedRecord));
  const [first, second] = found;
  if (first && !second) return first[0];
  const reason = first ? `there are several ${relation} of that name` : `there is no ${relation} of that name`;
  throw new ProblemError(problem('LW3162', { system: session.system, path, reason }));
}
