import type { Seal } from '@leeway/connector-kit';
import { isJsonObject, type Json, type JsonObject } from '@leeway/core';
import type { Row } from './family.ts';
import { withoutNulls } from './without-nulls.ts';

/** Names of settings and options whose values may be secret. */
const secretName = /pass|secret|token|credential|private|api_?key|jwt|conninfo|passphrase/i;

/** How rows become resources. */
export interface AssembleOptions {
  readonly seal: Seal;
  /** Role that owns things where nothing else is said; the most common owner when absent. */
  readonly owner?: string | undefined;
}

/**
 * Gives rows their final form: nulls dropped, secrets sealed, the usual owner left out. Who owns everything is one fact,
 * told once as `usualOwner` of the database; an `owner` on a table says that it is owned by somebody else.
 */
export function assembleRows(rows: readonly Row[], options: AssembleOptions): readonly Row[] {
  const usual = options.owner ?? mostCommonOwner(rows);
  return rows.toSorted(compareRows).map((row) => {
    const attributes = sealSecrets(withoutNulls(row.attributes), row, options.seal);
    if (row.kind === 'postgresql.database') return { ...row, attributes: { ...attributes, usualOwner: usual ?? '' } };
    if (attributes['owner'] !== usual || usual === undefined) return { ...row, attributes };
    const { owner: _, ...rest } = attributes;
    return {
      ...row,
      key: row.key.replace(/ to owner by \S+$| by \S+$/, (by) => by.replace(` by ${usual}`, '')),
      attributes: rest,
    };
  });
}

/** Catalogs answer in the order things happen to lie on disk. */
function compareRows(a: Row, b: Row): number {
  if (a.kind !== b.kind) return a.kind < b.kind ? -1 : 1;
  return a.key < b.key ? -1 : Number(a.key > b.key);
}

function mostCommonOwner(rows: readonly Row[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { kind, attributes } of rows) {
    const owner = attributes['owner'];
    if (typeof owner === 'string' && kind !== 'postgresql.database') counts.set(owner, (counts.get(owner) ?? 0) + 1);
  }
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0]?.[0];
}

function sealSecrets(attributes: JsonObject, { kind, key }: Row, seal: Seal): JsonObject {
  if (kind.endsWith('setting') && typeof attributes['value'] === 'string') {
    return isSecretSetting(key) ? { ...attributes, value: seal(attributes['value']) } : attributes;
  }
  const sealed: Record<string, Json> = { ...attributes };
  for (const field of ['options', 'foreignOptions']) {
    const options = attributes[field];
    if (isJsonObject(options)) sealed[field] = sealOptions(options, kind === 'postgresql.user_mapping', seal);
  }
  return sealed;
}

/** A custom setting (`app.jwt`) may hold anything; of PostgreSQL's own only a few may. */
function isSecretSetting(key: string): boolean {
  return secretName.test(key) && !/^(?:password_encryption|ssl_|krb_|db_user|scram_|md5_)/.test(key);
}

function sealOptions(options: JsonObject, all: boolean, seal: Seal): JsonObject {
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => [name, all || secretName.test(name) ? seal(String(value)) : value]),
  );
}
