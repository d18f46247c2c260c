import type { Finding } from '@leeway/core';
import type { ScanRecord } from '@leeway/engine';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LeewayStore } from '../src/store.ts';
import { FindingModel } from './finding-model.ts';
import { makeFinding, minute } from './make.ts';

const environments = ['production', 'staging'];
const sources = ['cluster', 'database'];
const everything = () => false;

function scanOf(estate: string, number: number, rest: Partial<ScanRecord> = {}): ScanRecord {
  return {
    id: `scan-${number}`,
    estate,
    at: minute(number),
    revision: 'r',
    environments,
    sources,
    exitCode: 2,
    ...rest,
  };
}

/** Ten findings spread over two environments and two sources. */
function poolFinding(number: number, severity: Finding['severity']): Finding {
  const fingerprint = `${number}`.repeat(4).padEnd(16, 'f');
  const environment = environments[number % 2]!;
  const source = sources[(number >> 1) % 2]!;
  return makeFinding(fingerprint, { environment, source, severity, kind: number < 5 ? 'a' : 'b' });
}

const scans = fc.array(
  fc.record({
    environments: fc.subarray(environments),
    sources: fc.subarray(sources),
    found: fc.subarray([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
    severity: fc.constantFrom<Finding['severity']>('low', 'high'),
    uncheckedKind: fc.option(fc.constantFrom('a', 'b')),
  }),
  { minLength: 1, maxLength: 8 },
);

export function testFindings(store: () => LeewayStore, freshEstate: () => string, runs: number): void {
  test('agrees with a simple model over any row of scans of any scope', async () => {
    await fc.assert(
      fc.asyncProperty(scans, async (sequence) => {
        const estate = freshEstate();
        const model = new FindingModel();
        for (const [number, step] of sequence.entries()) {
          const scan = scanOf(estate, number, { environments: step.environments, sources: step.sources });
          const found = step.found.map((one) => poolFinding(one, step.severity));
          const unchecked = (finding: Finding) => finding.kind === step.uncheckedKind;
          const histories = await store().findings.record(scan, found, unchecked);
          expect([...histories.values()]).toEqual(model.record(scan, found, unchecked));
          expect(await store().findings.open(estate)).toEqual(model.open());
        }
        for (const { finding, history, events } of model.all()) {
          const plain = events.map(({ fingerprint: _, environment: __, ...event }) => event);
          const expected = { state: 'found', finding, history, events: plain };
          expect(await store().findings.find(estate, finding.fingerprint)).toEqual(expected);
        }
        const logged = await store().findings.events(estate, {}, 1000);
        const modelled = model.all().flatMap(({ events }) => events);
        expect(logged.map((event) => JSON.stringify(event, Object.keys(event).sort())).sort()).toEqual(
          modelled.map((event) => JSON.stringify(event, Object.keys(event).sort())).sort(),
        );
      }),
      { numRuns: runs, seed: 7 },
    );
  });

  test('a finding is found by a beginning of its fingerprint, and says so when several begin alike', async () => {
    const estate = freshEstate();
    const fingerprints = ['abcd000000000001', 'abcd000000000002', 'ab%d000000000003', 'ffff000000000004'];
    await store().findings.record(
      scanOf(estate, 1),
      fingerprints.map((one) => makeFinding(one)),
      everything,
    );
    const find = (prefix: string) => store().findings.find(estate, prefix);
    expect(await find('ffff')).toMatchObject({ state: 'found', finding: { fingerprint: 'ffff000000000004' } });
    expect(await find('FFFF')).toMatchObject({ state: 'found' });
    expect(await find('abcd')).toEqual({ state: 'ambiguous', candidates: fingerprints.slice(0, 2) });
    expect(await find('abcd000000000002')).toMatchObject({ state: 'found' });
    expect(await find('ab%d')).toMatchObject({ state: 'found', finding: { fingerprint: fingerprints[2] } });
    for (const prefix of ['fff', '', 'eeee', '%%%%', 'ffff0000000000041', 'ff\u0000f']) {
      expect(await find(prefix)).toEqual({ state: 'none' });
    }
    expect(await store().findings.find(freshEstate(), 'ffff')).toEqual({ state: 'none' });
  });

  test('lists scans and events newest first, by environment and time', async () => {
    const estate = freshEstate();
    const both = [poolFinding(1, 'low'), poolFinding(2, 'low')];
    await store().findings.record(scanOf(estate, 1), both, everything);
    await store().findings.record(scanOf(estate, 2, { exitCode: 0 }), [], everything);
    expect((await store().findings.scans(estate, 5)).map((scan) => scan.id)).toEqual(['scan-2', 'scan-1']);
    expect(await store().findings.scans(estate, 1)).toEqual([scanOf(estate, 2, { exitCode: 0 })]);
    const staging = await store().findings.events(estate, { environment: 'staging' }, 10);
    expect(staging.map(({ event, at }) => [event, at])).toEqual([
      ['resolved', minute(2)],
      ['seen', minute(1)],
    ]);
    expect(await store().findings.events(estate, { since: minute(2) }, 10)).toHaveLength(2);
    expect(await store().findings.events(estate, {}, 3)).toHaveLength(3);
  });

  test('holds whatever a hostile system puts into names and values', async () => {
    const estate = freshEstate();
    const nasty = 'a\u0000b\ud800c\u2028\'"\\{},%_$1';
    const finding = makeFinding('0123456789abcdef', {
      ...{ key: nasty, name: nasty, kind: nasty, headline: [{ text: nasty, role: 'resource' }] },
      actual: { from: 'observed', present: true, value: { [nasty]: [nasty, null, 1e308, -0.5] } },
    });
    await store().findings.record(scanOf(estate, 1), [finding], everything);
    expect(await store().findings.open(estate)).toEqual([finding]);
    const [event] = await store().findings.events(estate, {}, 1);
    expect(event?.headline.startsWith('a\uFFFDb')).toBe(true);
    await store().findings.record(scanOf(estate, 2), [finding], everything);
    expect(await store().findings.events(estate, {}, 10)).toHaveLength(1);
  });

  test('a scan that fails half way leaves nothing of itself', async () => {
    const estate = freshEstate();
    await store().findings.record(scanOf(estate, 1), [poolFinding(1, 'low')], everything);
    const breaking = () => {
      throw new Error('the judge has a bug');
    };
    await expect(store().findings.record(scanOf(estate, 2), [poolFinding(2, 'low')], breaking)).rejects.toThrow(
      'a bug',
    );
    expect(await store().findings.open(estate)).toEqual([poolFinding(1, 'low')]);
    expect(await store().findings.scans(estate, 5)).toHaveLength(1);
  });

  test('scans recorded at the same time see one another: a finding is new to one of them', async () => {
    const estate = freshEstate();
    const numbers = [1, 2, 3, 4, 5, 6];
    const found = numbers.map((number) => poolFinding(number, 'low'));
    const record = (number: number) => store().findings.record(scanOf(estate, number), found, everything);
    const histories = await Promise.all(numbers.map(record));
    expect(histories.map((one) => [...one.values()].filter(({ isNew }) => isNew).length).sort()).toEqual([
      0, 0, 0, 0, 0, 6,
    ]);
    expect(await store().findings.events(estate, {}, 100)).toHaveLength(6);
  });

  test('counts a fingerprint given twice once', async () => {
    const estate = freshEstate();
    const histories = await store().findings.record(
      scanOf(estate, 1),
      [poolFinding(1, 'low'), poolFinding(1, 'high')],
      everything,
    );
    expect(histories.size).toBe(1);
    expect(await store().findings.open(estate)).toEqual([poolFinding(1, 'low')]);
  });

  test('records thousands of findings, and the same again without rewriting them', async () => {
    const estate = freshEstate();
    const many = Array.from({ length: 3000 }, (_, number) => makeFinding(number.toString(16).padStart(16, '0')));
    await store().findings.record(scanOf(estate, 1), many, everything);
    const before = (await store().sizes()).findings.bytes;
    const histories = await store().findings.record(scanOf(estate, 2), many, everything);
    expect([...histories.values()].every((history) => !history.isNew)).toBe(true);
    expect((await store().sizes()).findings.bytes - before).toBeLessThanOrEqual(before / 5);
    expect(await store().findings.open(estate)).toHaveLength(3000);
  });
}
