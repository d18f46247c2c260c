import type { Selectable } from 'kysely';
import type { Database } from '../sql/database.ts';
import type { TokenTable } from '../sql/identity-tables.ts';
import { textValue } from '../sql/values.ts';

/** An API token by the hash of its text. Times are ISO 8601 UTC with milliseconds. */
export interface Token {
  readonly id: string;
  readonly hash: string;
  /** Its first characters, so that a person recognises it. */
  readonly prefix: string;
  readonly kind: 'personal' | 'machine';
  /** Id of the person who made it; a personal one is theirs. */
  readonly owner: string;
  readonly name: string;
  readonly permissions: readonly string[];
  /** Patterns; empty for all. */
  readonly environments: readonly string[];
  /** Of a machine token: what its maker was granted when it was made. */
  readonly grants: unknown;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly usedAt?: string;
  readonly revokedAt?: string;
}

export interface TokenStore {
  add(estate: string, token: Token): Promise<void>;
  get(estate: string, id: string): Promise<Token | undefined>;
  /** By its hash, whether it still holds or not. */
  find(estate: string, hash: string): Promise<Token | undefined>;
  /** Newest first; of one owner where given. */
  list(estate: string, owner: string | undefined): Promise<readonly Token[]>;
  used(estate: string, id: string, at: string): Promise<void>;
  /** Does nothing to one that is revoked already. */
  revoke(estate: string, id: string, at: string): Promise<void>;
}

export function tokenStore({ db }: Database): TokenStore {
  const select = (estate: string) => db.selectFrom('leeway.token').selectAll().where('estate', '=', estate);
  const update = (estate: string, id: string) =>
    db.updateTable('leeway.token').where('estate', '=', estate).where('id', '=', id);
  return {
    async add(estate, token) {
      await db
        .insertInto('leeway.token')
        .values({
          estate,
          id: token.id,
          hash: token.hash,
          prefix: token.prefix,
          kind: token.kind,
          owner: token.owner,
          name: textValue(token.name),
          permissions: JSON.stringify(token.permissions),
          environments: JSON.stringify(token.environments),
          grants: JSON.stringify(token.grants),
          created_at: token.createdAt,
          expires_at: token.expiresAt,
          used_at: token.usedAt ?? null,
          revoked_at: token.revokedAt ?? null,
        })
        .execute();
    },
    get: async (estate, id) => readToken(await select(estate).where('id', '=', id).executeTakeFirst()),
    find: async (estate, hash) => readToken(await select(estate).where('hash', '=', hash).executeTakeFirst()),
    async list(estate, owner) {
      const rows = await select(estate)
        .$if(owner !== undefined, (query) => query.where('owner', '=', owner ?? ''))
        .orderBy('created_at', 'desc')
        .orderBy('id')
        .execute();
      return rows.map(asToken);
    },
    async used(estate, id, at) {
      await update(estate, id).set({ used_at: at }).execute();
    },
    async revoke(estate, id, at) {
      await update(estate, id).set({ revoked_at: at }).where('revoked_at', 'is', null).execute();
    },
  };
}

function readToken(row: Selectable<TokenTable> | undefined): Token | undefined {
  return row && asToken(row);
}

function asToken(row: Selectable<TokenTable>): Token {
  return {
    id: row.id,
    hash: row.hash,
    prefix: row.prefix,
    kind: row.kind,
    owner: row.owner,
    name: row.name,
    permissions: row.permissions,
    environments: row.environments,
    grants: row.grants,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    ...(row.used_at !== null && { usedAt: row.used_at }),
    ...(row.revoked_at !== null && { revokedAt: row.revoked_at }),
  };
}
