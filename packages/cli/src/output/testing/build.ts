import { createHash } from 'node:crypto';
import type {
  Approval,
  Completeness,
  Finding,
  FindingGroup,
  FindingHistory,
  HeadlinePart,
  Severity,
  Verdict,
} from '@leeway/core';
import { severities } from '@leeway/core';
import type { Report, SourceReport } from '@leeway/engine';

/** Builders for hand-made reports: what a test does not care about is filled in, consistently and deterministically. */

const id = (...parts: readonly string[]) => createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 16);

/** `'Security group *wms* lets …'`: text with the parts that carry a role written as `role:text` in braces. */
export function headline(template: string): HeadlinePart[] {
  return template
    .split(/(\{[a-z]+:[^}]*\})/)
    .filter((text) => text !== '')
    .map((text) => {
      const match = /^\{([a-z]+):([^}]*)\}$/.exec(text);
      return match ? { text: match[2] ?? '', role: match[1] as NonNullable<HeadlinePart['role']> } : { text };
    });
}

type Given = Partial<Omit<Finding, 'headline'>> &
  Pick<Finding, 'environment' | 'layer' | 'kind' | 'key' | 'expected' | 'actual'> & { readonly headline: string };

export function finding(given: Given): Finding {
  const path = given.path ?? '';
  const axis = given.axis ?? 'declared';
  const verdict: Verdict = given.verdict ?? 'drift';
  return {
    axis,
    severity: 'medium',
    source: `${given.layer}-main`,
    name: given.key,
    attribution: {},
    advice: 'Write the change into code or revert it.',
    trace: [`${verdict}: the two sides differ after normalisation`],
    ...given,
    verdict,
    path,
    fingerprint: given.fingerprint ?? id(given.environment, axis, given.kind, given.key, path, given.policy ?? ''),
    cause: given.cause ?? id(axis, given.kind, given.key, path, given.policy ?? '', verdict),
    headline: headline(given.headline),
  };
}

export function approval(given: Partial<Approval>): Approval {
  return {
    id: 'staging-sizing',
    state: 'holds',
    category: 'sizing',
    reason: 'Staging runs at a third of the load.',
    owner: 'platform',
    approver: 'a.jansen',
    expires: '2027-03-31T23:59:59+02:00',
    constraint: 'at most the reference',
    ...given,
  };
}

export function source(given: Partial<SourceReport> & Pick<SourceReport, 'source' | 'environment'>): SourceReport {
  return {
    plane: 'observed',
    connector: 'terraform',
    takenAt: '2026-11-23T14:31:07Z',
    count: 120,
    completeness: [{ kind: '*', state: 'complete', count: 120, problems: [] }],
    milliseconds: 412,
    ...given,
  };
}

export function incomplete(
  kind: string,
  state: Completeness['state'],
  problem: Completeness['problems'][number],
): Completeness {
  return { kind, state, count: 0, problems: [problem] };
}

export function seen(found: Finding, isNew: boolean, firstSeen = '2026-11-21T06:00:00Z'): [string, FindingHistory] {
  return [
    found.fingerprint,
    {
      fingerprint: found.fingerprint,
      firstSeen: isNew ? '2026-11-23T14:32:00Z' : firstSeen,
      lastSeen: '2026-11-23T14:32:00Z',
      reopened: 0,
      isNew,
    },
  ];
}

const rank = (severity: Severity) => -severities.indexOf(severity);

function groupByCause(findings: readonly Finding[]): FindingGroup[] {
  const byCause = Map.groupBy(findings, (found) => found.cause);
  return [...byCause.values()].map((members) => {
    const lead = members[0] as Finding;
    return {
      cause: lead.cause,
      verdict: lead.verdict,
      severity: lead.severity,
      headline: lead.headline,
      findings: members,
      environments: [...new Set(members.map((found) => found.environment))],
      resources: new Set(members.map((found) => `${found.environment} ${found.kind} ${found.key}`)).size,
    };
  });
}

function count<Key extends string>(keys: readonly Key[]): Partial<Record<Key, number>> {
  const counts: Partial<Record<Key, number>> = {};
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
}

export function report(given: Partial<Report>): Report {
  const findings = [...(given.findings ?? [])].sort((a, b) => rank(a.severity) - rank(b.severity));
  const approved = given.approved ?? [];
  const history = given.history ?? {};
  const groups = groupByCause(findings);
  return {
    schemaVersion: 1,
    mode: 'scan',
    estate: 'northwind',
    revision: '3f9c2e1',
    at: '2026-11-23T14:32:00.000Z',
    environments: [{ name: 'production-eu' }, { name: 'staging-eu', mirrors: 'production-eu' }],
    sources: [],
    approvals: [],
    problems: [],
    warnings: [],
    exitCode: findings.length > 0 ? 2 : 0,
    ...given,
    history,
    findings,
    approved,
    groups,
    summary: {
      resources: (given.sources ?? []).reduce((sum, each) => sum + each.count, 0),
      findings: findings.length,
      groups: groups.length,
      isNew: findings.filter((found) => history[found.fingerprint]?.isNew).length,
      approved: approved.length,
      byVerdict: count(findings.map((found) => found.verdict)),
      bySeverity: count(findings.map((found) => found.severity)),
    },
  };
}
