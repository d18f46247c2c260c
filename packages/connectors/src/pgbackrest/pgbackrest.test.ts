import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testConnector } from '@leeway/connector-kit/test-contract.ts';
import { runScenario, type Scenario } from '@leeway/connector-kit/testing/scenario.ts';
import { compareAttributes, indexKinds } from '@leeway/core';
import { describe, expect, it } from 'vitest';
import { connector } from './index.ts';

const marker = 'Tr0ub4dor-and-3';
const info = readFileSync(new URL('recordings/info.json', import.meta.url), 'utf8');
const configuration = `# Kept by the database team.
[global]
repo1-path=/var/lib/pgbackrest
repo1-retention-full=2
repo1-cipher-type=aes-256-cbc
repo1-cipher-pass=${marker}
repo1-s3-key=${marker}

[main]
pg1-path=/var/lib/postgresql/15/main
`;

/** A program in pgBackRest's place. */
function withProgram(name: string, script: string): Scenario {
  return {
    name,
    settings: { run: true },
    async start() {
      const folder = await mkdtemp(join(tmpdir(), 'leeway-pgbackrest-'));
      await writeFile(join(folder, 'info.json'), info);
      const program = join(folder, 'pgbackrest');
      await writeFile(program, `#!/bin/sh\n${script.replace('INFO', join(folder, 'info.json'))}\n`);
      await chmod(program, 0o755);
      return { settings: { run: true, program }, stop: () => rm(folder, { recursive: true }) };
    },
  };
}

testConnector('pgbackrest', connector, {
  secrets: [marker],
  scenarios: [
    {
      name: 'an output and a configuration',
      settings: { files: '*.json', configuration: '*.conf' },
      files: { 'info.json': info, 'pgbackrest.conf': configuration },
      lists: ['', '/*/backup', '/*/repo', '/*/db'],
      resources: 7,
    },
    { ...withProgram('the program', "cat 'INFO'"), resources: 1 },
  ],
  failures: [
    {
      ...withProgram('an error of the program', 'echo "ERROR: [055]: unable to open" >&2; exit 55'),
      codes: ['LW3074'],
    },
    { ...withProgram('a program that says something else', 'echo hello'), codes: ['LW3006'] },
    { name: 'no program', settings: { run: true, program: 'pgbackrest-is-not-here' }, codes: ['LW3009'] },
    { name: 'another document', settings: { files: '*.json' }, files: { 'a.json': '{"a": 1}' }, codes: ['LW2009'] },
  ],
});

describe('a stanza', () => {
  it('is told with its last success, and compared without it', async () => {
    const { resources } = await runScenario(connector, withProgram('x', "cat 'INFO'"));
    const [stanza] = resources;
    expect(stanza).toMatchObject({
      key: 'main',
      attributes: {
        status: 'ok',
        cipher: 'aes-256-cbc',
        types: ['full', 'incr'],
        lastSuccess: '2026-11-23T15:08:58Z',
        lastFull: '2026-11-23T15:08:55Z',
        damaged: false,
      },
    });
    const kind = indexKinds(connector.kinds).find('pgbackrest.stanza');
    const later = { ...stanza?.attributes, lastSuccess: '2026-11-24T15:08:58Z', kept: 3 };
    expect(compareAttributes(kind, stanza?.attributes ?? {}, later)).toEqual([]);
    expect(compareAttributes(kind, stanza?.attributes ?? {}, { ...later, status: 'no valid backups' })).toHaveLength(1);
  });

  it.each([[{}], [{ run: true, files: 'a' }], [{ run: true, programConfiguration: 'a' }]])(
    'is not read with the settings %j',
    (given) => expect(connector.settings.safeParse(given).success).toBe(false),
  );

  it('is recognised by an output', () => {
    expect(connector.standalone?.({ paths: ['a.json'], head: info })?.confidence).toBeGreaterThan(0.9);
    expect(connector.standalone?.({ paths: ['a.json'], head: '[]' })?.confidence).toBe(0);
  });
});
