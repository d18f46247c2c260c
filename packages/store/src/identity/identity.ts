import type { Database } from '../sql/database.ts';
import { type PeopleStore, peopleStore } from './people.ts';
import { type SessionStore, sessionStore } from './sessions.ts';
import { type TokenStore, tokenStore } from './tokens.ts';

/** Who may use the server, and how they prove it. Knows hashes of secrets only; every time comes from the caller. */
export interface IdentityStore {
  readonly people: PeopleStore;
  readonly sessions: SessionStore;
  readonly tokens: TokenStore;
}

export function identityStore(database: Database): IdentityStore {
  return { people: peopleStore(database), sessions: sessionStore(database), tokens: tokenStore(database) };
}
