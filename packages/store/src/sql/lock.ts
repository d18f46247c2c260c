import { sql } from 'kysely';
import type { Db } from './database.ts';

/** What of an estate is locked. Numbers are part of the protocol between running versions: never reuse one. */
const lockClass = {
  snapshots: 0x4c57_0001,
  findings: 0x4c57_0002,
  content: 0x4c57_0003,
  identity: 0x4c57_0004,
  audit: 0x4c57_0005,
  handling: 0x4c57_0006,
  news: 0x4c57_0007,
} as const;

/** Locks until the transaction ends. `shared` goes together with other shared ones, `alone` with none. */
export async function lockFor(
  trx: Db,
  what: keyof typeof lockClass,
  estate: string,
  how: 'shared' | 'alone',
): Promise<void> {
  const take = sql.raw(how === 'shared' ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock');
  await sql`SELECT ${take}(${lockClass[what]}::int, hashtext(${estate}))`.execute(trx);
}
