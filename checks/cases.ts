// Runs the cases of the false-positive corpus: `node checks/cases.ts [part of a name]`; of a single case everything found
// is shown. `--write` renews the table of their README.
import { type Finding, headlineText } from '@leeway/core';
import { type Case, loadCases } from './corpus/case-file.ts';
import { writeTable } from './corpus/readme.ts';
import { runCase } from './corpus/run-case.ts';
import { describeDeviations, type Outcome, scoreCase, scoreTable } from './corpus/score.ts';

const [argument] = process.argv.slice(2);
const isWriting = argument === '--write';
const cases = loadCases(isWriting ? '' : argument);
const outcomes: Outcome[] = [];
for (const given of cases) {
  const findings = await runCase(given);
  outcomes.push(scoreCase(given, findings));
  for (const line of describeDeviations(scoreCase(given, findings))) say(line);
  if (cases.length === 1) show(given, findings);
}
say(cases.length === 0 ? 'No case has such a name.' : `\n${scoreTable(outcomes)}`);
if (isWriting) writeTable(scoreTable(outcomes));
const isClean = cases.length > 0 && outcomes.every((outcome) => describeDeviations(outcome).length === 0);
process.exitCode = isClean ? 0 : 1;

function show({ title, because }: Case, findings: readonly Finding[]): void {
  say(`${title}\n${because}`);
  for (const { verdict, severity, kind, key, path, headline, expected, actual } of findings) {
    say(`\n${headlineText(headline)}`);
    say(`  - ${JSON.stringify({ verdict, kind, key, path, severity })}`);
    say(`    ${JSON.stringify(expected.value)} / ${JSON.stringify(actual.value)}`);
  }
  if (findings.length === 0) say('\nsilent');
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
