import { type Finding, formatProblem, headlineText, type Problem } from '@leeway/core';
import type { Report } from '@leeway/engine';
import { makeVisible } from './text.ts';
import { compareFinding, describeSide } from './value.ts';
import { describeApproval, describeGap, findGaps, namePlaces, nameSide, shortId, verdictSigns } from './words.ts';

type Outcome = 'passed' | 'failure' | 'error' | 'skipped';

interface TestCase {
  readonly classname: string;
  readonly name: string;
  readonly outcome: Outcome;
  readonly type?: string;
  readonly message?: string;
  readonly detail?: string;
}

interface Suite {
  readonly name: string;
  readonly cases: readonly TestCase[];
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text for XML 1.0: control characters become visible escapes (XML has no way to write them), the rest is escaped. */
export function escapeXml(text: string): string {
  return text
    .split('\n')
    .map((line) => makeVisible(line).replace(/[&<>"']/g, (character) => entities[character] ?? character))
    .join('\n');
}

/**
 * JUnit XML: one suite an environment, one case a finding. What could not be checked is an error, approved differences are
 * skipped with their reason, what waits for a deployment passes with a note; a source that was fully read passes.
 */
export function* renderJunit(report: Report): Generator<string> {
  const suites = [
    ...problemSuite(report.problems),
    ...namePlaces(report).map((name) => environmentSuite(report, name)),
  ];
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `<testsuites name="${escapeXml(`leeway ${report.estate}`)}" ${writeCounts(suites.flatMap((suite) => suite.cases))}>\n`;
  for (const suite of suites) {
    yield `  <testsuite name="${escapeXml(suite.name)}" ${writeCounts(suite.cases)} timestamp="${report.at.slice(0, 19)}">\n`;
    for (const each of suite.cases) yield writeCase(each);
    yield '  </testsuite>\n';
  }
  yield '</testsuites>\n';
}

function problemSuite(problems: readonly Problem[]): Suite[] {
  if (problems.length === 0) return [];
  const cases = problems.map(
    (found): TestCase => ({
      classname: 'estate',
      name: `${found.code} ${found.message}`,
      outcome: 'error',
      type: found.code,
      message: found.message,
      detail: formatProblem(found),
    }),
  );
  return [{ name: 'estate', cases }];
}

function environmentSuite(report: Report, environment: string): Suite {
  const gaps = new Map(findGaps(report).map((gap) => [`${gap.source} ${gap.plane} ${gap.environment}`, gap]));
  const sources = report.sources
    .filter((source) => source.environment === environment)
    .map((source): TestCase => {
      const gap = gaps.get(`${makeVisible(source.source)} ${source.plane} ${makeVisible(source.environment)}`);
      const named = { classname: `source.${source.source}`, name: `${source.plane} is read completely` };
      return gap
        ? { ...named, outcome: 'error', type: 'not-checked', message: describeGap(gap) }
        : { ...named, outcome: 'passed' };
    });
  const here = (found: Finding) => found.environment === environment;
  return {
    name: environment,
    cases: [
      ...sources,
      ...report.findings.filter(here).map(findingCase),
      ...report.approved.filter(here).map(approvedCase),
    ],
  };
}

function nameCase(found: Finding): Pick<TestCase, 'classname' | 'name'> {
  return {
    classname: `${found.layer}.${found.kind}`,
    name: `${found.key}${found.path} ${found.policy ?? found.axis} [${shortId(found)}]`,
  };
}

const outcomes: Readonly<Partial<Record<Finding['verdict'], Outcome>>> = {
  'not-checked': 'error',
  stale: 'error',
  pending: 'passed',
};

function findingCase(found: Finding): TestCase {
  const detail = [
    `${found.severity} ${verdictSigns[found.verdict].word}`,
    `path: ${found.path || '(the whole resource)'}`,
    ...compareFinding(found).sides.map((side) => describeLine(found, side)),
    `owner: ${found.owner ?? 'none'}`,
    `next: ${found.advice}`,
  ]
    .map(makeVisible)
    .join('\n');
  return {
    ...nameCase(found),
    outcome: outcomes[found.verdict] ?? 'failure',
    type: found.verdict,
    message: headlineText(found.headline),
    detail,
  };
}

function describeLine(found: Finding, side: 'expected' | 'actual'): string {
  const { place } = found[side];
  return `${nameSide(found, found[side])}: ${describeSide(found[side])}${place ? ` (${place})` : ''}`;
}

function approvedCase(found: Finding): TestCase {
  return {
    ...nameCase(found),
    outcome: 'skipped',
    message: `${headlineText(found.headline)} Approved: ${describeApproval(found)}`,
  };
}

function writeCounts(cases: readonly TestCase[]): string {
  const count = (outcome: Outcome) => cases.filter((each) => each.outcome === outcome).length;
  return `tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}"`;
}

function writeCase({ classname, name, outcome, type, message, detail }: TestCase): string {
  const head = `    <testcase classname="${attribute(classname)}" name="${attribute(name)}"`;
  if (outcome === 'passed' && !message) return `${head}/>\n`;
  return `${head}>\n      ${writeOutcome(outcome, attribute(message ?? ''), type, detail && escapeXml(detail))}\n    </testcase>\n`;
}

/** On one line: XML turns line ends in attributes into spaces, and logs show what follows one as a line of its own. */
const attribute = (text: string) => escapeXml(makeVisible(text));

function writeOutcome(outcome: Outcome, message: string, type: string | undefined, detail: string | undefined): string {
  if (outcome === 'passed') return `<system-out>${message}</system-out>`;
  if (outcome === 'skipped') return `<skipped message="${message}"/>`;
  return `<${outcome} type="${type}" message="${message}">${detail ?? ''}</${outcome}>`;
}
