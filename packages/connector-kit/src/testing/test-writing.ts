import type { Result } from '@leeway/core';
import { expect, it } from 'vitest';
import type { Connector, WriteChange, Written } from '../connector.ts';
import { httpFaults } from './http-faults.ts';
import type { RecordedTransport } from './recorded-transport.ts';
import { type RunOptions, type Scenario, withScenario } from './scenario.ts';

/** One change to write. Its settings allow writing; its recordings hold every request of the write. */
export interface WriteCase extends Scenario {
  readonly change: WriteChange;
}

interface Outcome {
  readonly result: Result<Written>;
  readonly transport: RecordedTransport;
}

/** What PRODUCT.md promises of writing: only when allowed, never over a value that moved, never "done" when it was not. */
export function testWriting(connector: Connector, given: WriteCase, secrets: readonly string[]): void {
  const { change } = given;

  it('replaces the expected value', async () => {
    const { result, transport } = await write(connector, given, change);
    expect(result).toMatchObject({ ok: true });
    expect(result.ok && result.value.before).toEqual(change.expected);
    expect(result.ok && result.value.after).toEqual(change.value);
    expect(transport.unexpected).toEqual([]);
    expect(transport.unread()).toEqual([]);
    expectSilent(result, secrets);
  });

  it('leaves a value alone that moved, and what is not there', async () => {
    const whole = await write(connector, given, change);
    const moved = await write(connector, given, { ...change, expected: 'a value nobody ever set' });
    expect(codesOf(moved.result)).toEqual(['LW3161']);
    // What was not asked cannot have written.
    expect(moved.transport.requests.length).toBeLessThan(Math.max(1, whole.transport.requests.length));
    const gone = await write(connector, given, { ...change, key: 'a resource nobody ever made' });
    expect(codesOf(gone.result)).toEqual(['LW3163']);
    expectSilent(moved.result, secrets);
  });

  it('refuses unless the settings allow it, asking nothing', async () => {
    const { writable: _, ...settings } = given.settings as Readonly<Record<string, unknown>>;
    const { result, transport } = await write(connector, { ...given, settings }, change);
    expect(codesOf(result)).toEqual(['LW3160']);
    expect(transport.requests).toEqual([]);
  });

  it.each(httpFaults.map((fault) => [fault.name, fault] as const))(
    'is not done when answered with %s',
    async (_, fault) => {
      const { transport } = await write(connector, given, change);
      for (let hit = 0; hit < transport.requests.length; hit += 1) {
        const { result } = await write(connector, given, change, {
          disturb: (index, answer, around) => (index < hit ? answer : fault.answer({ answer, ...around })),
        });
        // Some systems answer a write without a body: there is nothing in it to damage.
        if (hit < transport.requests.length - 1 || !result.ok)
          expect(codesOf(result)).toEqual([expect.toBeOneOf([...fault.codes])]);
        expectSilent(result, secrets);
      }
    },
  );
}

function write(
  connector: Connector,
  scenario: Scenario,
  change: WriteChange,
  options: RunOptions = {},
): Promise<Outcome> {
  return withScenario(connector, scenario, options, async (settings, context, { transport }) => {
    if (!connector.write) throw new Error(`${connector.id} does not write`);
    return { result: await connector.write(change, settings, context), transport };
  });
}

const codesOf = (result: Result<Written>) => (result.ok ? [] : result.problems.map(({ code }) => code));

function expectSilent(result: Result<Written>, secrets: readonly string[]): void {
  for (const secret of secrets) expect(JSON.stringify(result)).not.toContain(secret);
}
