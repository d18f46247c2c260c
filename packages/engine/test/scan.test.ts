import { injectedDrift } from '@leeway/connectors/sample/index.ts';
import { sampleSettings } from '@leeway/connectors/sample/schema.ts';
import { expect, test } from 'vitest';
import { scanEstate } from '../src/scan/scan.ts';
import { memoryStore, sampleScan } from './sample-estate.ts';

const environments = `
environments:
  production: { stage: production, tokens: { stage: [prod] } }
  staging: { stage: staging, mirrors: production, tokens: { stage: [stg] } }
`;

function estate(observed: string, more = ''): string {
  return `estate: test
${environments}
sources:
  shop:
    environments: [production]
    declared: { connector: sample, rendering: declared, resources: 300 }
    observed: { connector: sample, resources: 300${observed} }
${more}`;
}

test('an estate that is as declared reports nothing', async () => {
  const report = await scanEstate(await sampleScan(estate('')));
  expect(report.findings).toEqual([]);
  expect(report.problems).toEqual([]);
  expect(report).toMatchObject({ exitCode: 0, summary: { resources: 600, findings: 0 } });
});

test('drift is found at exactly the places it was put in', async () => {
  const report = await scanEstate(await sampleScan(estate(', drift: 0.1')));
  const injected = injectedDrift(sampleSettings.parse({ resources: 300, drift: 0.1 }));
  expect(injected.length).toBeGreaterThan(20);
  const expected = injected.map(
    ({ kind, change, path }) => `${kind} ${change === 'changed' ? 'drift' : change} ${path}`,
  );
  expect(report.findings.map(({ kind, verdict, path }) => `${kind} ${verdict} ${path}`).sort()).toEqual(
    expected.sort(),
  );
  expect(report.exitCode).toBe(2);
});

test('two environments that differ in their names alone are alike', async () => {
  const yaml = `estate: test
${environments}
sources:
  shop:
    observed: { connector: sample, resources: 200, stage: "{word}" }
`
    .replaceAll('tokens: { stage: [prod] }', 'tokens: { stage: [prod] }, parameters: { word: prod }')
    .replaceAll('tokens: { stage: [stg] }', 'tokens: { stage: [stg] }, parameters: { word: stg }');
  const report = await scanEstate(await sampleScan(yaml));
  expect(report.findings).toEqual([]);
});

test.each([
  ['throws', 'LW3013'],
  ['partial', 'LW3011'],
  ['denied', 'LW3003'],
  ['throttled', 'LW3004'],
  ['garbage', 'LW3006'],
  ['duplicates', 'LW3008'],
])('a source that %s is not checked, neither missing nor clean', async (fault, code) => {
  const report = await scanEstate(await sampleScan(estate(`, faults: [{ fault: ${fault}, after: 3 }]`)));
  expect(report.findings.length).toBeGreaterThan(0);
  expect(new Set(report.findings.map(({ verdict }) => verdict))).toEqual(new Set(['not-checked']));
  expect(report.findings.flatMap(({ problem }) => problem?.code ?? [])).toContain(code);
  expect(report.exitCode).toBe(3);
  expect(JSON.stringify(report)).not.toContain('SAMPLESECRET');
});

test('a source that hangs ends with its deadline', async () => {
  const yaml = estate(', faults: [{ fault: hangs }]').replace(
    'environments: [production]',
    'environments: [production]\n    deadline: 1s',
  );
  const report = await scanEstate(await sampleScan(yaml));
  expect(report.findings.map(({ problem }) => problem?.code)).toContain('LW3005');
  expect(report.exitCode).toBe(3);
});

test('ten faulty sources of forty leave the other thirty right', async () => {
  const faults = [
    'throws',
    'hangs',
    'partial',
    'denied',
    'throttled',
    'garbage',
    'hostile',
    'slow',
    'duplicates',
    'secrets',
  ];
  const sources = Array.from({ length: 40 }, (_, at) => {
    const fault =
      at < 10
        ? `, faults: [{ fault: ${faults[at]}, after: 1, milliseconds: 1 }]`
        : at < 20
          ? ', drift: [{ index: 3 }]'
          : '';
    return `  source${at}:
    environments: [production]
    deadline: 2s
    unmanaged: ignore
    declared: { connector: sample, rendering: declared, resources: 12, seed: ${at} }
    observed: { connector: sample, resources: 12, seed: ${at}${fault} }`;
  });
  const started = performance.now();
  const report = await scanEstate(await sampleScan(`estate: test\n${environments}\nsources:\n${sources.join('\n')}\n`));
  const of = (at: number) =>
    report.findings.filter(({ source }) => source === `source${at}`).map(({ verdict }) => verdict);
  for (let at = 20; at < 40; at++) expect(of(at), `source${at}`).toEqual([]);
  for (let at = 10; at < 20; at++) expect(of(at), `source${at}`).toEqual(['drift']);
  for (const at of [0, 1, 2, 3, 4, 5, 8]) expect(of(at), faults[at]).toContain('not-checked');
  expect(report.sources).toHaveLength(80);
  expect(JSON.stringify(report)).not.toContain('SAMPLESECRET');
  // One hanging source may cost its deadline, not that of every source behind it.
  expect(performance.now() - started).toBeLessThan(20_000);
});

