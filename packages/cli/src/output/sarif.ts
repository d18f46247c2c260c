import { type Finding, formatProblem, headlineText, type Severity, type Verdict } from '@leeway/core';
import type { Report } from '@leeway/engine';
import type { RenderOptions } from './format.ts';
import { locateFinding } from './sarif-location.ts';
import { makeVisible } from './text.ts';
import { describeApproval, describeGap, findGaps } from './words.ts';

/** GitHub shows at most 5,000 results of a run; more go into further runs, told apart by their automation id. */
const resultsPerRun = 5_000;

const levels: Readonly<Record<Severity, string>> = { critical: 'error', high: 'error', medium: 'warning', low: 'note' };
/** GitHub's scale for `security-severity`: over 9.0 critical, 7.0 high, 4.0 medium. */
const scores: Readonly<Record<Severity, string>> = { critical: '9.5', high: '8.0', medium: '5.5', low: '2.0' };

const verdictRules: Readonly<Record<Verdict, string>> = {
  drift: 'The live system differs from what Git declares, and the live system moved',
  conflict: 'Git and the live system both moved, to different values',
  missing: 'Declared in Git but absent from the live system',
  unmanaged: 'Present in the live system but declared nowhere',
  parity: 'An environment differs from the one it must mirror',
  policy: 'A policy is not met',
  pending: 'Declared in Git and not yet applied',
  'not-checked': 'Could not be read, so neither clean nor drifted',
  stale: 'Read too long ago to count',
  expired: 'The approval of a difference has ended',
};

const ruleId = (found: Finding): string => makeVisible(found.policy ?? found.verdict);

/** SARIF 2.1.0 (OASIS), one run per 5,000 results. */
export function* renderSarif(report: Report, options: RenderOptions): Generator<string> {
  const results = [...report.findings, ...report.approved];
  const runCount = Math.max(1, Math.ceil(results.length / resultsPerRun));
  yield '{\n  "$schema": "https://json.schemastore.org/sarif-2.1.0.json",\n  "version": "2.1.0",\n  "runs": [\n';
  for (let run = 0; run < runCount; run++) {
    const part = results.slice(run * resultsPerRun, (run + 1) * resultsPerRun);
    const text = JSON.stringify(describeRun(report, part, run, options.version), null, 2);
    yield `    ${text.replaceAll('\n', '\n    ')}${run < runCount - 1 ? ',' : ''}\n`;
  }
  yield '  ]\n}\n';
}

function describeRun(report: Report, part: readonly Finding[], run: number, version: string): object {
  const rules = describeRules(part);
  const index = new Map(rules.map((rule, position) => [rule.id, position]));
  return {
    tool: { driver: { name: 'Leeway', semanticVersion: version, rules } },
    automationDetails: { id: `leeway/${makeVisible(report.estate)}/${run + 1}` },
    invocations: [describeInvocation(report)],
    columnKind: 'utf16CodeUnits',
    results: part.map((found) => describeResult(found, report, index.get(ruleId(found)) ?? -1)),
  };
}

function describeRules(findings: readonly Finding[]) {
  const first = new Map<string, Finding>();
  for (const found of findings) {
    const known = first.get(ruleId(found));
    if (!known || scores[found.severity] > scores[known.severity]) first.set(ruleId(found), found);
  }
  return [...first.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, found]) => ({
      id,
      name: found.policy ? `Policy ${id}` : id,
      shortDescription: { text: found.policy ? `Policy ${id} is not met` : verdictRules[found.verdict] },
      defaultConfiguration: { level: levels[found.severity] },
      properties: {
        tags: ['configuration', found.policy ? 'policy' : 'drift'],
        'security-severity': scores[found.severity],
      },
    }));
}

/** Not looked is told where consumers look for it: the run did not succeed, and each gap is a notification. */
function describeInvocation(report: Report): object {
  const notify = (text: string, level: string) => ({ level, message: { text } });
  return {
    executionSuccessful: report.exitCode !== 1 && report.exitCode !== 3,
    exitCode: report.exitCode,
    toolExecutionNotifications: findGaps(report).map((gap) => notify(`Not checked: ${describeGap(gap)}`, 'error')),
    toolConfigurationNotifications: [
      ...report.problems.map((found) => notify(makeVisible(formatProblem(found)), 'error')),
      ...report.warnings.map((found) => notify(makeVisible(formatProblem(found)), 'warning')),
    ],
  };
}

function describeResult(found: Finding, report: Report, index: number): object {
  const history = report.history[found.fingerprint];
  return {
    ruleId: ruleId(found),
    ruleIndex: index,
    level: levels[found.severity],
    message: { text: `${makeVisible(headlineText(found.headline))} ${makeVisible(found.advice)}` },
    locations: [locateFinding(found)],
    partialFingerprints: { 'leewayFinding/v1': found.fingerprint, 'leewayCause/v1': found.cause },
    suppressions: describeSuppressions(found),
    ...(Object.keys(report.history).length > 0 && { baselineState: history?.isNew ? 'new' : 'unchanged' }),
    properties: {
      environment: makeVisible(found.environment),
      ...(found.reference !== undefined && { reference: makeVisible(found.reference) }),
      verdict: found.verdict,
      severity: found.severity,
      layer: found.layer,
      ...(found.owner !== undefined && { owner: makeVisible(found.owner) }),
    },
  };
}

/** Every result has the array: SARIF wants it on all results of a run or on none (section 3.27.23). */
function describeSuppressions(found: Finding): object[] {
  if (found.approval?.state !== 'holds') return [];
  return [{ kind: 'external', status: 'accepted', justification: describeApproval(found) }];
}
