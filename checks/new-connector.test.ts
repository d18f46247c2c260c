import { execFile } from 'node:child_process';
import { cpSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { repositoryRoot } from './source-files.ts';
import { leeway, makeFolder, testFolder } from './support/leeway.ts';

const run = promisify(execFile);
const sources = 'packages/connectors/src';
const contract = `${sources}/acme-wms/contract.test.ts`;
const shown = ['tsconfig.json', 'vitest.config.ts', 'package.json', 'packages/connectors'];

/** A program of the repository's own packages, run in the copy as a person would: not as part of this test run. */
async function tool(cwd: string, program: string, ...argv: readonly string[]) {
  const script = join(repositoryRoot, 'node_modules', program);
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^VITEST|^NODE_/.test(name)));
  try {
    const { stdout } = await run(process.execPath, [script, ...argv], { cwd, env, maxBuffer: 2 ** 26 });
    return { code: 0, text: stdout };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, text: `${stdout}${stderr}` };
  }
}

const vitest = (cwd: string) => tool(cwd, 'vitest/vitest.mjs', 'run', contract, '--no-color');

describe('leeway new connector', () => {
  let copy: string;

  beforeAll(() => {
    copy = makeFolder();
    for (const path of shown) cpSync(join(repositoryRoot, path), join(copy, path), { recursive: true });
    symlinkSync(join(repositoryRoot, 'node_modules'), join(copy, 'node_modules'));
  });
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  it('writes a connector that compiles, is in the registry, and whose contract test fails until an answer is recorded', {
    timeout: 240_000,
  }, async () => {
    const outcome = await leeway(['new', 'connector', 'acme-wms', '--title', 'Acme WMS'], {
      cwd: join(copy, 'packages'),
    });
    expect({ code: outcome.code, stderr: outcome.stderr }).toEqual({ code: 0, stderr: '' });
    expect(outcome.stdout).toContain(`Wrote ${contract}`);
    const registry = readFileSync(join(copy, sources, 'connector-registry.ts'), 'utf8');
    const ids = [...registry.matchAll(/^ {4}id: '([\w-]+)'/gm)].map(([, id]) => id);
    expect(ids).toEqual(ids.toSorted());
    expect(ids).toContain('acme-wms');

    const only = { extends: './tsconfig.json', include: [`${sources}/acme-wms`] };
    writeFileSync(join(copy, 'tsconfig.new.json'), JSON.stringify(only));
    expect(await tool(copy, 'typescript/bin/tsc', '-p', 'tsconfig.new.json')).toEqual({ code: 0, text: '' });

    const before = await vitest(copy);
    expect(before.code).toBe(1);
    expect(before.text).toMatch(/FAIL.*asks for what was recorded and nothing else/);
    expect(before.text).toContain('+   "GET https://acme-wms.test/parameters"');

    const test = join(copy, contract);
    const recording = `[{ request: { url: 'https://acme-wms.test/parameters' }, response: { json: [{ name: 'wave size', value: 40 }] } }]`;
    writeFileSync(test, readFileSync(test, 'utf8').replace('RecordingInput[] = []', `RecordingInput[] = ${recording}`));
    expect(await vitest(copy)).toMatchObject({ code: 0, text: expect.not.stringContaining('FAIL') });
  });

  it('leaves a connector that is there alone, and refuses a name that does not fit', async () => {
    const refused = async (...argv: string[]) => leeway(['new', 'connector', ...argv], { cwd: copy });
    expect(await refused('kafka')).toMatchObject({ code: 1, stderr: expect.stringContaining('LW7005') });
    expect(await refused('shared')).toMatchObject({ code: 1, stderr: expect.stringContaining('LW7005') });
    for (const id of ['Acme', '../acme', 'a--b', '9lives'])
      expect(await refused(id)).toMatchObject({ code: 1, stderr: expect.stringContaining('LW7024') });
    expect(await refused('acme', '--title', "a'b")).toMatchObject({ stderr: expect.stringContaining('LW7024') });
  });

  it('says so outside a checkout', async () => {
    const outcome = await leeway(['new', 'connector', 'acme'], { cwd: testFolder() });
    expect(outcome).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('LW7023') });
  });
});
