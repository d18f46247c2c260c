import type { JsonObject } from '@leeway/core';
import { canonicalExpression } from '../sql/expression.ts';
import { bracketAt, splitList } from '../sql/split-list.ts';
import type { Row } from './family.ts';

/** What pg_get_indexdef says after the name of the table. */
interface IndexText {
  readonly method: string;
  readonly columns: readonly string[];
  readonly include: readonly string[];
  readonly nullsNotDistinct: boolean;
  readonly where: string | undefined;
}

/**
 * Takes an index apart: method, columns with their operator class, collation and order, included columns, condition.
 * An index whose name PostgreSQL made up is keyed by what it indexes instead: `app.orders (lower(email))`.
 */
export function shapeIndex(row: Row): readonly Row[] {
  const { definition, table, ...rest } = row.attributes;
  const text = parseIndex(String(definition));
  const attributes: JsonObject = {
    table: table ?? null,
    method: text.method,
    columns: text.columns,
    include: text.include,
    nullsNotDistinct: text.nullsNotDistinct || null,
    where: text.where ?? null,
    ...rest,
  };
  return [{ ...row, key: keyOf(row.key, String(table), text), attributes }];
}

function keyOf(key: string, table: string, { method, columns, where }: IndexText): string {
  const name = key.slice(table.lastIndexOf('.') + 1);
  const isGenerated = /_idx\d*$/.test(name) && name.startsWith(`${table.slice(table.lastIndexOf('.') + 1)}_`);
  if (!isGenerated) return key;
  const using = method === 'btree' ? '' : ` using ${method}`;
  // Operator classes and order stay fields, so that a change of them is a change and not another index.
  const names = columns.map((column) => bareColumn(column)).join(', ');
  return `${table}${using} (${names})${where === undefined ? '' : ` where ${canonicalExpression(where)}`}`;
}

/** The column or expression without operator class, collation and order. */
function bareColumn(column: string): string {
  const text = column.trim();
  if (text.startsWith('(')) return canonicalExpression(bracketAt(text, 0).inside);
  const call = /^[^\s(]+\(/.exec(text);
  if (call) return canonicalExpression(text.slice(0, bracketAt(text, call[0].length - 1).end));
  return /^(?:"(?:[^"]|"")+"|\S+)/.exec(text)?.[0] ?? text;
}

function parseIndex(definition: string): IndexText {
  const start = definition.indexOf(' USING ') + ' USING '.length;
  const open = definition.indexOf('(', start);
  const { inside, end } = bracketAt(definition, open);
  const tail = definition.slice(end);
  const include = /^\s*INCLUDE\s*\(/.exec(tail);
  const condition = /(?:^|\s)WHERE\s+([\s\S]*)$/.exec(tail);
  return {
    method: definition.slice(start, open).trim(),
    columns: splitList(inside),
    include: include ? splitList(bracketAt(tail, include[0].length - 1).inside) : [],
    nullsNotDistinct: /^\s*(?:INCLUDE\s*\([^)]*\)\s*)?NULLS NOT DISTINCT/.test(tail),
    where: condition?.[1],
  };
}
