import { type Json, type JsonObject, type ProblemCode, problemRegistry } from '@leeway/core';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Connector } from './connector.ts';
import { findKind } from './kind-name.ts';
import { maskSecrets } from './mask/mask-secrets.ts';
import { fileFaults } from './testing/file-faults.ts';
import { httpFaults } from './testing/http-faults.ts';
import { kindFaults, readingFaults } from './testing/invariants.ts';
import { type Run, type RunOptions, runScenario, type Scenario, testSeal, withScenario } from './testing/scenario.ts';
import { shuffle, shuffleFiles, shuffleRecordings } from './testing/shuffle.ts';
import { testWriting, type WriteCase } from './testing/test-writing.ts';

export type { Scenario } from './testing/scenario.ts';
export type { WriteCase } from './testing/test-writing.ts';

/** A way to fail of the connector's own (a database that refuses, a wrong password), run like a scenario. */
export interface Failure extends Scenario {
  /** Codes of which one must be reported. */
  readonly codes: readonly ProblemCode[];
}

export interface ContractOptions {
  readonly scenarios: readonly Scenario[];
  /** Markers planted as secrets in the scenarios' inputs: they must not come out anywhere. */
  readonly secrets?: readonly string[];
  readonly failures?: readonly Failure[];
  /** At least one where the connector writes. */
  readonly writes?: readonly WriteCase[];
}

/** Requests of one scenario that are disturbed one at a time. */
const disturbedRequests = 12;

/**
 * The suite every connector runs from its own test file. It holds what PRODUCT.md promises of reading: the same bytes
 * for the same system, "not looked" never said as "not there", no secret let out, no failure that throws or hangs.
 */
export function testConnector<Settings>(
  name: string,
  given: Connector<Settings>,
  { scenarios, secrets = [], failures = [], writes = [] }: ContractOptions,
): void {
  // The suite parses settings itself and hands them back untouched, so their type does not matter to it.
  const connector: Connector = given;
  describe(`connector ${name}`, () => {
    testDeclaration(connector, scenarios);
    describe.each(scenarios.map((scenario) => [scenario.name, scenario] as const))('%s', (_, scenario) => {
      testReading(connector, scenario, secrets);
      testCancelled(connector, scenario);
      if (scenario.recordings) testHttpFaults(connector, scenario, secrets);
      if (scenario.files) testFileFaults(connector, scenario, secrets);
    });
    for (const failure of failures) testFailure(connector, failure, secrets);
    it('shows each way of writing it has', () => expect(writes.length > 0).toBe(connector.write !== undefined));
    describe.each(writes.map((write) => [write.name, write] as const))('writing %s', (_, write) => {
      testWriting(connector, write, secrets);
    });
  });
}

function testDeclaration(connector: Connector, scenarios: readonly Scenario[]): void {
  it('is declared properly', () => {
    expect(connector.id).toMatch(/^[a-z][a-z0-9-]*$/);
    expect(connector.title.trim()).not.toBe('');
    expect(connector.summary).toMatch(/^[A-Z].*\.$/);
    expect(connector.kinds.flatMap(kindFaults)).toEqual([]);
    const names = connector.kinds.map((kind) => kind.name);
    expect(names.filter((kind, index) => names.indexOf(kind) !== index)).toEqual([]);
  });

  it('has settings that editors can complete and that refuse unknown fields by name', () => {
    expect(() => z.toJSONSchema(connector.settings, { io: 'input' })).not.toThrow();
    for (const { settings } of scenarios) {
      const refused = connector.settings.safeParse({ ...(settings as object), noSuchField: 1 });
      expect(refused.success).toBe(false);
      expect(refused.error && z.prettifyError(refused.error)).toContain('noSuchField');
    }
    expect(connector.settings.safeParse(null).success).toBe(false);
    expect(connector.settings.safeParse([]).success).toBe(false);
  });
}

