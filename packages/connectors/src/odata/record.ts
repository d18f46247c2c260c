import {
  canonicalJson,
  failed,
  isJsonArray,
  type Json,
  type JsonObject,
  type Origin,
  ok,
  problem,
  type Resource,
  type Result,
} from '@leeway/core';
import type { Metadata } from './metadata.ts';
import type { EntitySet, ODataSettings } from './settings.ts';
import { fromOData, withoutFields } from './value.ts';

/** Names under which SAP, Dynamics 365 and CAP keep who changed a record last, and when. */
const changedBy = /^(?:modifiedby|lastchangedby(?:user)?|changedby(?:user)?|lastmodifiedby|sapmodifiedby)$/i;
const changedAt =
  /^(?:modifiedat|modified(?:date)?time\d?|lastchange(?:d)?(?:at|on|date|datetime|time)|changedon|changedat|lastmodified(?:at|on|date|datetime)?)$/i;
const created = /^created(?:at|by|by(?:user)|on|date|datetime\d?|time)$|^creation(?:date|datetime|time)$/i;

/** An entity set with its key settled. */
export interface NamedSet {
  readonly name: string;
  readonly set: EntitySet;
  readonly key: readonly string[];
}

/** The key of the settings, else that of $metadata. */
export function settleKey(
  name: string,
  set: EntitySet,
  metadata: Metadata | undefined,
  system: string,
): Result<NamedSet> {
  const key = set.key ?? metadata?.get(name)?.key ?? [];
  if (key.length > 0) return ok({ name, set, key });
  const reason = metadata?.has(name) ? 'it has no key there: name one in the settings' : 'it is not there';
  return failed(problem('LW3006', { system, what: `the entity set ${name} of $metadata`, reason }));
}

/** A record as a resource: what is compared apart from who changed it and when. */
export function resourceOf(record: JsonObject, { name, set, key }: NamedSet, settings: ODataSettings): Resource {
  const all = fromOData(record) as JsonObject;
  const stamps = Object.keys(all).filter((field) => isStamp(field, settings) && !key.includes(field));
  const attributes = sortLists(withoutFields(all, [...stamps, ...(set.ignore ?? [])]));
  const parts = key.map((field) => textOf(all[field]));
  return {
    kind: `odata.${name}`,
    key: parts.join('/') || 'empty key',
    attributes,
    origin: originOf(all, settings, name),
  };
}

/** What is read along comes in any order. */
function sortLists(attributes: JsonObject): JsonObject {
  const sorted = Object.entries(attributes).map(
    ([name, field]) => [name, isJsonArray(field) ? field.toSorted(compareJson) : field] as const,
  );
  return Object.fromEntries(sorted);
}

function compareJson(left: Json, right: Json): number {
  const [a, b] = [canonicalJson(left), canonicalJson(right)];
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function isStamp(field: string, settings: ODataSettings): boolean {
  const named = field === settings.changedBy || field === settings.changedAt;
  return named || changedBy.test(field) || changedAt.test(field) || created.test(field);
}

function originOf(all: JsonObject, settings: ODataSettings, place: string): Origin {
  const find = (named: string | undefined, known: RegExp) =>
    all[named ?? Object.keys(all).find((field) => known.test(field)) ?? ''];
  const [actor, at] = [find(settings.changedBy, changedBy), find(settings.changedAt, changedAt)];
  const instant = typeof at === 'string' && !Number.isNaN(Date.parse(at)) ? at : undefined;
  return {
    place,
    ...(typeof actor === 'string' && actor !== '' && { actor }),
    ...(instant !== undefined && { at: instant }),
  };
}

function textOf(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
