import { matchesPointer } from '../json/pointer.ts';
import { type Change, type Severity, severities } from '../resource/kind.ts';
import type { Layer } from '../resource/resource.ts';
import type { Ownership } from './case.ts';
import type { Draft } from './draft.ts';
import type { Verdict } from './verdict.ts';

/** Points before anything else is known; 0 is low, 3 critical. */
const verdictPoints: Readonly<Record<Verdict, number>> = {
  drift: 1,
  conflict: 1.5,
  missing: 2,
  unmanaged: 1,
  parity: 0.5,
  policy: 1,
  pending: 0,
  'not-checked': 1,
  stale: 0.5,
  expired: 0,
};

/** A difference here stops orders or opens a door sooner than elsewhere. */
const layerPoints: Readonly<Partial<Record<Layer, number>>> = {
  network: 0.5,
  identity: 0.5,
  secrets: 0.5,
  database: 0.5,
  erp: 0.5,
  backup: 0.5,
};

/** By workload priority and by environment criticality, 1 to 4. */
const rankPoints: readonly number[] = [0, 0.5, 0, -0.5, -1];

export interface SeverityResult {
  readonly severity: Severity;
  /** How it came about, for `explain`. */
  readonly because: string;
}

/**
 * Severity of a finding: the kind of change (a rule of the kind where one matches, else the verdict), moved by layer,
 * workload priority and the environment's criticality. A policy's own severity stands. What was promised but is not
 * applied yet is never above medium.
 */
export function severityOf(draft: Draft, ownership: Ownership, change: Change): SeverityResult {
  if (draft.severity) return { severity: draft.severity, because: `severity ${draft.severity}: set by the policy` };
  const rule = draft.kind.severity?.find(
    ({ path, when }) => matchesPointer(path, draft.path) && (!when || when(change)),
  );
  const base = rule ? severities.indexOf(rule.severity) : verdictPoints[draft.verdict];
  const parts = [
    [rule ? `${draft.path || 'the resource'} of ${draft.kind.title}` : draft.verdict, base],
    [`layer ${draft.layer}`, rule ? 0 : (layerPoints[draft.layer] ?? 0)],
    [`workload priority ${ownership.priority}`, rankPoints[ownership.priority] ?? 0],
    [`environment criticality ${draft.environment.criticality}`, rankPoints[draft.environment.criticality] ?? 0],
  ] as const;
  const points = parts.reduce((sum, [, value]) => sum + value, 0);
  const limit = draft.verdict === 'pending' ? 1 : 3;
  const severity = severities[Math.max(0, Math.min(limit, Math.round(points)))] ?? 'low';
  const terms = parts
    .filter(([, value]) => value !== 0)
    .map(([name, value]) => `${name} ${value > 0 ? '+' : ''}${value}`);
  return { severity, because: `severity ${severity}: ${terms.join(', ') || 'nothing raises it'}` };
}
