import type { Finding, Plane, Severity, Side, Verdict } from '@leeway/core';
import type { Report } from '@leeway/engine';
import { describeDistance, formatInstant, parseInstant } from './instant.ts';
import { countOf, formatCount, joinWords, makeVisible } from './text.ts';

/** The words and signs every format for people shares, so that table, page and pull request say the same. */

/** A word with a sign: states are never told by colour alone. */
export interface Sign {
  readonly glyph: string;
  readonly word: string;
}

export const verdictSigns: Readonly<Record<Verdict, Sign>> = {
  drift: { glyph: '●', word: 'drift' },
  conflict: { glyph: '◐', word: 'conflict' },
  missing: { glyph: '○', word: 'missing' },
  unmanaged: { glyph: '+', word: 'unmanaged' },
  parity: { glyph: '≠', word: 'parity' },
  policy: { glyph: '◆', word: 'policy' },
  pending: { glyph: '◷', word: 'pending' },
  'not-checked': { glyph: '▨', word: 'not checked' },
  stale: { glyph: '▧', word: 'stale' },
  expired: { glyph: '✕', word: 'expired approval' },
};

export const severitySigns: Readonly<Record<Severity, Sign>> = {
  critical: { glyph: '▲', word: 'critical' },
  high: { glyph: '△', word: 'high' },
  medium: { glyph: '◇', word: 'medium' },
  low: { glyph: '▽', word: 'low' },
};

const sideNames: Readonly<Record<Plane, string>> = { declared: 'declared', applied: 'applied', observed: 'observed' };

/** `declared`, `observed`, or the name of the reference environment; for a policy what it wants. */
export function nameSide(found: Finding, side: Side): string {
  if (found.axis === 'policy' && side === found.expected) return 'wanted';
  return sideNames[side.from as Plane] ?? makeVisible(side.from);
}

/** Length of the fingerprint people type: `leeway explain 4f2a91c3`. */
export const shortId = (found: Finding): string => found.fingerprint.slice(0, 8);

/** One reading (source and environment) that is not complete, with the reason. */
export interface Gap {
  readonly source: string;
  readonly environment: string;
  readonly plane: Plane;
  readonly partly: boolean;
  readonly kinds: readonly string[];
  readonly reasons: readonly string[];
}

/** Readings that are not complete. What was not looked at is never left out of a report. */
export function findGaps(report: Report): Gap[] {
  return report.sources.flatMap((source) => {
    const lacking = source.completeness.filter((each) => each.state !== 'complete');
    if (lacking.length === 0) return [];
    return [
      {
        source: makeVisible(source.source),
        environment: makeVisible(source.environment),
        plane: source.plane,
        partly: lacking.length < source.completeness.length || lacking.some((each) => each.state === 'partial'),
        kinds: lacking.map((each) => makeVisible(each.kind)),
        reasons: [
          ...new Set(
            lacking.flatMap((each) => each.problems.map((found) => makeVisible(`${found.message} (${found.code})`))),
          ),
        ],
      },
    ];
  });
}

/** `aws-iam in production-us: AWS denied reading iam:ListRoles. (LW3003)` */
export function describeGap(gap: Gap): string {
  const plane = gap.plane === 'observed' ? '' : ` (${gap.plane})`;
  const extent = gap.partly ? `, ${describeKinds(gap.kinds)} only in part` : '';
  return `${gap.source}${plane} in ${gap.environment}${extent}: ${gap.reasons.join(' ') || 'no reason was given.'}`;
}

const mostKinds = 3;

/** The kinds by name, unless there are many or the pattern `*` stands for them all. */
function describeKinds(kinds: readonly string[]): string {
  if (kinds.includes('*')) return 'read';
  const more = kinds.length - mostKinds;
  return more > 0 ? `${kinds.slice(0, mostKinds).join(', ')} and ${countOf(more, 'more kind')}` : joinWords(kinds);
}

/** `2 of 7 readings not checked or only in part`, or that all were; a reading is one plane of one source in one environment. */
export function describeCompleteness(report: Report): string {
  const gaps = findGaps(report).length;
  const all = report.sources.length;
  if (all === 0) return 'nothing was read';
  if (gaps > 0) return `${formatCount(gaps)} of ${countOf(all, 'reading')} not checked or only in part`;
  return all === 1 ? 'the only reading checked' : `${formatCount(all)} of ${countOf(all, 'reading')} checked`;
}

const bySeverity: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

