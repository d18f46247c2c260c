import { collect, maskSecrets, type ReadContext, sealWith } from '@leeway/connector-kit';
import { testConnector } from '@leeway/connector-kit/test-contract.ts';
import { memoryFiles } from '@leeway/connector-kit/testing/memory-files.ts';
import { compareAttributes, compileNeutralizer, type Kind, ProblemError, problem, type Resource } from '@leeway/core';
import { describe, expect, it } from 'vitest';
import { connector, generateNdjson, type InjectedDrift, injectedDrift, secretMarker } from './index.ts';
import { createRandom, mix } from './random.ts';
import { type FaultName, type SampleSettings, sampleSettings } from './schema.ts';

const seal = sealWith('a key for tests only');
const kindOf = (name: string): Kind => connector.kinds.find((kind) => kind.name === name)!;

function contextOf(signal = new AbortController().signal): ReadContext {
  return {
    environment: 'test',
    files: memoryFiles({}),
    fetch: () => Promise.reject(new Error('a sample needs no network')),
    guard: (transport) => transport,
    signal,
    now: () => new Date(0),
    seal,
    variable: () => undefined,
  };
}

async function read(given: object, signal?: AbortSignal) {
  const settings = sampleSettings.parse({ resources: 60, ...given });
  return { settings, ...(await collect(connector, settings, contextOf(signal))) };
}

type Reading = { readonly settings: SampleSettings; readonly resources: readonly Resource[] };

/** What a comparison of two readings finds, as {@link injectedDrift} would list it. */
function compare(left: Reading, right: Reading): readonly InjectedDrift[] {
  const options = {
    leftNeutralizer: compileNeutralizer({ stage: [left.settings.stage] }),
    rightNeutralizer: compileNeutralizer({ stage: [right.settings.stage] }),
  };
  const index = ({ resources }: Reading, { neutralize }: { neutralize: (text: string) => string }) =>
    new Map(resources.map((each) => [`${each.kind} ${neutralize(each.key)}`, each]));
  const before = index(left, options.leftNeutralizer);
  const after = index(right, options.rightNeutralizer);
  const missing = [...before].filter(([name]) => !after.has(name));
  const found = [...after].flatMap(([name, { kind, key, attributes }]): readonly InjectedDrift[] => {
    const other = before.get(name);
    if (!other) return [{ kind, key, change: 'unmanaged', path: '' }];
    const differences = compareAttributes(kindOf(kind), other.attributes, attributes, options);
    return differences.map(({ path }) => ({ kind, key, change: 'changed', path }));
  });
  return [...found, ...missing.map(([, { kind, key }]) => ({ kind, key, change: 'missing' as const, path: '' }))];
}

const sorted = (list: readonly InjectedDrift[]) => list.map((each) => JSON.stringify(each)).sort();

testConnector('sample', connector, {
  secrets: [secretMarker],
  scenarios: [
    { name: 'observed', settings: { resources: 60 }, resources: 60 },
    { name: 'declared', settings: { resources: 10, rendering: 'declared', kinds: ['sample.queue'] }, resources: 10 },
    { name: 'full of secrets', settings: { resources: 12, faults: [{ fault: 'secrets' }] }, resources: 12 },
  ],
  failures: [
    { name: 'partial', settings: { faults: [{ fault: 'partial', after: 3 }] }, codes: ['LW3011'] },
    { name: 'denied', settings: { faults: [{ fault: 'denied' }] }, codes: ['LW3003'] },
    { name: 'throttled', settings: { faults: [{ fault: 'throttled' }] }, codes: ['LW3004'] },
    { name: 'garbage', settings: { faults: [{ fault: 'garbage' }] }, codes: ['LW3006'] },
  ],
});

describe('a sample estate', () => {
  it('is the same for the same seed, and another for another', async () => {
    const [one, again, other] = [await read({ seed: 5 }), await read({ seed: 5 }), await read({ seed: 6 })];
    expect(again.resources).toEqual(one.resources);
    expect(other.resources).not.toEqual(one.resources);
  });

  it('differs between what is declared and observed by nothing but noise', async () => {
    const declared = await read({ resources: 300, rendering: 'declared' });
    const observed = await read({ resources: 300 });
    expect(JSON.stringify(observed.resources)).not.toBe(JSON.stringify(declared.resources));
    expect(compare(declared, observed)).toEqual([]);
  });

  it('differs between environments by nothing but their names', async () => {
    const production = await read({ resources: 300 });
    const staging = await read({ resources: 300, stage: 'stg', rendering: 'declared' });
    expect(compare(production, staging)).toEqual([]);
  });

  it.each(['declared', 'observed'] as const)('drifts where it says, and nowhere else (%s)', async (rendering) => {
    const clean = await read({ resources: 600, rendering: 'declared' });
    const drifted = await read({ resources: 600, rendering, drift: 0.2, driftSeed: 9 });
    const injected = injectedDrift(drifted.settings);
    expect(injected.length).toBeGreaterThan(80);
    expect(injected.length).toBeLessThan(160);
    expect(new Set(injected.map(({ change }) => change)).size).toBe(3);
    expect(sorted(compare(clean, drifted))).toEqual(sorted(injected));
  });

  it('drifts in the resources that are named', async () => {
    const drift = [{ index: 1 }, { index: 2, change: 'missing' }, { index: 9, change: 'unmanaged' }];
    const { settings, resources } = await read({ drift });
    expect(injectedDrift(settings).map(({ kind, change }) => [kind, change])).toEqual([
      ['sample.deployment', 'changed'],
      ['sample.table', 'missing'],
      ['sample.parameter', 'unmanaged'],
    ]);
    expect(resources).toHaveLength(60);
  });

  it('has resources of about the size asked for', async () => {
    for (const bytes of [1000, 4000]) {
      const { resources } = await read({ resources: 300, bytes });
      const size = resources.reduce((sum, each) => sum + JSON.stringify(each).length, 0) / resources.length;
      expect(size / bytes).toBeGreaterThan(0.9);
      expect(size / bytes).toBeLessThan(1.1);
    }
  });

  it('may be empty', async () => {
    const { resources, complete } = await read({ resources: 0 });
    expect(resources).toEqual([]);
    expect(complete).toHaveLength(6);
  });
});

