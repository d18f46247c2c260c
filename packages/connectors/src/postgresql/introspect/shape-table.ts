import { isJsonArray, isJsonObject, type Json, type JsonObject } from '@leeway/core';
import type { Row } from './family.ts';

/** Ends of the names PostgreSQL gives constraints by itself; a digit follows where the name was taken. */
const generatedName = /_(?:pkey|key|fkey|check|excl)\d*$/;

interface Constraint {
  readonly name: string;
  readonly type: string;
  readonly definition: string;
  readonly rest: JsonObject;
}

/**
 * Names constraints by what they are, so that names PostgreSQL made up never matter: `primary key`, `unique (sku)`,
 * `foreign key (customer_id)`. Checks and exclusions have their name, without the digits PostgreSQL adds in order of
 * creation. A chosen name stays a field of its own. Several under one name are told as a list of definitions.
 */
export function shapeTable(row: Row): readonly Row[] {
  const { constraints, columns, ...attributes } = row.attributes;
  const groups = Map.groupBy(constraintsOf(constraints), nameOf);
  const named = [...groups].map(([name, group]) => [name, shapeGroup(group)] as const);
  return [
    {
      ...row,
      attributes: {
        ...attributes,
        columns: shapeColumns(columns, row.key),
        constraints: Object.fromEntries(named),
      },
    },
  ];
}

/** Each comes as [name, type, definition, rare fields or null]. */
function constraintsOf(list: Json | undefined): Constraint[] {
  if (!isJsonArray(list)) return [];
  return list.filter(isJsonArray).map(([name, type, definition, rest]) => ({
    name: String(name),
    type: String(type),
    definition: String(definition),
    rest: isJsonObject(rest) ? rest : {},
  }));
}

function nameOf({ name, type, definition }: Constraint): string {
  if (type === 'p') return 'primary key';
  if (type === 'u') return `unique ${firstBrackets(definition)}`;
  if (type === 'f') return `foreign key ${firstBrackets(definition)}`;
  return generatedName.test(name) ? name.replace(/\d+$/, '') : name;
}

function firstBrackets(definition: string): string {
  const open = definition.indexOf('(');
  return definition.slice(open, definition.indexOf(')', open) + 1);
}

function shapeGroup(group: readonly Constraint[]): JsonObject {
  const [first] = group;
  if (!first) return {};
  if (group.length > 1) return { definition: group.map(({ definition }) => definition).sort() };
  const isChosen = 'puf'.includes(first.type) && !generatedName.test(first.name);
  return { definition: first.definition, ...(isChosen && { name: first.name }), ...first.rest };
}

/** Each comes as [name, type, nullable, default, rare fields or null]. */
function shapeColumns(list: Json | undefined, table: string): JsonObject {
  if (!isJsonArray(list)) return {};
  const columns = list.filter(isJsonArray).map(([name, type = null, nullable = null, value, rare]) => {
    // The sequence of a serial column may carry a digit PostgreSQL added: see shapeSequence.
    const text = typeof value === 'string' ? withoutDigit(value, `${table}_${String(name)}_seq`) : null;
    return [String(name), { type, nullable, default: text, ...(isJsonObject(rare) && rare) }] as const;
  });
  return Object.fromEntries(columns);
}

function withoutDigit(text: string, sequence: string): string {
  const head = `nextval('${sequence}`;
  return text.startsWith(head) ? head + text.slice(head.length).replace(/^\d+'/, "'") : text;
}
