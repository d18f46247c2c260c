import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { minute } from '../../test/make.ts';
import { onBothDatabases } from '../../test/server-store.ts';
import type { Database } from '../sql/database.ts';
import type { ServerStore } from '../store.ts';
import { type AuditDraft, type AuditEntry, chainStart, checkChain, hashEntry } from './chain.ts';

const draft = (more: Partial<AuditDraft> = {}): AuditDraft => ({
  at: minute(1),
  actor: 'a.jansen',
  actorKind: 'person',
  action: 'decideApproval',
  outcome: 'done',
  detail: {},
  ...more,
});

async function allOf(entries: AsyncIterable<AuditEntry>): Promise<readonly AuditEntry[]> {
  const all: AuditEntry[] = [];
  for await (const entry of entries) all.push(entry);
  return all;
}

describe('the chain', () => {
  const drafts = fc.array(
    fc.record({
      actor: fc.string({ unit: 'binary', maxLength: 8 }),
      action: fc.constantFrom('signIn', 'createToken'),
      detail: fc.dictionary(
        fc.string({ minLength: 1, maxLength: 5 }),
        fc.oneof(fc.string(), fc.integer(), fc.boolean()),
        {
          maxKeys: 3,
        },
      ),
    }),
    { minLength: 2, maxLength: 12 },
  );
  const chained = drafts.map((given) => {
    const entries: AuditEntry[] = [];
    for (const [at, each] of given.entries()) {
      const entry = {
        ...draft(each),
        estate: 'one',
        seq: at + 1,
        previous: entries.at(-1)?.hash ?? chainStart,
      };
      entries.push({ ...entry, hash: hashEntry(entry) });
    }
    return entries;
  });

  test('that nobody touched holds, whole and in parts', async () => {
    await fc.assert(
      fc.asyncProperty(chained, fc.nat(), async (entries, cut) => {
        const head = entries.at(-1)?.hash;
        expect(await checkChain(entries, { head })).toEqual({ intact: true, entries: entries.length, head });
        const part = entries.slice(cut % entries.length);
        expect((await checkChain(part, { isPart: true })).intact).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('shows any entry that was changed, removed, put in, moved or cut off', async () => {
    const tampering = fc.constantFrom(
      'actor',
      'action',
      'at',
      'outcome',
      'detail',
      'subject',
      'rehashed',
      'removed',
      'doubled',
      'swapped',
      'cut',
    );
    await fc.assert(
      fc.asyncProperty(chained, fc.nat(), tampering, async (entries, pick, how) => {
        const head = entries.at(-1)?.hash;
        const check = await checkChain(tamper(entries, pick % entries.length, how), { head });
        expect(check.intact).toBe(false);
        expect(check.broken?.reason).toEqual(expect.any(String));
      }),
      { numRuns: 200 },
    );
  });

  function tamper(entries: readonly AuditEntry[], at: number, how: string): readonly AuditEntry[] {
    const entry = entries[at]!;
    const put = (changed: AuditEntry) => entries.with(at, changed);
    switch (how) {
      case 'removed':
        return entries.toSpliced(at, 1);
      case 'doubled':
        return entries.toSpliced(at, 0, entry);
      case 'swapped': {
        const other = (at + 1) % entries.length;
        return entries.with(at, entries[other]!).with(other, entry);
      }
      case 'cut':
        return entries.slice(0, at);
      case 'rehashed': {
        // Somebody who knows how the chain is made, but does not write all that follows anew.
        const changed = { ...entry, actor: `${entry.actor}!` };
        const forged = { ...changed, hash: hashEntry(changed) };
        return put(forged);
      }
      case 'detail':
        return put({ ...entry, detail: { ...entry.detail, more: 1 } });
      case 'outcome':
        return put({ ...entry, outcome: 'refused' });
      case 'at':
        return put({ ...entry, at: minute(2) });
      default:
        return put({ ...entry, [how]: `${entry.actor}!` });
    }
  }
});

function testLog(store: () => ServerStore, freshEstate: () => string, database: () => Database): void {
  test('entries follow each other however many write at once, each estate for itself', async () => {
    const [estate, other] = [freshEstate(), freshEstate()];
    await store().audit.append(other, [draft()]);
    const writes = Array.from({ length: 20 }, (_, at) =>
      store().audit.append(estate, [draft({ subject: `${at}` }), draft({ subject: `${at}`, outcome: 'failed' })]),
    );
    await Promise.all(writes);
    const entries = await allOf(store().audit.read(estate));
    expect(entries.map(({ seq }) => seq)).toEqual(Array.from({ length: 40 }, (_, at) => at + 1));
    expect(await checkChain(entries)).toMatchObject({ intact: true, entries: 40, head: entries.at(-1)?.hash });
    expect(await checkChain(store().audit.read(other))).toMatchObject({ intact: true, entries: 1 });
  });

  test('what is hostile is kept, and still holds', async () => {
    const estate = freshEstate();
    const hostile = `'); DROP TABLE leeway.audit; --\0\ud800\u202e`;
    await store().audit.append(estate, [
      draft({ actor: hostile, subject: hostile, detail: { hostile, n: 1e21, list: [null, hostile] } }),
    ]);
    expect(await checkChain(store().audit.read(estate))).toMatchObject({ intact: true, entries: 1 });
  });

  test('time does not run back in it', async () => {
    const estate = freshEstate();
    await store().audit.append(estate, [draft({ at: minute(9) })]);
    await store().audit.append(estate, [draft({ at: minute(3) }), draft({ at: minute(10) })]);
    const entries = await allOf(store().audit.read(estate));
    expect(entries.map(({ at }) => at)).toEqual([minute(9), minute(9), minute(10)]);
    const part = await allOf(store().audit.read(estate, { from: minute(10) }));
    expect(await checkChain(part, { isPart: true })).toMatchObject({ intact: true, entries: 1 });
  });

  test('is searched newest first, in pages; what was begun shows only where its end is missing', async () => {
    const estate = freshEstate();
    await store().audit.append(estate, [
      draft({ outcome: 'begun', requestId: 'a', action: 'createToken' }),
      draft({ outcome: 'done', requestId: 'a', action: 'createToken', detail: { note: '100% sure' } }),
      draft({ outcome: 'begun', requestId: 'b', actor: 'b.vries', action: 'runScan' }),
      draft({ outcome: 'refused', requestId: 'c', actor: 'b.vries', subject: 'production-eu' }),
    ]);
    const seqs = async (...args: Parameters<ServerStore['audit']['list']> extends [string, ...infer R] ? R : never) =>
      (await store().audit.list(estate, ...args)).map(({ seq }) => seq);
    expect(await seqs({}, undefined, 10)).toEqual([4, 3, 2]);
    expect(await seqs({}, undefined, 2)).toEqual([4, 3]);
    expect(await seqs({}, 3, 10)).toEqual([2]);
    expect(await seqs({ outcome: ['begun'] }, undefined, 10)).toEqual([3, 1]);
    expect(await seqs({ actor: ['b.vries'], action: ['runScan'] }, undefined, 10)).toEqual([3]);
    expect(await seqs({ q: '100%' }, undefined, 10)).toEqual([2]);
    expect(await seqs({ q: 'PRODUCTION-eu' }, undefined, 10)).toEqual([4]);
    expect(await seqs({ q: '_%' }, undefined, 10)).toEqual([]);
  });

  test('takes no change, and shows one made by whoever took the lock off', async () => {
    const estate = freshEstate();
    await store().audit.append(estate, [
      draft({ subject: 'one' }),
      draft({ subject: 'two' }),
      draft({ subject: 'three' }),
    ]);
    const { db } = database();
    const statements = [
      sql`UPDATE leeway.audit SET actor = 'somebody else' WHERE estate = ${estate} AND seq = 2`,
      sql`DELETE FROM leeway.audit WHERE estate = ${estate} AND seq = 2`,
      sql`TRUNCATE leeway.audit`,
    ];
    for (const statement of statements) await expect(statement.execute(db)).rejects.toThrow('only ever appended to');
    expect((await checkChain(store().audit.read(estate))).intact).toBe(true);
    for (const [at, statement] of statements.slice(0, 2).entries()) {
      await sql`ALTER TABLE leeway.audit DISABLE TRIGGER USER`.execute(db);
      await statement.execute(db);
      await sql`ALTER TABLE leeway.audit ENABLE TRIGGER USER`.execute(db);
      const check = await checkChain(store().audit.read(estate));
      expect(check).toMatchObject({ intact: false, broken: { seq: at === 0 ? 2 : 3 } });
    }
  });
}

await onBothDatabases(testLog);
