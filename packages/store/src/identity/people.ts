import type { Selectable } from 'kysely';
import type { Database, Db } from '../sql/database.ts';
import type { PersonTable } from '../sql/identity-tables.ts';
import { lockFor } from '../sql/lock.ts';
import { textValue } from '../sql/values.ts';

/** Somebody who may sign in. Times are ISO 8601 UTC with milliseconds. */
export interface Person {
  readonly id: string;
  /** Identity provider that knows them; empty for a local account. */
  readonly issuer: string;
  /** What the provider calls them; of a local account the name in lower case. */
  readonly subject: string;
  readonly name: string;
  readonly email?: string;
  /** Of a local account: its password as `scrypt` with parameters. */
  readonly password?: string;
  /** As the identity provider said at the last sign-in. */
  readonly groups: readonly string[];
  /** Given to a local account; others have theirs by their groups. */
  readonly grants: unknown;
  readonly createdAt: string;
  readonly lastSeenAt?: string;
  readonly disabledAt?: string;
}

/** How somebody is recognised at sign-in. */
export type PersonKey = Pick<Person, 'issuer' | 'subject'>;

export interface PeoplePage {
  readonly items: readonly Person[];
  readonly total: number;
}

export interface PeopleStore {
  get(estate: string, id: string): Promise<Person | undefined>;
  find(estate: string, key: PersonKey): Promise<Person | undefined>;
  /** People by name, from behind `after`. */
  list(
    estate: string,
    after: { readonly name: string; readonly id: string } | undefined,
    limit: number,
  ): Promise<PeoplePage>;
  /** False where there is one with that key already. */
  add(estate: string, person: Person): Promise<boolean>;
  /**
   * Records a sign-in: takes over name, e-mail and groups. Makes the person where they are new; a disabled one stays so.
   * Gives back whoever it is now.
   */
  signedIn(estate: string, person: Person): Promise<Person>;
  /** False where there is no such person. */
  disable(estate: string, id: string, at: string): Promise<boolean>;
  /** Whether anybody ever had an account here. */
  any(estate: string): Promise<boolean>;
  keepSetUpLink(estate: string, link: { readonly hash: string; readonly expiresAt: string }): Promise<void>;
  /** Makes the first account by a link, which is then used up together with all others; false where it does not hold. */
  useSetUpLink(estate: string, hash: string, first: Person): Promise<boolean>;
}

export function peopleStore({ db }: Database): PeopleStore {
  const select = (estate: string) => db.selectFrom('leeway.person').selectAll().where('estate', '=', estate);
  return {
    get: async (estate, id) => readPerson(await select(estate).where('id', '=', id).executeTakeFirst()),
    find: async (estate, { issuer, subject }) =>
      readPerson(
        await select(estate).where('issuer', '=', issuer).where('subject', '=', textValue(subject)).executeTakeFirst(),
      ),
    list: (estate, after, limit) => list(db, estate, after, limit),
    add: (estate, person) => add(db, estate, person),
    signedIn: (estate, person) => signedIn(db, estate, person),
    async disable(estate, id, at) {
      const changed = await db
        .updateTable('leeway.person')
        .set((expression) => ({ disabled_at: expression.fn.coalesce('disabled_at', expression.val(at)) }))
        .where('estate', '=', estate)
        .where('id', '=', id)
        .executeTakeFirst();
      return changed.numUpdatedRows > 0n;
    },
    any: async (estate) => (await select(estate).limit(1).executeTakeFirst()) !== undefined,
    async keepSetUpLink(estate, { hash, expiresAt }) {
      await db.insertInto('leeway.set_up_link').values({ estate, hash, expires_at: expiresAt }).execute();
    },
    useSetUpLink: (estate, hash, first) => useSetUpLink(db, estate, hash, first),
  };
}

async function list(
  db: Db,
  estate: string,
  after: { readonly name: string; readonly id: string } | undefined,
  limit: number,
): Promise<PeoplePage> {
  const all = db.selectFrom('leeway.person').where('estate', '=', estate);
  const { total } = await all.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const rows = await all
    .selectAll()
    .$if(after !== undefined, (query) =>
      query.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('name', 'id'), '>', tuple(after?.name ?? '', after?.id ?? '')),
      ),
    )
    .orderBy('name')
    .orderBy('id')
    .limit(limit)
    .execute();
  return { items: rows.map(asPerson), total };
}

async function add(db: Db, estate: string, person: Person): Promise<boolean> {
  const inserted = await db
    .insertInto('leeway.person')
    .values({ estate, ...rowOf(person) })
    .onConflict((conflict) => conflict.columns(['estate', 'issuer', 'subject']).doNothing())
    .executeTakeFirst();
  return (inserted.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

async function signedIn(db: Db, estate: string, person: Person): Promise<Person> {
  const row = await db
    .insertInto('leeway.person')
    .values({ estate, ...rowOf(person) })
    .onConflict((conflict) =>
      conflict.columns(['estate', 'issuer', 'subject']).doUpdateSet(({ ref }) => ({
        name: ref('excluded.name'),
        email: ref('excluded.email'),
        groups: ref('excluded.groups'),
        last_seen_at: ref('excluded.last_seen_at'),
      })),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
  return asPerson(row);
}

/** Alone, so that of two who use links at once one becomes the first. The link's time is checked by whoever reads it. */
function useSetUpLink(db: Database['db'], estate: string, hash: string, first: Person): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    await lockFor(trx, 'identity', estate, 'alone');
    const link = await trx
      .selectFrom('leeway.set_up_link')
      .select('expires_at')
      .where('estate', '=', estate)
      .where('hash', '=', hash)
      .executeTakeFirst();
    const known = await trx.selectFrom('leeway.person').select('id').where('estate', '=', estate).limit(1).execute();
    if (!link || known.length > 0 || Date.parse(link.expires_at) <= Date.parse(first.createdAt)) return false;
    await trx.deleteFrom('leeway.set_up_link').where('estate', '=', estate).execute();
    return add(trx, estate, first);
  });
}

function rowOf(person: Person) {
  return {
    id: person.id,
    issuer: textValue(person.issuer),
    subject: textValue(person.subject),
    name: textValue(person.name),
    email: person.email === undefined ? null : textValue(person.email),
    password: person.password ?? null,
    groups: JSON.stringify(person.groups),
    grants: JSON.stringify(person.grants),
    created_at: person.createdAt,
    last_seen_at: person.lastSeenAt ?? null,
    disabled_at: person.disabledAt ?? null,
  };
}

function readPerson(row: Selectable<PersonTable> | undefined): Person | undefined {
  return row && asPerson(row);
}

export function asPerson(row: Selectable<PersonTable>): Person {
  return {
    id: row.id,
    issuer: row.issuer,
    subject: row.subject,
    name: row.name,
    ...(row.email !== null && { email: row.email }),
    ...(row.password !== null && { password: row.password }),
    groups: row.groups,
    grants: row.grants,
    createdAt: row.created_at,
    ...(row.last_seen_at !== null && { lastSeenAt: row.last_seen_at }),
    ...(row.disabled_at !== null && { disabledAt: row.disabled_at }),
  };
}
