import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { headlineText } from '@leeway/core';
import type { Report } from '@leeway/engine';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Drift, mendDrift, northwind, readDrift } from '../scripts/northwind.ts';
import { repositoryRoot } from './source-files.ts';
import { leeway, testFolder } from './support/leeway.ts';

const example = join(repositoryRoot, northwind);
// Digests of secrets are told in headlines; under one key they are the same in every run.
const environment = { LEEWAY_SEAL_KEY: 'a key for tests only' };

interface Scan {
  readonly code: number;
  readonly report: Report;
}

async function scan(folder: string, ...options: readonly string[]): Promise<Scan> {
  const argv = ['scan', '--estate', folder, '--no-store', '--format', 'json', ...options];
  const { code, stdout, stderr } = await leeway(argv, { cwd: folder, environment });
  if (stdout === '') throw new Error(stderr);
  return { code, report: JSON.parse(stdout) as Report };
}

function copyExample(): string {
  const folder = testFolder();
  cpSync(example, folder, { recursive: true, filter: (path) => !path.endsWith('.leeway') });
  return folder;
}

type Injected = Drift['findings'][number];

/** One line a finding, in the words of drift.yaml. */
function identify({ environment, verdict, severity, policy = '', kind, key, path }: Injected): string {
  return [severity, verdict, environment, policy, kind, key, path].join(' ');
}

describe('examples/northwind-distribution', () => {
  let drift: ReadonlyMap<string, Drift>;
  let first: Scan;

  beforeAll(async () => {
    drift = await readDrift(example);
    first = await scan(example);
  });

  test('holds what drift.yaml says was put in, and nothing else', () => {
    const injected = [...drift.values()].flatMap(({ findings }) => findings.map(identify));
    expect(first.report.problems).toEqual([]);
    expect(first.report.findings.map(identify).sort()).toEqual(injected.sort());
    expect(first.code).toBe(2);
  });

  test('says each drift in one sentence', async () => {
    const sentences = first.report.findings.map(({ headline }) => headlineText(headline));
    await expect(`${sentences.join('\n')}\n`).toMatchFileSnapshot('golden/northwind.txt');
  });

  test('names who answers for each drift, but for none where nobody does', () => {
    expect(first.report.findings.filter(({ owner }) => owner === undefined)).toEqual([]);
  });

  test('spans the layers of a distributor, and one cause in several environments is one row', () => {
    const layers = new Set(first.report.findings.map(({ layer }) => layer));
    expect(layers.size).toBeGreaterThanOrEqual(9);
    const shared = first.report.groups.filter(({ environments }) => environments.length > 1);
    expect(shared.map(({ environments }) => environments)).toEqual([['production-eu', 'production-us', 'tenant-acme']]);
  });

  test('has approved differences in every state, and of every category', () => {
    const states = Object.fromEntries(first.report.approvals.map(({ id, state }) => [id, state]));
    expect(states).toMatchObject({
      'AD-0001': 'broken',
      'AD-0012': 'expiring',
      'AD-0040': 'expired',
      'AD-0010': 'active',
    });
    const categories = new Set(first.report.approvals.map(({ category }) => category));
    expect([...categories].sort()).toEqual(['endpoint', 'masking', 'other', 'regional', 'sizing', 'test-tooling']);
  });

  test('is mended entry by entry: of half of them the other half stays, and nothing of all', async () => {
    const folder = copyExample();
    const entries = [...drift.values()];
    const [odd, even] = [entries.filter((_, at) => at % 2 === 1), entries.filter((_, at) => at % 2 === 0)];
    for (const each of odd) await mendDrift(folder, each);
    const half = await scan(folder);
    const left = even.flatMap(({ findings }) => findings.map(identify));
    expect(half.report.findings.map(identify).sort()).toEqual(left.sort());
    for (const each of even) await mendDrift(folder, each);
    const whole = await scan(folder);
    expect(whole.report.findings.map(({ headline }) => headlineText(headline))).toEqual([]);
    expect(whole.code).toBe(0);
  });

  test('is read about in a README that counts right and whose commands run', async () => {
    const readme = readFileSync(join(example, 'README.md'), 'utf8');
    const { findings, groups, approved } = first.report.summary;
    expect(readme).toContain(`${findings} findings from ${groups} causes`);
    expect(readme).toContain(`${approved} differences are silent`);
    const folder = copyExample();
    for (const [, line = ''] of readme.matchAll(/^leeway (.*?)(?: +#.*)?$/gm)) {
      const argv = line.replace(northwind, folder).split(' ');
      const { code, stderr } = await leeway(argv, { cwd: folder, environment });
      expect([line, code, code === 1 ? stderr : '']).toEqual([line, /^(?:scan|diff|report)/.test(line) ? 2 : 0, '']);
    }
  });

  test('holds no private key and no path of a machine', () => {
    const files = readdirSync(example, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const texts = files
      .filter(({ parentPath }) => !parentPath.includes('.leeway'))
      .map(({ parentPath, name }) => [name, readFileSync(join(parentPath, name), 'utf8')] as const);
    const unfit = texts.filter(([, text]) => /PRIVATE KEY|\/(?:home|root|Users|work|tmp)\//.test(text));
    expect(unfit.map(([name]) => name)).toEqual([]);
  });
});
