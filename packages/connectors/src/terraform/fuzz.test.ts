import { readFileSync } from 'node:fs';
import { runScenario } from '@leeway/connector-kit/testing/scenario.ts';
import type { Json } from '@leeway/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { connector } from './index.ts';

const documents = [
  'terraform-data.state.json',
  'terraform-data.tfstate',
  'terraform-data.plan.json',
  'aws.plan.json',
].map((name): Json => JSON.parse(readFileSync(new URL(`recordings/${name}`, import.meta.url), 'utf8')));

/** The document with the value at one place, found by following the numbers, replaced or taken away. */
function damage(value: Json, route: readonly number[], instead: Json | undefined): Json {
  const [step, ...rest] = route;
  if (step === undefined || typeof value !== 'object' || value === null) return instead ?? null;
  const keys = Object.keys(value);
  const key = keys[step % Math.max(1, keys.length)];
  if (key === undefined) return instead ?? null;
  const entries = Object.entries(value).flatMap(([name, field]) => {
    if (name !== key) return [[name, field] as const];
    if (rest.length === 0 && instead === undefined) return [];
    return [[name, damage(field as Json, rest, instead)] as const];
  });
  return Array.isArray(value) ? entries.map(([, field]) => field) : Object.fromEntries(entries);
}

const instead = fc.option(
  fc.oneof(fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>, fc.constant<Json>({ ['__proto__']: 1 })),
  { nil: undefined },
);

describe('damaged states and plans', () => {
  it('give resources or coded problems, never an exception, and complete only without problems', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...documents),
        fc.array(fc.nat(30), { minLength: 1, maxLength: 7 }),
        instead,
        fc.constantFrom(
          { state: '*' },
          { plan: '*' },
          { plan: '*', side: 'applied' },
          { plan: '*', side: 'refreshed' },
        ),
        async (document, route, value, settings) => {
          const files = { 'x.json': JSON.stringify(damage(document, route, value)) };
          const run = await runScenario(connector, { name: 'x', settings, files });
          expect(run.notices.every(({ problem }) => problem.code === 'LW2009')).toBe(true);
          expect(run.complete).toEqual(run.notices.length > 0 ? [] : ['*']);
        },
      ),
      { numRuns: 150 },
    );
  });
});
