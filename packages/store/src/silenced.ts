import { digestHex, type Finding } from '@leeway/core';
import type { ScanRecord } from '@leeway/engine';
import { sql } from 'kysely';
import type { Db } from './sql/database.ts';
import { runsOf, timeValue } from './sql/values.ts';

const insertRows = 1000;

/**
 * Keeps what approved differences silence, as a scan saw it. What it looked for and no longer found silenced has ended;
 * what it could not look at (`unchecked`) stays.
 */
export async function recordSilenced(
  trx: Db,
  scan: ScanRecord,
  given: ReadonlyMap<string, Finding>,
  unchecked: (finding: Finding) => boolean,
  change: number,
): Promise<void> {
  const query = trx
    .selectFrom('leeway.silenced_finding')
    .select(['fingerprint', 'environment', 'source', 'digest', 'body'])
    .where('estate', '=', scan.estate);
  const known = await query.where('ended_at', 'is', null).execute();
  const ended = known.filter(
    ({ fingerprint, environment, source, body }) =>
      !given.has(fingerprint) &&
      scan.environments.includes(environment) &&
      scan.sources.includes(source) &&
      !unchecked(body as Finding),
  );
  if (ended.length > 0) {
    const fingerprints = ended.map(({ fingerprint }) => fingerprint);
    await trx
      .updateTable('leeway.silenced_finding')
      .set({ ended_at: timeValue(scan.at), change })
      .where('estate', '=', scan.estate)
      .where(sql<boolean>`fingerprint = ANY (${fingerprints}::text[])`)
      .execute();
  }
  const digests = new Map(known.map(({ fingerprint, digest }) => [fingerprint, digest]));
  const rows = [...given.values()].map((finding) => silencedRow(scan, finding, change));
  await upsert(
    trx,
    rows.filter(({ fingerprint, digest }) => digests.get(fingerprint) !== digest),
  );
}

function silencedRow({ estate, at }: ScanRecord, finding: Finding, change: number) {
  const { fingerprint, environment, source } = finding;
  const body = JSON.stringify(finding);
  const content = { digest: digestHex(body, 32), body };
  return { estate, fingerprint, environment, source, ...content, since: timeValue(at), ended_at: null, change };
}

/** One that ended and comes back is silenced anew; one that only changed is silenced since it was. */
async function upsert(trx: Db, rows: readonly ReturnType<typeof silencedRow>[]): Promise<void> {
  for (const run of runsOf(rows, insertRows)) {
    await trx
      .insertInto('leeway.silenced_finding')
      .values(run)
      .onConflict((conflict) =>
        conflict.columns(['estate', 'fingerprint']).doUpdateSet((expression) => ({
          environment: expression.ref('excluded.environment'),
          source: expression.ref('excluded.source'),
          digest: expression.ref('excluded.digest'),
          body: expression.ref('excluded.body'),
          since: sql<string>`CASE WHEN silenced_finding.ended_at IS NULL THEN silenced_finding.since ELSE excluded.since END`,
          ended_at: null,
          change: expression.ref('excluded.change'),
        })),
      )
      .execute();
  }
}