function testReading(connector: Connector, scenario: Scenario, secrets: readonly string[]): void {
  it('reads everything and calls it complete', async () => {
    const run = await runScenario(connector, scenario);
    expect(run.notices).toEqual([]);
    expect(readingFaults(connector, run.readings)).toEqual([]);
    expect(run.complete.length).toBeGreaterThan(0);
    if (scenario.resources === undefined) expect(run.resources.length).toBeGreaterThan(0);
    else expect(run.resources).toHaveLength(scenario.resources);
    expectUnique(run);
    expectNoSecret(connector, run, secrets);
  });

  it('asks for what was recorded and nothing else', async () => {
    const { transport } = await runScenario(connector, scenario);
    expect(transport.unexpected).toEqual([]);
    expect(transport.unread()).toEqual([]);
  });

  it('gives the same bytes again, and for shuffled files and pages', async () => {
    const { lists = [], files = {}, recordings = [] } = scenario;
    const first = bytesOf(await runScenario(connector, scenario));
    expect(bytesOf(await runScenario(connector, scenario))).toBe(first);
    const shuffled: RunOptions = {
      files: shuffleFiles(files, lists),
      filesOptions: { order: shuffle },
      recordings: shuffleRecordings(recordings, lists),
    };
    expect(bytesOf(await runScenario(connector, scenario, shuffled))).toBe(first);
  });

  it('checks what it may read without telling a secret', async () => {
    const lines = await withScenario(connector, scenario, {}, (settings, context) =>
      connector.check(settings, context),
    );
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.filter((line) => !line.ok)).toEqual([]);
    for (const secret of secrets) expect(JSON.stringify(lines)).not.toContain(secret);
  });

  it('declares kinds whose rules hold for what was read', async () => {
    const { resources } = await runScenario(connector, scenario);
    for (const { kind: kindName, attributes } of resources) {
      const kind = findKind(connector.kinds, kindName);
      if (kind?.normalize) {
        const once = kind.normalize(attributes, kindName);
        expect(kind.normalize(once, kindName)).toEqual(once);
      }
      if (kind?.describe) for (const change of sampleChanges(attributes)) kind.describe({ kind, name: 'x', ...change });
    }
  });
}

function testCancelled(connector: Connector, scenario: Scenario): void {
  it('ends at once when it is cancelled before it began', async () => {
    const run = await runScenario(connector, scenario, { cancelled: true });
    expect(run.notices.map(({ problem }) => problem.code)).toContain('LW3010');
    expect(run.complete).toEqual([]);
  });
}

function testHttpFaults(connector: Connector, scenario: Scenario, secrets: readonly string[]): void {
  describe.each(httpFaults.map((fault) => [fault.name, fault] as const))('answered with %s', (_, fault) => {
    it('says so and calls nothing complete', async () => {
      const run = await runScenario(connector, scenario, {
        disturb: (_index, answer, around) => fault.answer({ answer, ...around }),
      });
      expectNoticed(connector, run, fault.codes);
      expect(run.complete).toEqual([]);
      expectNoSecret(connector, run, secrets);
    });

    it('says so whichever request is hit', async () => {
      const { transport } = await runScenario(connector, scenario);
      for (let hit = 1; hit < Math.min(transport.requests.length, disturbedRequests); hit += 1) {
        const run = await runScenario(connector, scenario, {
          // From the hit request on: a retry must not find the system healed.
          disturb: (index, answer, around) => (index < hit ? answer : fault.answer({ answer, ...around })),
        });
        expectNoticed(connector, run, fault.codes);
      }
    });

    it('is checked without throwing', async () => {
      const options: RunOptions = { disturb: (_index, answer, around) => fault.answer({ answer, ...around }) };
      const lines = await withScenario(connector, scenario, options, (settings, context) =>
        connector.check(settings, context),
      );
      if (!fault.subtle) expect(lines.some((line) => !line.ok && line.problem !== undefined)).toBe(true);
    });
  });
}

