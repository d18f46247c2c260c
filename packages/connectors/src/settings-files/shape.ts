import type { Seal } from '@leeway/connector-kit';
import {
  canonicalJson,
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
  type Problem,
  problem,
} from '@leeway/core';
import { fieldPlan, type NoisePlan, noisePlan } from '@leeway/core/resource/noise-plan.ts';
import { pointerOf, setOwn } from '@leeway/formats';
import type { SettingsFilesSettings } from './schema.ts';

/** Applies what a source's settings say of its files. Pure; the same for every file of the source. */
export interface Shaper {
  /** `report` is told of lists whose items lack their identity, by JSON Pointer. */
  shape(attributes: JsonObject, report: (found: Problem, pointer: string) => void): JsonObject;
}

/**
 * Noise of a kind is the same for all sources; these rules belong to one, so they are applied while reading: what is
 * ignored is left out, lists without order are sorted, lists with an identity become maps by it, secrets are sealed.
 */
export function createShaper(settings: SettingsFilesSettings, seal: Seal): Shaper {
  const { identity, unordered, ignore, secrets } = settings;
  const noise = { identity, unordered, computed: ignore, secret: secrets };
  const plan = noisePlan({ name: settings.kind, title: '', layer: 'runtime', version: 1, noise });
  return {
    shape: (attributes, report) => {
      const shaped = shapeValue(attributes, plan, { seal, report, path: [] });
      return isJsonObject(shaped) ? shaped : {};
    },
  };
}

interface Walk {
  readonly seal: Seal;
  readonly report: (found: Problem, pointer: string) => void;
  readonly path: readonly string[];
}

/** Undefined when the value is to be left out. */
function shapeValue(value: Json, plan: NoisePlan | null, walk: Walk): Json | undefined {
  if (plan === null) return value;
  if (plan.computed) return undefined;
  if (plan.secret) return walk.seal(typeof value === 'string' ? value : canonicalJson(value));
  if (isJsonArray(value)) return shapeList(value, plan, walk);
  if (!isJsonObject(value)) return value;
  const shaped: Record<string, Json> = {};
  for (const [key, field] of Object.entries(value)) {
    const kept = shapeValue(field, fieldPlan(plan, key), { ...walk, path: [...walk.path, key] });
    if (kept !== undefined) setOwn(shaped, key, kept);
  }
  return shaped;
}

function shapeList(list: readonly Json[], plan: NoisePlan, walk: Walk): Json {
  const names = plan.identity ? list.map((item) => identify(item, plan.identity ?? [])) : undefined;
  const items = list.map((item, index) =>
    shapeValue(item, plan.item, { ...walk, path: [...walk.path, String(index)] }),
  );
  const kept = items.filter((item) => item !== undefined);
  if (names) {
    const fault = faultOf(names, plan.identity ?? []);
    if (fault) walk.report(fault, pointerOf(walk.path));
    else return byName(names, items);
  }
  return plan.unordered ? kept.toSorted((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1)) : kept;
}

/** `EDI-7`, or `EDI-7,inbound` for two fields; undefined when a field is missing or no plain value. */
function identify(item: Json, fields: readonly string[]): string | undefined {
  const values = isJsonObject(item) ? fields.map((field) => item[field]) : [];
  const isPlain = values.length > 0 && values.every((value) => ['string', 'number', 'boolean'].includes(typeof value));
  return isPlain ? values.join(',') : undefined;
}

function faultOf(names: readonly (string | undefined)[], fields: readonly string[]): Problem | undefined {
  if (names.includes(undefined)) {
    const expected = `an item with ${fields.join(' and ')}, which identify the items of this list,`;
    return problem('LW2009', { what: 'Another item', expected });
  }
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  return twice === undefined ? undefined : problem('LW2006', { key: twice });
}

function byName(names: readonly (string | undefined)[], items: readonly (Json | undefined)[]): JsonObject {
  const map: Record<string, Json> = {};
  for (const [index, name] of names.entries()) {
    const item = items[index];
    if (name !== undefined && item !== undefined) setOwn(map, name, item);
  }
  return map;
}
