import { isJsonArray, isJsonObject, type Json, type JsonObject } from '@leeway/core';
import { canonicalExpression } from '../sql/expression.ts';
import { splitList } from '../sql/split-list.ts';
import { dropEqualAliases } from '../sql/view-text.ts';

/** Applies `change` to every string among `fields`, and to the strings of a list. */
export function mapText(
  attributes: JsonObject,
  fields: readonly string[],
  change: (text: string) => string,
): JsonObject {
  const mapped: Record<string, Json> = { ...attributes };
  for (const field of fields) {
    const value = attributes[field];
    if (typeof value === 'string') mapped[field] = change(value);
    else if (isJsonArray(value)) mapped[field] = value.map((item) => (typeof item === 'string' ? change(item) : item));
  }
  return mapped;
}

/** One spelling for the expressions in `fields`. */
export const canonicalFields =
  (...fields: readonly string[]) =>
  (attributes: JsonObject): JsonObject =>
    mapText(attributes, fields, canonicalExpression);

/**
 * A default without what its column says already: `'new'::character varying` is `'new'` in a column of that type, and a
 * default of NULL is none.
 */
export function canonicalDefault(text: string): string | undefined {
  const plain = canonicalExpression(text);
  const literal = /^('(?:[^']|'')*'|NULL)(?:::[\w ."[\](),]+)?$/.exec(plain)?.[1] ?? plain;
  return literal === 'NULL' ? undefined : literal;
}

/** Column, constraints and partition keys of a table in one spelling. */
export function canonicalTable(attributes: JsonObject): JsonObject {
  const { columns, constraints } = attributes;
  return {
    ...mapText(canonicalFields('partitionBy', 'partitionBound')(attributes), ['partitionBound'], sortBoundList),
    ...(isJsonObject(columns) && { columns: mapValues(columns, canonicalColumn) }),
    ...(isJsonObject(constraints) && { constraints: mapValues(constraints, canonicalFields('definition')) }),
  };
}

/** Values of a list partition have no order; the bounds of a range are no list. */
function sortBoundList(bound: string): string {
  const list = /^FOR VALUES IN \((.*)\)$/s.exec(bound)?.[1];
  return list === undefined ? bound : `FOR VALUES IN (${splitList(list).sort().join(', ')})`;
}

/** A view's query, in which an alias that only repeats its relation's name is as good as none. */
export function canonicalView(attributes: JsonObject): JsonObject {
  return mapText(canonicalFields('definition')(attributes), ['definition'], dropEqualAliases);
}

function canonicalColumn(column: JsonObject): JsonObject {
  const { default: text, generated, ...rest } = column;
  const value = typeof text === 'string' ? canonicalDefault(text) : text;
  return {
    ...rest,
    ...(value !== undefined && { default: value }),
    ...(isJsonObject(generated) && { generated: canonicalFields('expression')(generated) }),
  };
}

/** A domain: its checks are a map of definitions. */
export function canonicalDomain(attributes: JsonObject): JsonObject {
  const { constraints, default: text, ...rest } = attributes;
  const value = typeof text === 'string' ? canonicalDefault(text) : text;
  return {
    ...rest,
    ...(value !== undefined && { default: value }),
    ...(isJsonObject(constraints) && { constraints: canonicalFields(...Object.keys(constraints))(constraints) }),
  };
}

function mapValues(values: JsonObject, change: (value: JsonObject) => JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, isJsonObject(value) ? change(value) : value]),
  );
}

/** A routine's body without the carriage returns, trailing blanks and empty ends that editors and Git add and take. */
export function canonicalBody(attributes: JsonObject): JsonObject {
  const tidy = (text: string) =>
    text
      .replaceAll('\r', '')
      .replaceAll(/[ \t]+$/gm, '')
      .trim();
  return mapText(attributes, ['body'], tidy);
}