describe('faults', () => {
  const only = (fault: FaultName, more: object = {}) => ({ faults: [{ fault, kind: 'sample.table', ...more }] });

  it.each(['partial', 'denied', 'throttled', 'garbage'] as const)('%s spoils its kind alone', async (fault) => {
    const { resources, notices, complete } = await read(only(fault, { after: 2 }));
    expect(resources.filter(({ kind }) => kind === 'sample.table')).toHaveLength(2);
    expect(resources).toHaveLength(52);
    expect(notices.map(({ kind }) => kind)).toEqual(['sample.table']);
    expect(complete).not.toContain('sample.table');
    expect(complete).toHaveLength(5);
  });

  it('throws as a bug would, with a secret in its message', async () => {
    await expect(read(only('throws'))).rejects.toThrow(secretMarker);
  });

  it.each(['hangs', 'slow'] as const)('%s until it is aborted', async (fault) => {
    const canceller = new AbortController();
    const reading = read(only(fault, { milliseconds: 60_000 }), canceller.signal);
    canceller.abort(new ProblemError(problem('LW3005', { system: 'it', what: 'all', seconds: 1 })));
    expect((await reading).notices.map(({ problem: found }) => found.code)).toContain('LW3005');
  });

  it('drips slowly, and ends', async () => {
    const { resources, complete } = await read({ resources: 6, ...only('slow', { milliseconds: 1 }) });
    expect([resources.length, complete.length]).toEqual([6, 6]);
  });

  it('gives one resource twice', async () => {
    const { resources } = await read(only('duplicates', { after: 1 }));
    const keys = resources.map(({ kind, key }) => `${kind} ${key}`);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toHaveLength(1);
  });

  it('answers with what breaks careless code', async () => {
    const { resources } = await read(only('hostile'));
    const hostile = resources.filter(({ key }) => key.startsWith('hostile/'));
    expect(hostile).toHaveLength(8);
    for (const { attributes, kind } of hostile)
      expect(compareAttributes(kindOf(kind), attributes, attributes)).toEqual([]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('plants secrets that masking finds, all of them', async () => {
    const { resources } = await read({ resources: 6, faults: [{ fault: 'secrets' }] });
    expect(JSON.stringify(resources)).toContain(secretMarker);
    const masked = resources.map((each) => maskSecrets(each, kindOf(each.kind), seal));
    expect(JSON.stringify(masked)).not.toContain(secretMarker);
  });
});

describe('newline-delimited JSON', () => {
  const linesOf = (count: number, options = {}) =>
    Buffer.concat([...generateNdjson(count, 3, options)])
      .toString()
      .trimEnd()
      .split('\n');

  it('has a resource a line, in chunks of whole lines', () => {
    const chunks = [...generateNdjson(100, 3, { chunkBytes: 10_000 })];
    expect(chunks.length).toBeGreaterThan(5);
    for (const chunk of chunks) expect(chunk.at(-1)).toBe(10);
    const lines = linesOf(100);
    expect(lines).toHaveLength(100);
    expect(Object.keys(JSON.parse(lines[50]!))).toEqual(['kind', 'key', 'attributes']);
  });

  it('changes as much of it as is asked', () => {
    const before = linesOf(2000);
    const after = linesOf(2000, { settings: { drift: 0.01 } });
    const known = new Set(before);
    expect(after.filter((line) => !known.has(line)).length).toBeGreaterThan(5);
    expect(after.filter((line) => !known.has(line)).length).toBeLessThan(40);
  });
});

describe('numbers', () => {
  it('are spread evenly and repeatable', () => {
    const random = createRandom(42);
    const counts = Array.from({ length: 10 }, () => 0);
    for (let index = 0; index < 10_000; index += 1) counts[random.below(10)]! += 1;
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150);
    expect(createRandom(42).below(1_000_000)).toBe(createRandom(42).below(1_000_000));
    expect(new Set(Array.from({ length: 10_000 }, (_, index) => mix(1, index))).size).toBe(10_000);
    expect(createRandom(1).shuffle([1, 2, 3, 4]).toSorted()).toEqual([1, 2, 3, 4]);
  });
});