function testFileFaults(connector: Connector, scenario: Scenario, secrets: readonly string[]): void {
  const encode = (content: string | Uint8Array) =>
    typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const cases = Object.entries(scenario.files ?? {}).flatMap(([path, content]) =>
    fileFaults.flatMap((fault) => {
      const bytes = scenario.tolerates?.[fault.name] === undefined ? fault.damage(encode(content), path) : undefined;
      return bytes ? [{ path, fault: fault.name, bytes }] : [];
    }),
  );
  it.each(cases)('$path: $fault gives a notice with its place', async ({ path, fault, bytes }) => {
    const run = await runScenario(connector, scenario, {
      files: { ...scenario.files, [path]: bytes },
      ...(fault === 'missing' && { filesOptions: { missing: new Set([path]) } }),
    });
    if (!run.tree.touched.has(path)) return;
    const notice = run.notices.find(({ problem }) => problem.place?.file === path);
    expect(notice?.problem.code).toMatch(/^LW2/);
    if (notice?.problem.code === 'LW2005') expect(notice.problem.place?.line).toBeGreaterThan(0);
    expectNoticed(connector, run, [notice!.problem.code]);
    expectNoSecret(connector, run, secrets);
  });
}

function testFailure(connector: Connector, failure: Failure, secrets: readonly string[]): void {
  it(`${failure.name}: says so and calls nothing complete`, async () => {
    const run = await runScenario(connector, failure);
    expectNoticed(connector, run, failure.codes);
    expectNoSecret(connector, run, secrets);
  });
}

function expectNoticed(connector: Connector, run: Run, codes: readonly ProblemCode[]): void {
  expect(run.notices.map(({ problem }) => problem.code)).toEqual(
    expect.arrayContaining([expect.toBeOneOf([...codes])]),
  );
  expect(readingFaults(connector, run.readings)).toEqual([]);
  for (const { problem } of run.notices) {
    expect(problemRegistry).toHaveProperty(problem.code);
    // A value the message needs and did not get stays in braces.
    expect(`${problem.message} ${problem.hint}`).not.toMatch(/\{\w+\}/);
  }
}

function expectUnique({ resources }: Run): void {
  const names = resources.map(({ kind, key }) => `${kind} ${key}`);
  expect(names.filter((found, index) => names.indexOf(found) !== index)).toEqual([]);
}

/** No marker in what leaves the process: resources after masking, everything else as it is. */
function expectNoSecret(connector: Connector, run: Run, secrets: readonly string[]): void {
  const masked = run.readings.map((reading) => {
    if (reading.type !== 'resource') return reading;
    const kind = findKind(connector.kinds, reading.resource.kind);
    return kind ? maskSecrets(reading.resource, kind, testSeal) : reading;
  });
  const text = JSON.stringify(masked);
  for (const secret of secrets) expect(text).not.toContain(secret);
}

/** The resources by kind and key, as text. */
function bytesOf({ resources, complete, notices }: Run): string {
  const sorted = resources.toSorted((a, b) => compareText(`${a.kind} ${a.key}`, `${b.kind} ${b.key}`));
  return JSON.stringify([sorted.map(sortKeys), complete.toSorted(), notices], null, 1);
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => compareText(a, b))
      .map(([key, field]) => [key, sortKeys(field)]),
  );
}

/** Changes a describer must survive: the whole resource, and each field on either side. */
function sampleChanges(attributes: JsonObject) {
  const whole = { path: '', before: attributes as Json, after: undefined };
  const fields = Object.entries(attributes).flatMap(([key, value]) => [
    { path: `/${key}`, before: value, after: undefined },
    { path: `/${key}`, before: undefined, after: value },
    { path: `/${key}`, before: null, after: value },
  ]);
  return [whole, { ...whole, before: undefined, after: attributes as Json }, ...fields];
}
