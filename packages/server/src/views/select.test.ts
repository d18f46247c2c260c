import { layers, severities, verdicts } from '@leeway/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Principal } from '../identity/principal.ts';
import { tallyCells } from './cells.ts';
import type { Entry } from './entry.ts';
import { findingSorts, groupEntries, pageOfRows, rankRows } from './rows.ts';
import { selectEntries, sightIn, stateOf } from './select.ts';

const now = Date.parse('2026-11-30T12:00:00Z');
const environments = ['production-eu', 'staging-eu', 'test'];
const workloads = ['erp', 'wms', undefined] as const;

const someEntries: fc.Arbitrary<Entry[]> = fc
  .array(
    fc.record({
      cause: fc.constantFrom('c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7'),
      verdict: fc.constantFrom(...verdicts),
      severity: fc.constantFrom(...severities),
      environment: fc.constantFrom(...environments),
      layer: fc.constantFrom(...layers),
      workload: fc.constantFrom(...workloads),
      silenced: fc.boolean(),
      day: fc.integer({ min: 1, max: 29 }),
      snoozed: fc.boolean(),
    }),
    { maxLength: 40 },
  )
  .map((all) => all.map(entryOf));

function entryOf(
  {
    day,
    snoozed,
    workload,
    ...rest
  }: Pick<Entry, 'cause' | 'verdict' | 'severity' | 'environment' | 'layer' | 'silenced'> & {
    readonly workload: string | undefined;
    readonly day: number;
    readonly snoozed: boolean;
  },
  at: number,
): Entry {
  return {
    ...rest,
    ...(workload !== undefined && { workload }),
    ...(snoozed && { handled: { snoozedUntil: '2026-12-24T00:00:00Z' } }),
    ...{ fingerprint: `f${at}`, source: 'erp', kind: 'erp.parameter', key: `k${at}`, name: `k${at}`, path: 'value' },
    headline: [],
    firstSeen: `2026-11-${String(day).padStart(2, '0')}T00:00:00Z`,
    resource: `erp.parameter\nk${at}`,
    text: `k${at}`,
  } as Entry;
}

const everything = () => true;
const sum = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((all, one) => all + one, 0);

describe('findings that are asked for', () => {
  it('are counted in facets that add up to what is taken', () => {
    fc.assert(
      fc.property(someEntries, (entries) => {
        const { entries: taken, facets } = selectEntries(entries, { state: 'open' }, everything, now);
        for (const name of ['verdict', 'severity', 'environment', 'layer'] as const) {
          expect(sum(facets[name])).toBe(taken.length);
        }
        expect(sum(facets.workload)).toBe(taken.filter(({ workload }) => workload !== undefined).length);
      }),
    );
  });

  it('leave in a facet what choosing its other values would give', () => {
    fc.assert(
      fc.property(someEntries, fc.constantFrom(...environments), (entries, environment) => {
        const chosen = { state: 'open', severity: ['high'] } as const;
        const { facets } = selectEntries(entries, { ...chosen, environment: ['test'] }, everything, now);
        const other = selectEntries(entries, { ...chosen, environment: [environment] }, everything, now);
        expect(facets.environment[environment] ?? 0).toBe(other.entries.length);
      }),
    );
  });

  it('lie within what somebody may see, and so do their counts', () => {
    const owner: Principal = {
      ...{ id: 'person:1', kind: 'person', name: 'a.jansen' },
      grants: [{ role: 'application-owner', environments: ['production-*'], workloads: ['wms'] }],
    };
    fc.assert(
      fc.property(someEntries, (entries) => {
        const { entries: taken, facets } = selectEntries(entries, { state: 'open' }, sightIn(owner, environments), now);
        const seen = entries.filter(
          (entry) =>
            entry.environment === 'production-eu' && entry.workload === 'wms' && stateOf(entry, now) === 'open',
        );
        expect(taken).toEqual(seen);
        expect(facets.environment).toEqual(seen.length === 0 ? {} : { 'production-eu': seen.length });
        expect(Object.keys(facets.workload)).toEqual(seen.length === 0 ? [] : ['wms']);
      }),
    );
  });
});

describe('pages of rows', () => {
  it('make up the whole list, without repeats, in every order', () => {
    fc.assert(
      fc.property(someEntries, fc.constantFrom(...findingSorts), fc.integer({ min: 1, max: 4 }), (all, sort, limit) => {
        const rows = rankRows(groupEntries(all), sort);
        const causes: string[] = [];
        let cursor: string | undefined;
        for (let pages = 0; pages <= rows.length; pages++) {
          const page = pageOfRows(rows, sort, { cursor, limit });
          causes.push(...page.rows.map(({ head }) => head.cause));
          cursor = page.next;
          if (cursor === undefined) break;
        }
        expect(causes).toEqual(rows.map(({ row }) => row.head.cause));
        expect(new Set(causes).size).toBe(causes.length);
      }),
    );
  });

  it('refuse a cursor of another order', () => {
    const rest = { verdict: 'drift', severity: 'high', environment: 'test', layer: layers[0] } as const;
    const all = ['c1', 'c2'].map((cause, at) =>
      entryOf({ ...rest, cause, silenced: false, workload: undefined, day: 1, snoozed: false }, at),
    );
    const rows = rankRows(groupEntries(all), 'newest');
    const { next } = pageOfRows(rows, 'newest', { limit: 1 });
    expect(next).toBeDefined();
    expect(() => pageOfRows(rows, 'oldest', { cursor: next, limit: 1 })).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code: 'LW8004' }) }),
    );
  });
});

describe('cells', () => {
  it('add up to what is open and what is approved', () => {
    fc.assert(
      fc.property(someEntries, (entries) => {
        const cells = [...tallyCells(entries, ({ environment }) => environment, now).values()];
        const inState = (state: string) => entries.filter((entry) => stateOf(entry, now) === state).length;
        expect(cells.reduce((all, { open }) => all + open, 0)).toBe(inState('open'));
        expect(cells.reduce((all, { approved }) => all + approved, 0)).toBe(inState('approved'));
        for (const { open, byVerdict } of cells) expect(sum(byVerdict as Record<string, number>)).toBe(open);
      }),
    );
  });
});
