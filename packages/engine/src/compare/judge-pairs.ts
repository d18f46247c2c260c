import { compareFindings, type Finding, type JudgeContext, judge } from '@leeway/core';
import type { ComparedRow } from './comparison.ts';
import { keyOf, kindOf, otherOf, ownOf, type PairCase } from './pair-cases.ts';

/** A case with the row it makes; none where nothing is left to tell once noise is taken out. */
export interface JudgedPair {
  readonly found: PairCase;
  readonly row?: ComparedRow;
}

/** Judges cases of one source and gathers what is found by resource. */
export function judgePairs(
  cases: readonly PairCase[],
  context: JudgeContext,
  ownIs: 'left' | 'right',
): readonly JudgedPair[] {
  const { open, approved } = judge(cases, context);
  const byResource = Map.groupBy([...open, ...approved], ({ kind, key }) => `${kind}\n${key}`);
  return cases.map((found) => {
    const findings = byResource.get(`${kindOf(found)}\n${keyOf(found)}`);
    return findings ? { found, row: rowOf(found, findings, ownIs) } : { found };
  });
}

function rowOf(found: PairCase, findings: readonly Finding[], ownIs: 'left' | 'right'): ComparedRow {
  const open = findings.filter((finding) => !isApproved(finding));
  const head = (open.length > 0 ? open : [...findings]).sort(compareFindings)[0] as Finding;
  const { source, kind, key, name, layer, workload, severity, verdict, headline } = head;
  return {
    source,
    kind,
    key,
    name,
    layer,
    ...(workload !== undefined && { workload }),
    change: changeOf(ownOf(found) !== undefined, otherOf(found) !== undefined, ownIs),
    severity,
    verdict,
    differences: findings.length,
    approved: findings.length - open.length,
    headline,
  };
}

export function isApproved({ approval }: Finding): boolean {
  return approval?.state === 'holds';
}

/** On which side something is. */
export function changeOf(isOwn: boolean, isOther: boolean, ownIs: 'left' | 'right'): ComparedRow['change'] {
  if (isOwn && isOther) return 'changed';
  return isOwn === (ownIs === 'left') ? 'only-left' : 'only-right';
}
