import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Benchmark } from './benchmark.ts';
import { comparing } from './comparing.ts';
import { example } from './example.ts';
import { hosts } from './hosts.ts';
import { packageSize } from './package-size.ts';
import { policies } from './policies.ts';
import { postgresql } from './postgresql.ts';
import { reading } from './reading.ts';
import { formatTable, type Result } from './result.ts';
import { startUp } from './start-up.ts';
import { storing } from './storing.ts';
import { streaming } from './streaming.ts';
import { terraform } from './terraform.ts';
import { workers } from './workers.ts';

const benchmarks: readonly Benchmark[] = [
  startUp,
  policies,
  reading,
  comparing,
  storing,
  streaming,
  terraform,
  postgresql,
  hosts,
  packageSize,
  example,
  workers,
];

const usage = `npm run bench -- [--quick] [--json] [name …]
  names: ${benchmarks.map(({ name }) => name).join(', ')}; all when none is given
`;

process.exitCode = await main();

/** 0 when every limit that could be measured holds, 1 when one does not. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { quick: { type: 'boolean' }, json: { type: 'boolean' }, help: { type: 'boolean' } },
    allowPositionals: true,
  });
  const unknown = positionals.filter((name) => !benchmarks.some((each) => each.name === name));
  if (values.help || unknown.length > 0) {
    process.stderr.write(unknown.length > 0 ? `There is no benchmark ${unknown.join(', ')}.\n${usage}` : usage);
    return unknown.length > 0 ? 1 : 0;
  }
  const chosen = benchmarks.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  const results = await runAll(chosen, values.quick === true);
  process.stdout.write(values.json ? `${JSON.stringify(results, undefined, 2)}\n` : `${formatTable(results)}\n`);
  return results.some(({ holds }) => holds === false) ? 1 : 0;
}

async function runAll(chosen: readonly Benchmark[], quick: boolean): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const benchmark of chosen) {
    const scratch = mkdtempSync(join(tmpdir(), 'leeway-bench-'));
    const say = (text: string) => process.stderr.write(`${benchmark.name}: ${text}\n`);
    try {
      results.push(...(await benchmark.run({ quick, scratch, say })));
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  }
  return results;
}
