import type { Database } from '../sql/database.ts';
import { asPerson, type Person } from './people.ts';

/** A session by the hash of its secret. Times are ISO 8601 UTC with milliseconds. */
export interface Session {
  readonly hash: string;
  readonly person: string;
  readonly createdAt: string;
  readonly usedAt: string;
  /** When it ends however much it is used. */
  readonly expiresAt: string;
}

export interface SessionStore {
  /** Keeps a session, and forgets those of the estate that ended. */
  add(estate: string, session: Session): Promise<void>;
  /** The session and whose it is, whether it still holds or not. */
  find(estate: string, hash: string): Promise<{ readonly session: Session; readonly person: Person } | undefined>;
  used(estate: string, hash: string, at: string): Promise<void>;
  end(estate: string, hash: string): Promise<void>;
  endAll(estate: string, person: string): Promise<void>;
}

export function sessionStore({ db }: Database): SessionStore {
  return {
    async add(estate, { hash, person, createdAt, usedAt, expiresAt }) {
      const row = { estate, hash, person, created_at: createdAt, used_at: usedAt, expires_at: expiresAt };
      await db.insertInto('leeway.session').values(row).execute();
      await db.deleteFrom('leeway.session').where('estate', '=', estate).where('expires_at', '<', createdAt).execute();
    },
    async find(estate, hash) {
      const row = await db
        .selectFrom('leeway.session as session')
        .innerJoin('leeway.person as person', (join) =>
          join.onRef('person.estate', '=', 'session.estate').onRef('person.id', '=', 'session.person'),
        )
        .selectAll('person')
        .select(['session.created_at as begun', 'session.used_at as used', 'session.expires_at as ends'])
        .where('session.estate', '=', estate)
        .where('session.hash', '=', hash)
        .executeTakeFirst();
      if (!row) return undefined;
      const session = { hash, person: row.id, createdAt: row.begun, usedAt: row.used, expiresAt: row.ends };
      return { session, person: asPerson(row) };
    },
    async used(estate, hash, at) {
      await db
        .updateTable('leeway.session')
        .set({ used_at: at })
        .where('estate', '=', estate)
        .where('hash', '=', hash)
        .execute();
    },
    async end(estate, hash) {
      await db.deleteFrom('leeway.session').where('estate', '=', estate).where('hash', '=', hash).execute();
    },
    async endAll(estate, person) {
      await db.deleteFrom('leeway.session').where('estate', '=', estate).where('person', '=', person).execute();
    },
  };
}
