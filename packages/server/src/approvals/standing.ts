import { type ApprovedDifference, describeConstraint, type Finding, type Judgement } from '@leeway/core';
import { judgeStored } from '@leeway/engine/scan/judge-stored.ts';
import type { z } from 'zod';
import type { CurrentEstate, ServerContext } from '../context.ts';
import type { approvedDifference } from '../contract/approvals.ts';

export type Standing = z.output<typeof approvedDifference>;

const keptMilliseconds = 15_000;
const kept = new WeakMap<CurrentEstate, { readonly judged: Promise<Judgement>; readonly until: number }>();

/** What the last readings say under the rules in force, silenced findings included; a few seconds old at most. */
export function standing(context: ServerContext): Promise<Judgement> {
  const current = context.estate.current();
  const now = context.now();
  const known = kept.get(current);
  if (known && known.until > now.getTime()) return known.judged;
  const clock = current.estate.asOf === undefined ? now : current.options.now;
  const judged = judgeStored({ ...current.options, now: clock, failOn: 'none' });
  kept.set(current, { judged, until: now.getTime() + keptMilliseconds });
  judged.catch(() => kept.delete(current));
  return judged;
}

/** The approved differences of the estate with their state, soonest expiry first. */
export async function listStanding(
  context: ServerContext,
  sees: (finding: Finding) => boolean,
): Promise<readonly Standing[]> {
  const { estate, options } = context.estate.current();
  const { open, approved } = await standing(context);
  const now = (estate.asOf === undefined ? context.now() : options.now).getTime();
  const bearing = Map.groupBy([...open, ...approved].filter(sees), ({ approval }) => approval?.id);
  return estate.approved
    .map((record) => describe(record, bearing.get(record.id) ?? [], now, estate.expiryWarningDays))
    .sort((one, two) => Date.parse(one.expiresAt) - Date.parse(two.expiresAt) || (one.id < two.id ? -1 : 1));
}

function describe(record: ApprovedDifference, bearing: readonly Finding[], now: number, warningDays: number): Standing {
  const { id, match, allow, category, reason, owner, approver, ticket, expires, expiresAt, place } = record;
  const silenced = bearing.filter(({ approval }) => approval?.state === 'holds');
  return {
    id,
    state: stateOf(record, bearing, now, warningDays),
    ...{ category, reason, owner, approver, expires, place },
    ...(ticket !== undefined && { ticket }),
    expiresAt: new Date(expiresAt).toISOString(),
    environments: [...(match.environments ?? [])],
    ...(match.workload !== undefined && { workload: match.workload }),
    kind: match.kind,
    key: match.key,
    ...(match.path !== undefined && { path: match.path }),
    ...(match.policy !== undefined && { policy: match.policy }),
    constraint: describeConstraint(allow),
    silences: silenced.length,
    layers: [...new Set(bearing.map(({ layer }) => layer))],
  };
}

function stateOf(
  { expiresAt }: ApprovedDifference,
  bearing: readonly Finding[],
  now: number,
  warningDays: number,
): Standing['state'] {
  if (expiresAt <= now) return 'expired';
  if (bearing.some(({ approval }) => approval?.state === 'broken')) return 'broken';
  if (expiresAt - now < warningDays * 86_400_000) return 'expiring';
  return bearing.length === 0 ? 'idle' : 'active';
}
