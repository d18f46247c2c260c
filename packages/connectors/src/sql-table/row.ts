import { createHash } from 'node:crypto';
import type { Seal } from '@leeway/connector-kit';
import type { Json, JsonObject, Resource } from '@leeway/core';
import type { SqlRow } from './session.ts';
import type { Table } from './settings.ts';

/** A row as a resource. Secrets are sealed here: kinds of tables cannot know them. */
export function resourceOf(row: SqlRow, name: string, table: Table, seal: Seal): Resource {
  const { key, ignore = [], secret = [], changedBy, changedAt } = table;
  const left = new Set([...ignore, changedBy, changedAt].filter((column) => column !== undefined));
  const attributes: Record<string, Json> = {};
  for (const [column, value] of Object.entries(row)) {
    if (left.has(column) && !key.includes(column)) continue;
    const plain = toJson(value);
    attributes[column] = secret.includes(column) && plain !== null ? seal(textOf(plain)) : plain;
  }
  const parts = key.map((column) => textOf(toJson(row[column]))).join('/');
  return {
    kind: kindOf(name),
    key: parts === '' ? 'empty key' : parts,
    attributes: attributes as JsonObject,
    origin: originOf(row, name, table),
  };
}

export const kindOf = (table: string) => `sql.${table}`;

function originOf(row: SqlRow, place: string, { changedBy, changedAt }: Table) {
  const actor = changedBy === undefined ? null : toJson(row[changedBy]);
  const at = changedAt === undefined ? undefined : instantOf(row[changedAt]);
  return { place, ...(typeof actor === 'string' && actor !== '' && { actor }), ...(at !== undefined && { at }) };
}

/** A time without zone is taken for UTC. */
function instantOf(value: unknown): string | undefined {
  const text = textOf(toJson(value)).replace(' ', 'T');
  const zoned = /(?:Z|[+-]\d\d(?::?\d\d)?)$/.test(text) ? text.replace(/([+-]\d\d)$/, '$1:00') : `${text}Z`;
  return Number.isNaN(Date.parse(zoned)) ? undefined : new Date(zoned).toISOString();
}

/** Values of any driver: exact numbers as text, files by digest. */
export function toJson(value: unknown): Json {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'bigint') return String(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof Uint8Array) return `sha256:${createHash('sha256').update(value).digest('hex')}`;
  return JSON.parse(JSON.stringify(value)) as Json;
}

function textOf(value: Json): string {
  if (value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
