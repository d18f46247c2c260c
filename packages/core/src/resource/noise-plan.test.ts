import { describe, expect, it } from 'vitest';
import type { Kind, Noise } from './kind.ts';
import { fieldPlan, type NoisePlan, noisePlan } from './noise-plan.ts';

const kindWith = (noise: Noise): Kind => ({ name: 'test.kind', title: 'Test', layer: 'runtime', version: 1, noise });

/** The plan at a path; `*` is an item of a list. */
function planAt(kind: Kind, path: readonly string[]): NoisePlan | null {
  let plan = noisePlan(kind);
  for (const key of path) plan = plan && (key === '*' ? plan.item : fieldPlan(plan, key));
  return plan;
}

describe('noisePlan', () => {
  it('follows names, items and any depth', () => {
    const kind = kindWith({ computed: ['/status', '/spec/*/id', '/**/uid'], unordered: ['/spec'] });
    expect(planAt(kind, ['status'])?.computed).toBe(true);
    expect(planAt(kind, ['spec'])).toMatchObject({ unordered: true, computed: false });
    expect(planAt(kind, ['spec', '*', 'id'])?.computed).toBe(true);
    expect(planAt(kind, ['a', 'b', '*', 'uid'])?.computed).toBe(true);
    expect(planAt(kind, ['spec', '*', 'name'])).toMatchObject({ computed: false, plain: true });
  });

  it('is null where no rule can reach below', () => {
    const kind = kindWith({ secret: ['/data/*'] });
    expect(planAt(kind, ['metadata'])).toBeNull();
    expect(planAt(kind, ['data', 'key', 'x'])).toBeNull();
    expect(noisePlan(kindWith({}))).toBeNull();
  });

  it('gives overlapping patterns one answer', () => {
    const kind = kindWith({ defaults: { '/a': 1, '/*': 2 }, identity: { '/*': ['name'], '/a': ['id'] } });
    expect(planAt(kind, ['a'])).toMatchObject({ defaults: [1, 2], identity: ['id'] });
  });

  it('makes only the states a resource leads to: all of these together would be a thousand million', () => {
    const names = Array.from({ length: 30 }, (_, index) => `n${index}`);
    const kind = kindWith({ computed: names.map((name) => `/**/${name}/**/end`) });
    expect(planAt(kind, ['n7', 'x', 'end'])?.computed).toBe(true);
    expect(planAt(kind, ['x', 'end'])?.computed).toBe(false);
    expect(planAt(kind, [...names, 'end'])?.computed).toBe(true);
  });
});
