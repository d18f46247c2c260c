// Runs the cases of the false-positive corpus: `node checks/cases.ts [part of a name]`. Of a single case everything found is shown.
import { headlineText } from '@leeway/core';
import { loadCases } from './corpus/case-file.ts';
import { runCase } from './corpus/run-case.ts';
import { describeDeviations, type Outcome, scoreCase, scoreTable } from './corpus/score.ts';

const cases = loadCases(process.argv[2]);
const outcomes: Outcome[] = [];
for (const given of cases) {
  const findings = await runCase(given);
  const outcome = scoreCase(given, findings);
  outcomes.push(outcome);
  for (const line of describeDeviations(outcome)) process.stdout.write(`${line}\n`);
  if (cases.length > 1) continue;
  process.stdout.write(`${given.title}\n${given.because}\n`);
  for (const { verdict, severity, kind, key, path, headline, expected, actual } of findings) {
    process.stdout.write(`\n${headlineText(headline)}\n`);
    process.stdout.write(
      `  - { verdict: ${verdict}, kind: ${kind}, key: ${key}, path: ${JSON.stringify(path)}, severity: ${severity} }\n`,
    );
    process.stdout.write(`    ${JSON.stringify(expected.value)} / ${JSON.stringify(actual.value)}\n`);
  }
  if (findings.length === 0) process.stdout.write('\nsilent\n');
}
process.stdout.write(cases.length === 0 ? 'No case has such a name.\n' : `\n${scoreTable(outcomes)}\n`);
const isClean = cases.length > 0 && outcomes.every((outcome) => describeDeviations(outcome).length === 0);
process.exitCode = isClean ? 0 : 1;
