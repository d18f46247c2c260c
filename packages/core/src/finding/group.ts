import { compareCodeUnits } from '../json/text.ts';
import { verdicts } from '../judge/verdict.ts';
import { severities } from '../resource/kind.ts';
import { layers } from '../resource/resource.ts';
import type { Finding, FindingGroup } from './finding.ts';

/** What findings are put in order by. */
type Ordered = Pick<
  Finding,
  'severity' | 'verdict' | 'environment' | 'layer' | 'kind' | 'key' | 'path' | 'fingerprint'
>;

/** Worst first, then by environment, layer, kind, key and path: the one order of every report. */
export function compareFindings(left: Ordered, right: Ordered): number {
  return (
    severities.indexOf(right.severity) - severities.indexOf(left.severity) ||
    verdicts.indexOf(left.verdict) - verdicts.indexOf(right.verdict) ||
    compareCodeUnits(left.environment, right.environment) ||
    layers.indexOf(left.layer) - layers.indexOf(right.layer) ||
    compareCodeUnits(left.kind, right.kind) ||
    compareCodeUnits(left.key, right.key) ||
    compareCodeUnits(left.path, right.path) ||
    compareCodeUnits(left.fingerprint, right.fingerprint)
  );
}

/** Findings by cause: the same change in forty resources or six environments is one row. Worst first. */
export function groupFindings(findings: readonly Finding[]): readonly FindingGroup[] {
  const byCause = new Map<string, Finding[]>();
  for (const finding of [...findings].sort(compareFindings)) {
    const group = byCause.get(finding.cause);
    if (group) group.push(finding);
    else byCause.set(finding.cause, [finding]);
  }
  // Findings were sorted, so groups stand in the order of their worst one.
  return [...byCause.values()].map(toGroup);
}

function toGroup(findings: readonly Finding[]): FindingGroup {
  const worst = findings[0] as Finding;
  // A missing table speaks for its indexes, not the other way round.
  const head = findings.find((finding) => !finding.partOf) ?? worst;
  return {
    cause: worst.cause,
    verdict: head.verdict,
    severity: worst.severity,
    headline: head.headline,
    findings: [head, ...findings.filter((finding) => finding !== head)],
    environments: [...new Set(findings.map((finding) => finding.environment))],
    resources: new Set(findings.map((finding) => `${finding.kind}\n${finding.key}`)).size,
  };
}
