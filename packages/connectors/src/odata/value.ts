import { isJsonArray, isJsonObject, type Json, type JsonObject } from '@leeway/core';

const legacyDate = /^\/Date\((-?\d{1,15})([+-]\d{4})?\)\/$/;

/** A value as attributes have it, for both versions: dates in ISO 8601, lists bare, nothing of the protocol's own. */
export function fromOData(value: Json): Json {
  if (typeof value === 'string') return fromText(value);
  if (isJsonArray(value)) return value.map(fromOData);
  if (!isJsonObject(value)) return value;
  // Version 2 wraps lists.
  const results = value['results'];
  if (isJsonArray(results)) return results.map(fromOData);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, field]) => !isProtocol(name) && !isDeferred(field))
      .map(([name, field]) => [name, fromOData(field)]),
  );
}

const isProtocol = (name: string) => name === '__metadata' || name.includes('@');
const isDeferred = (value: Json) => isJsonObject(value) && '__deferred' in value;

/** `/Date(…)/` counts milliseconds; at midnight, without offset, it stands for a day. */
function fromText(text: string): Json {
  const found = legacyDate.exec(text);
  if (!found) return text;
  const instant = new Date(Number(found[1]));
  if (Number.isNaN(instant.getTime())) return text;
  const iso = instant.toISOString();
  return found[2] === undefined && iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso;
}

/** A value in the spelling of the one it replaces. */
export function toOData(value: Json | undefined, replaced: Json | undefined): Json {
  if (value === undefined) return null;
  const found = typeof replaced === 'string' ? legacyDate.exec(replaced) : null;
  if (!found || typeof value !== 'string') return value;
  const instant = Date.parse(value.length === 10 ? `${value}T00:00:00Z` : value);
  return Number.isNaN(instant) ? value : `/Date(${instant}${found[2] === undefined ? '' : '+0000'})/`;
}

/** A value in a key predicate (OData URL conventions, section 5.1.1). */
export function toLiteral(value: Json, type: string, version: 2 | 4): string {
  const text = String(value);
  if (type === 'Edm.String' || (type === '' && typeof value === 'string')) return `'${text.replaceAll("'", "''")}'`;
  const old: Readonly<Record<string, string>> = {
    'Edm.Guid': `guid'${text}'`,
    'Edm.Int64': `${text}L`,
    'Edm.Decimal': `${text}M`,
  };
  return version === 2 && Object.hasOwn(old, type) ? (old[type] ?? text) : text;
}

/** The attributes without what is not compared; `Taxes/ID` reaches into each of the Taxes. */
export function withoutFields(attributes: JsonObject, ignored: readonly string[]): JsonObject {
  return ignored.reduce((left, path) => without(left, path.split('/')), attributes);
}

function without(value: JsonObject, [name = '', ...deeper]: readonly string[]): JsonObject {
  if (!Object.hasOwn(value, name)) return value;
  const { [name]: field = null, ...rest } = value;
  if (deeper.length === 0) return rest;
  const strip = (item: Json) => (isJsonObject(item) ? without(item, deeper) : item);
  return { ...value, [name]: isJsonArray(field) ? field.map(strip) : strip(field) };
}
