// npm run bench [-- names… --quick --json]: ratios against peers and limits, taken in one run on one machine.
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Measure, Measurement } from './measure.ts';
import { policies } from './measures/policies.ts';
import { postgresql } from './measures/postgresql.ts';
import { reading } from './measures/reading.ts';
import { start } from './measures/start.ts';
import { terraform } from './measures/terraform.ts';
import { program, root, time } from './process.ts';

const measures: readonly Measure[] = [reading, policies, start, terraform, postgresql];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false }, quick: { type: 'boolean', default: false } },
});
const chosen = measures.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
if (chosen.length === 0) {
  process.stderr.write(`No such measure. There are: ${measures.map(({ name }) => name).join(', ')}.\n`);
  process.exit(1);
}
if (!existsSync(program)) time(process.execPath, [join(root, 'scripts/build.mjs')]);

const scratch = await mkdtemp(join(tmpdir(), 'leeway-bench-'));
const results: Measurement[] = [];
try {
  for (const measure of chosen) {
    process.stderr.write(`measuring ${measure.name}\n`);
    results.push(...(await measure.run({ quick: values.quick, scratch })));
  }
} finally {
  await rm(scratch, { recursive: true, force: true });
}
process.stdout.write(values.json ? `${JSON.stringify(results, null, 2)}\n` : table(results));
process.exitCode = results.some(({ holds }) => holds === false) ? 1 : 0;

function table(rows: readonly Measurement[]): string {
  const lines = rows.map(({ name, measured, unit, ratio, against, limit, atLeast, holds, note }) => {
    const state = holds === undefined ? 'not measured' : holds ? 'holds' : 'FAILS';
    const bound = limit === undefined ? '' : `${atLeast ? '≥' : '≤'} ${round(limit)}`;
    return `| ${name} | ${Number.isNaN(measured) ? '' : `${round(measured)} ${unit}`} | ${ratio === undefined ? '' : round(ratio)} | ${bound} | ${against} | ${state} | ${note ?? ''} |`;
  });
  return `| what | measured | ratio | limit | against | | note |\n|---|--:|--:|--:|---|---|---|\n${lines.join('\n')}\n`;
}

function round(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : Number(value.toPrecision(3)).toString();
}
