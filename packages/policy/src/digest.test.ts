import type { Policy } from '@leeway/core';
import { describe, expect, it } from 'vitest';
import { policiesDigest, splitByClock } from './digest.ts';

const base: Policy = {
  code: 'A1',
  title: 'A',
  severity: 'low',
  kinds: ['a'],
  expression: 'resource.size < params.most',
  message: 'm',
  remediation: 'r',
  params: { most: 1 },
  pack: 'p',
};
const timed: Policy = { ...base, code: 'A2', expression: 'now > now', usesNow: true };
const prod = { name: 'prod', dimensions: { stage: 'production' }, parameters: {} };
const test = { ...prod, name: 'test' };
const monday = '2026-03-02T00:00:00Z';
const tuesday = '2026-03-03T00:00:00Z';

describe('policiesDigest', () => {
  const digest = policiesDigest({ policies: [base] }, prod, monday);

  it('stays the same while nothing that counts moves', () => {
    expect(policiesDigest({ policies: [{ ...base }] }, { ...prod }, tuesday)).toBe(digest);
    const moved = { ...base, severity: 'high', remediation: 'else', place: { file: 'x', line: 2 } } as const;
    expect(policiesDigest({ policies: [moved] }, prod, monday)).toBe(digest);
    expect(policiesDigest({ policies: [base], parameters: { A1: { test: { most: 5 } } } }, prod, monday)).toBe(digest);
  });

  it('moves with expressions, messages, parameters and the environment', () => {
    const others = [
      policiesDigest({ policies: [{ ...base, expression: 'true' }] }, prod, monday),
      policiesDigest({ policies: [{ ...base, message: 'n' }] }, prod, monday),
      policiesDigest({ policies: [base], parameters: { A1: { '*': { most: 5 } } } }, prod, monday),
      policiesDigest({ policies: [base] }, test, monday),
      policiesDigest({ policies: [base, timed] }, prod, monday),
    ];
    expect(new Set([digest, ...others]).size).toBe(6);
  });

  it('moves with the clock once a policy uses it', () => {
    const set = { policies: [base, timed] };
    expect(policiesDigest(set, prod, monday)).not.toBe(policiesDigest(set, prod, tuesday));
    const { steady } = splitByClock(set);
    expect(policiesDigest(steady, prod, monday)).toBe(policiesDigest(steady, prod, tuesday));
  });
});

describe('splitByClock', () => {
  it('parts the policies that may be remembered from those that may not', () => {
    const { steady, timed: later } = splitByClock({ policies: [base, timed] });
    expect(steady.policies.map((policy) => policy.code)).toEqual(['A1']);
    expect(later.policies.map((policy) => policy.code)).toEqual(['A2']);
  });
});