test('findings have a history: new, known, resolved, reopened; unread is not resolved', async () => {
  const store = await memoryStore();
  const at = (minute: number) => new Date(Date.UTC(2026, 5, 1, 12, minute));
  const scan = async (minute: number, observed: string) =>
    scanEstate(await sampleScan(estate(observed), { store, now: at(minute) }));
  const first = await scan(0, ', drift: [{ index: 7 }]');
  const [finding] = first.findings;
  const id = finding?.fingerprint ?? '';
  expect(first.history[id]).toMatchObject({ isNew: true, reopened: 0 });
  expect((await scan(1, ', drift: [{ index: 7 }]')).history[id]).toMatchObject({ isNew: false });
  await scan(2, ', faults: [{ fault: denied }]');
  expect(await store.findings.find('test', id)).toMatchObject({ state: 'found', finding: { fingerprint: id } });
  expect((await store.findings.open('test')).map(({ fingerprint }) => fingerprint)).toContain(id);
  await scan(3, '');
  expect((await store.findings.open('test')).map(({ fingerprint }) => fingerprint)).not.toContain(id);
  const back = await scan(4, ', drift: [{ index: 7 }]');
  expect(back.history[id]).toMatchObject({ isNew: true, reopened: 1, firstSeen: first.history[id]?.firstSeen });
});

test('a second scan of the same stores no bodies again', async () => {
  const store = await memoryStore();
  const put: number[] = [];
  const counting = {
    ...store,
    chunks: {
      ...store.chunks,
      putPacks: async (packs: Parameters<typeof store.chunks.putPacks>[0]) => {
        put.push(packs.reduce((sum, pack) => sum + pack.count, 0));
        await store.chunks.putPacks(packs);
      },
    },
  };
  await scanEstate(await sampleScan(estate(''), { store: counting }));
  expect(put.reduce((sum, count) => sum + count, 0)).toBe(600);
  put.length = 0;
  await scanEstate(await sampleScan(estate(', drift: [{ index: 7 }]'), { store: counting }));
  expect(put.reduce((sum, count) => sum + count, 0)).toBe(1);
});

const settings = (value: string) => ({
  'live/app.yaml': `replicas: ${value}\nname: wms\n`,
  'git/app.yaml': 'replicas: 3\nname: wms\n',
});
const approvedYaml = (match: string, more = '') => `estate: test
environments: { production: { stage: production } }
sources:
  app:
    connector: settings-files
    declared: { files: [git/app.yaml], name: app }
    observed: { files: [live/app.yaml], name: app }
approved:
  AD-1:
    match: ${match}
    allow: { equals: 5 }
    category: sizing
    reason: tried at peak
    owner: team-wms
    approver: head-of-ops
    expires: 2026-12-31T23:59:00+01:00
${more}`;

test('an approved value is silent and another one is not', async () => {
  const match = '{ kind: settings.application, key: app, path: /replicas }';
  const run = async (value: string) => scanEstate(await sampleScan(approvedYaml(match), { extra: settings(value) }));
  expect(await run('5')).toMatchObject({
    exitCode: 0,
    findings: [],
    approved: [{ path: '/replicas' }],
    approvals: [{ state: 'active', silences: 1 }],
  });
  expect(await run('6')).toMatchObject({
    exitCode: 2,
    findings: [{ approval: { state: 'broken' } }],
    approvals: [{ state: 'broken' }],
  });
  expect(await run('3')).toMatchObject({ exitCode: 0, findings: [], approved: [], problems: [] });
});

test('an expired record that silences nothing is told, but not by a scan of a part', async () => {
  const match = '{ kind: settings.application, key: app, path: /replicas }';
  const now = new Date('2100-01-01T00:00:00Z');
  const run = async (more: object) =>
    (await scanEstate(await sampleScan(approvedYaml(match), { extra: settings('3'), now, ...more }))).findings;
  expect(await run({})).toMatchObject([{ verdict: 'expired', severity: 'low' }]);
  expect(await run({ environments: ['production'] })).toEqual([]);
  expect(await run({ sources: ['shop'] })).toEqual([]);
});

test.each([
  ['{ kind: settings.application, key: apq, path: /replicas }', 'LW4001', 'app'],
  ['{ kind: settings.application, key: app, path: /replica }', 'LW4002', '/replicas'],
])('a selector that means nothing is an error: %s', async (match, code, nearest) => {
  const report = await scanEstate(await sampleScan(approvedYaml(match), { extra: settings('3') }));
  expect(report.problems.map((found) => found.code)).toEqual([code]);
  expect(report.problems[0]?.hint).toContain(nearest);
  expect(report.problems[0]?.place).toMatchObject({ file: 'leeway.yaml' });
  expect(report.exitCode).toBe(1);
});

test('the report is the same for the same input and clock', async () => {
  const run = async () => {
    const report = await scanEstate(await sampleScan(estate(', drift: 0.2')));
    return JSON.stringify({ ...report, sources: report.sources.map(({ milliseconds: _, ...source }) => source) });
  };
  expect(await run()).toBe(await run());
});

test('what was deployed tells pending from drift', async () => {
  const yaml = estate(', drift: [{ index: 1 }]').replace(
    'declared: {',
    'applied: { connector: sample, rendering: declared, resources: 300 }\n    declared: { drift: [{ index: 2 }],',
  );
  const report = await scanEstate(await sampleScan(yaml));
  expect(report.findings.map(({ verdict }) => verdict).sort()).toEqual(['drift', 'pending']);
});
