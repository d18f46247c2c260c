import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testConnector } from '@leeway/connector-kit/test-contract.ts';
import { runScenario, type Scenario } from '@leeway/connector-kit/testing/scenario.ts';
import { compareAttributes, indexKinds } from '@leeway/core';
import { describe, expect, it } from 'vitest';
import { rhythmOf } from '../shared/backup-rhythm.ts';
import { connector } from './index.ts';

const marker = 'Tr0ub4dor-and-3';
const listing = readFileSync(new URL('recordings/snapshots.json', import.meta.url), 'utf8');
const settings = { repository: '/srv/backup', passwordFrom: 'PASSWORD', name: 'nightly' };
const variables = { PASSWORD: marker };

/** A program in restic's place that answers as 0.14 was seen to. */
function withProgram(
  name: string,
  more: object = {},
  replies: { readonly check?: number; readonly all?: string } = {},
): Scenario {
  return {
    name,
    settings: { ...settings, ...more },
    variables,
    async start() {
      const folder = await mkdtemp(join(tmpdir(), 'leeway-restic-'));
      await writeFile(join(folder, 'snapshots.json'), listing);
      const program = join(folder, 'restic');
      await writeFile(
        program,
        `#!/bin/sh
${replies.all ?? ''}
[ "$RESTIC_PASSWORD" = "${marker}" ] || { echo 'Fatal: wrong password or no key found' >&2; exit 1; }
case "$*" in
*" snapshots --json") cat '${folder}/snapshots.json' ;;
*" cat config") echo '{"version": 2, "id": "e0ccf71179c4191e", "chunker_polynomial": "226c46591728eb"}' ;;
*" key list --json") echo '[{"current":true,"id":"0edab0b9","userName":"root","hostName":"erp","created":"2026-11-23 15:04:30"}]' ;;
*" stats --json --mode raw-data") echo '{"total_size":1039,"total_blob_count":5,"snapshots_count":1}' ;;
*" check") exit ${replies.check ?? 0} ;;
*) exit 9 ;;
esac
`,
      );
      await chmod(program, 0o755);
      return { settings: { ...settings, ...more, program }, stop: () => rm(folder, { recursive: true }) };
    },
  };
}

testConnector('restic', connector, {
  secrets: [marker],
  scenarios: [
    {
      name: 'a listing',
      settings: { files: '*.json' },
      files: { 'snapshots.json': listing },
      lists: [''],
      resources: 2,
    },
    { ...withProgram('a repository', { check: true }), resources: 3 },
  ],
  failures: [
    { ...withProgram('a wrong password'), variables: { PASSWORD: 'another' }, codes: ['LW3002'] },
    {
      ...withProgram(
        'no repository',
        {},
        { all: "echo 'Is there a repository at the following location?' >&2; exit 1" },
      ),
      codes: ['LW3074'],
    },
    { ...withProgram('a program that says something else', {}, { all: 'echo hello; exit 0' }), codes: ['LW3006'] },
    { name: 'no program', settings: { ...settings, program: 'restic-is-not-here' }, variables, codes: ['LW3009'] },
    { name: 'a credential that is not set', settings, codes: ['LW3055'] },
    { name: 'another document', settings: { files: '*.json' }, files: { 'a.json': '{"a": 1}' }, codes: ['LW2009'] },
  ],
});

describe('backups', () => {
  it('are told with their last success, and compared without it', async () => {
    const { resources } = await runScenario(connector, withProgram('x', { check: true }, { check: 1 }));
    const found = new Map(resources.map((resource) => [resource.key, resource.attributes]));
    expect(found.get('nightly')).toMatchObject({ integrity: 'damaged', keys: 1, version: 2 });
    const orders = found.get('erp-prod:/etc/orders,/srv/orders');
    expect(orders).toMatchObject({ lastSuccess: '2026-11-15T02:15:04Z', rhythm: 'daily', kept: 5 });
    const kind = indexKinds(connector.kinds).find('restic.backup');
    const later = { ...orders, lastSuccess: '2026-11-16T02:15:04Z', kept: 6 };
    expect(compareAttributes(kind, orders ?? {}, later)).toEqual([]);
  });

  it.each([
    [['2026-01-01T00:00:00Z', '2026-01-02T00:10:00Z'], undefined],
    [['2026-01-01T00:00:00Z', '2026-01-02T00:10:00Z', '2026-01-03T00:00:00Z'], 'daily'],
    [['2026-01-01T00:00:00Z', '2026-01-08T00:00:00Z', '2026-01-15T03:00:00Z'], 'weekly'],
    [['2020-01-01T00:00:00Z', '2022-01-08T00:00:00Z', '2026-01-15T03:00:00Z'], 'rarely'],
  ])('made at %j are made %s', (times, rhythm) => expect(rhythmOf(times)).toBe(rhythm));

  it.each([
    [{}],
    [{ files: 'a', repository: 'b', passwordFrom: 'P' }],
    [{ repository: 'b' }],
    [{ repository: 'rest:https://u:p@h/', passwordFrom: 'P' }],
  ])('are not read with the settings %j', (given) => expect(connector.settings.safeParse(given).success).toBe(false));

  it('are recognised by their listing', () => {
    expect(connector.standalone?.({ paths: ['a.json'], head: listing.slice(0, 4096) })?.confidence).toBeGreaterThan(
      0.9,
    );
    expect(connector.standalone?.({ paths: ['a.json'], head: '[]' })?.confidence).toBe(0);
  });
});
