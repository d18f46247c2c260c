import { contentIdBytes, type Violation } from '@leeway/core';
import type { PolicyResultStore } from '@leeway/engine';
import { sql } from 'kysely';
import { idRows } from './chunks.ts';
import type { Database } from './sql/database.ts';
import { fromHex, runsOf, toHex } from './sql/values.ts';

type Violations = Readonly<Record<string, readonly Violation[]>>;

const maximumRows = 8192;

/** Results of policies by their digest and the chunk they were evaluated on. */
export function policyResultStore({ db }: Database): PolicyResultStore {
  return {
    async get(policies, chunkIds) {
      const results = new Map<string, Violations>();
      for (const run of runsOf(chunkIds, maximumRows)) {
        const { rows } = await sql<{ chunk_id: Uint8Array; violations: Violations }>`
          SELECT chunk_id, violations FROM ${idRows(run.map(fromHex), contentIdBytes)} AS given
          JOIN leeway.policy_result ON chunk_id = given.id WHERE policies = ${policies}`.execute(db);
        for (const row of rows) results.set(toHex(row.chunk_id), row.violations);
      }
      return results;
    },
    async put(policies, results) {
      const entries = [...results].toSorted(([left], [right]) => (left < right ? -1 : 1));
      for (const run of runsOf(entries, maximumRows)) {
        const ids = run.map(([id]) => fromHex(id));
        // JSON never holds a line break outside of an escape, so that lines carry the list.
        const lines = run.map(([, violations]) => JSON.stringify(violations)).join('\n');
        await sql`INSERT INTO leeway.policy_result (policies, chunk_id, violations)
          SELECT ${policies}, id, line::json FROM ${idRows(ids, contentIdBytes)} AS given
          JOIN unnest(string_to_array(${lines}, chr(10))) WITH ORDINALITY AS result (line, number)
            ON result.number = given.place + 1
          ON CONFLICT (policies, chunk_id) DO UPDATE SET violations = excluded.violations`.execute(db);
      }
    },
  };
}
