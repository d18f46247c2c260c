import { type Finding, headlineText } from '@leeway/core';
import type { Case, ExpectedFinding } from './case-file.ts';

/** How what was found compares with what a case expects. */
export interface Outcome {
  readonly case: Case;
  /** Expected and found. */
  readonly hits: number;
  /** Found and not expected: a false positive each. */
  readonly unexpected: readonly Finding[];
  /** Expected and not found. */
  readonly missed: readonly ExpectedFinding[];
}

/** Holds findings against the case's expectation; each finding answers for one expectation. */
export function scoreCase(given: Case, findings: readonly Finding[]): Outcome {
  const expected = given.expect === 'silent' ? [] : given.expect;
  const open = [...findings];
  const missed = expected.filter((wanted) => {
    const at = open.findIndex((finding) => answers(finding, wanted));
    if (at >= 0) open.splice(at, 1);
    return at < 0;
  });
  return { case: given, hits: expected.length - missed.length, unexpected: open, missed };
}

function answers(finding: Finding, wanted: ExpectedFinding): boolean {
  const { severity, ...place } = wanted;
  const isThere = Object.entries(place).every(([field, value]) => finding[field as keyof typeof place] === value);
  return isThere && (severity === undefined || finding.severity === severity);
}

/** Everything that went otherwise than the case says, a line each; empty when nothing did. */
export function describeDeviations({ unexpected, missed, case: { name } }: Outcome): readonly string[] {
  const place = ({ verdict, severity, kind, key, path }: ExpectedFinding) =>
    `${verdict}${severity ? ` (${severity})` : ''} of ${kind} ${key} at ${path || 'the whole resource'}`;
  return [
    ...missed.map((wanted) => `packages/core/cases/${name}.yaml: missed ${place(wanted)}`),
    ...unexpected.map(
      (finding) => `packages/core/cases/${name}.yaml: unexpected ${place(finding)}: ${headlineText(finding.headline)}`,
    ),
  ];
}

interface Score {
  silent: number;
  different: number;
  hits: number;
  unexpected: number;
  missed: number;
}

/** Precision and recall by connector, as a Markdown table. */
export function scoreTable(outcomes: readonly Outcome[]): string {
  const scores = new Map<string, Score>();
  const all: Score = { silent: 0, different: 0, hits: 0, unexpected: 0, missed: 0 };
  for (const outcome of outcomes) {
    const { connector } = outcome.case;
    const own = scores.get(connector) ?? { silent: 0, different: 0, hits: 0, unexpected: 0, missed: 0 };
    scores.set(connector, own);
    for (const score of [own, all]) count(score, outcome);
  }
  const rows = [...scores, ['all', all] as const].map(([name, score]) => [name, ...cells(score)]);
  const heads = ['connector', 'silent', 'different', 'found', 'false', 'missed', 'precision', 'recall'];
  const widths = heads.map((head, at) => Math.max(head.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join(' | ')} |`;
  const rule = `|${widths.map((width, at) => (at === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
  return [line(heads), rule, ...rows.map(line)].join('\n');
}

function count(score: Score, { case: { expect }, hits, unexpected, missed }: Outcome): void {
  if (expect === 'silent') score.silent++;
  else score.different++;
  score.hits += hits;
  score.unexpected += unexpected.length;
  score.missed += missed.length;
}

function cells({ silent, different, hits, unexpected, missed }: Score): readonly string[] {
  const share = (part: number, whole: number) => (whole === 0 ? 'none' : (part / whole).toFixed(3));
  const counts = [silent, different, hits, unexpected, missed].map(String);
  return [...counts, share(hits, hits + unexpected), share(hits, hits + missed)];
}