/** `1 critical, 6 high and 2 low` */
export function describeSeverities(report: Report): string {
  const parts = bySeverity.flatMap((severity) => {
    const count = report.summary.bySeverity[severity] ?? 0;
    return count > 0 ? [`${formatCount(count)} ${severity}`] : [];
  });
  return joinWords(parts);
}

/** What a report is about: the estate's name, or the two sides of a diff. */
export function describeSubject(report: Report): string {
  if (report.mode === 'scan') return makeVisible(report.estate || 'estate');
  const [left, right] = report.environments.map((each) => makeVisible(each.name));
  return right === undefined ? (left ?? 'diff') : `${left} and ${right}`;
}

/** Environments of the report, and those that only findings name (an expired approval belongs to the estate as a whole). */
export function namePlaces(report: Report): string[] {
  const named = [...report.findings, ...report.approved].map((found) => found.environment);
  return [...new Set([...report.environments.map((each) => each.name), ...named])];
}

/** One sentence that sums the findings up. */
export function describeOutcome(report: Report): string {
  const { findings, groups, isNew, resources } = report.summary;
  const errors = report.problems.length;
  if (errors > 0 && findings === 0) return `Nothing can be said: ${countOf(errors, 'error')} to mend first.`;
  const places = report.mode === 'scan' ? ` in ${countOf(report.environments.length, 'environment')}` : '';
  if (findings === 0)
    return `No differences. ${countOf(resources, 'resource')}${places} compared, ${describeCompleteness(report)}.`;
  const causes = groups < findings ? ` from ${countOf(groups, 'cause')}` : '';
  const fresh =
    Object.keys(report.history).length > 0 && isNew > 0 ? ` ${formatCount(isNew)} new since the last scan.` : '';
  return `${countOf(findings, 'finding')}${causes}: ${describeSeverities(report)}.${fresh}`;
}

/** What approved differences do in this report; empty when there are none. */
export function describeApproved(report: Report): string {
  const count = report.approved.length;
  return count === 0
    ? ''
    : `${countOf(count, 'approved difference')} ${count === 1 ? 'is' : 'are'} left out; --show-approved lists ${count === 1 ? 'it' : 'them'}.`;
}

/** Approved differences that end soon, have ended, or no longer hold: announced whether or not they are listed. */
export function announceApprovals(report: Report): string[] {
  const sorted = [...report.approvals].sort((a, b) => (parseInstant(a.expires) ?? 0) - (parseInstant(b.expires) ?? 0));
  return sorted.flatMap((each) => {
    const name = `Approved difference ${makeVisible(each.id)} (owner ${makeVisible(each.owner)}, ${makeVisible(each.place)})`;
    const when = `${formatInstant(each.expires)}, ${describeDistance(report.at, each.expires)}`;
    if (each.state === 'expiring') return [`${name} expires ${when}.`];
    if (each.state === 'expired') return [`${name} expired ${when}: what it allowed is reported again.`];
    if (each.state === 'broken') return [`${name} no longer holds: the value left what was approved.`];
    return [];
  });
}

/** Why an approved finding is silent, in one sentence. */
export function describeApproval(found: Finding): string {
  const held = found.approval;
  if (!held) return '';
  const ticket = held.ticket ? `, ${held.ticket}` : '';
  const text = `${held.reason} Allowed: ${held.constraint}. Approved by ${held.approver} for ${held.owner}${ticket}, until ${formatInstant(held.expires)} (${held.id}).`;
  return makeVisible(text);
}

/** Where else the same cause shows: `also in staging-eu and test · 3 resources`; empty for a single finding. */
export function describeBlastRadius(group: {
  readonly findings: readonly Finding[];
  readonly environments: readonly string[];
  readonly resources: number;
}): string {
  const lead = group.findings[0]?.environment;
  const others = group.environments.filter((name) => name !== lead).map(makeVisible);
  const where = others.length > 0 ? `also in ${joinWords(others)}` : '';
  const extent = group.resources > 1 ? countOf(group.resources, 'resource') : '';
  const fields = group.findings.length > group.resources ? countOf(group.findings.length, 'finding') : '';
  return [where, extent, fields].filter(Boolean).join(' · ');
}

/** The exit code in words, for the end of a report. */
export const exitMeanings: Readonly<Record<Report['exitCode'], string>> = {
  0: 'nothing at or above the threshold',
  1: 'an error in use or configuration',
  2: 'drift at or above the threshold',
  3: 'incomplete: something could not be checked',
};
