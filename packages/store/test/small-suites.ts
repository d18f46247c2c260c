import { contentIdBytes } from '@leeway/core';
import { expect, test } from 'vitest';
import { toHex } from '../src/sql/values.ts';
import type { LeewayStore } from '../src/store.ts';
import { bytesOf, makeChunks, minute } from './make.ts';

const violation = {
  code: 'NET001',
  severity: 'high',
  message: 'open to 0.0.0.0/0\nline two',
  remediation: '',
  path: '/ingress',
} as const;

export function testPolicyResults(store: () => LeewayStore): void {
  test('keeps results by policies and chunk; what was never evaluated is absent, not empty', async () => {
    const policies = toHex(bytesOf(8));
    const [clean, dirty, unknown] = [1, 2, 3].map(() => toHex(bytesOf(contentIdBytes))) as [string, string, string];
    const results = new Map([
      [clean, {}],
      [dirty, { '0011223344556677': [violation] }],
    ]);
    await store().policyResults.put(policies, results as never);
    const asked = [unknown, dirty, clean, dirty];
    expect(await store().policyResults.get(policies, asked)).toEqual(results);
    expect(await store().policyResults.get('other', asked)).toEqual(new Map());
    expect(await store().policyResults.get(policies, [])).toEqual(new Map());
    await store().policyResults.put(policies, new Map());
  });

  test('a later result replaces an earlier one', async () => {
    const policies = toHex(bytesOf(8));
    const chunk = toHex(bytesOf(contentIdBytes));
    await store().policyResults.put(policies, new Map([[chunk, {}]]));
    const results = new Map([[chunk, { ffffffffffffffff: [violation] }]]);
    await store().policyResults.put(policies, results as never);
    expect(await store().policyResults.get(policies, [chunk])).toEqual(results);
  });

  test('takes as many as a large estate has', async () => {
    const policies = toHex(bytesOf(8));
    const ids = Array.from({ length: 10_000 }, () => toHex(bytesOf(contentIdBytes)));
    await store().policyResults.put(policies, new Map(ids.map((id) => [id, {}])));
    expect((await store().policyResults.get(policies, ids)).size).toBe(10_000);
  });
}

export function testDeployments(store: () => LeewayStore, freshEstate: () => string): void {
  test('the latest deployment is the newest by time, and the later recorded of two at once', async () => {
    const estate = freshEstate();
    const place = { estate, environment: 'production', source: 'cluster' };
    const latest = () => store().deployments.latest(estate, 'production', 'cluster');
    expect(await latest()).toBeUndefined();
    await store().deployments.record({ ...place, revision: 'b', at: minute(5), actor: 'ci' });
    await store().deployments.record({ ...place, revision: 'a', at: minute(2) });
    expect(await latest()).toEqual({ ...place, revision: 'b', at: minute(5), actor: 'ci' });
    await store().deployments.record({ ...place, revision: 'c', at: minute(5) });
    expect(await latest()).toEqual({ ...place, revision: 'c', at: minute(5) });
    await store().deployments.record({ ...place, source: 'other', revision: 'd', at: minute(9) });
    expect((await latest())?.revision).toBe('c');
  });
}

export function testSizes(store: () => LeewayStore): void {
  test('reports rows and bytes by part', async () => {
    const before = await store().sizes();
    await store().chunks.putChunks(makeChunks(2000, []));
    const after = await store().sizes();
    expect(after.chunks.rows - before.chunks.rows).toBe(2000);
    expect(after.chunks.bytes).toBeGreaterThan(before.chunks.bytes);
    expect(after.packs).toEqual(before.packs);
  });
}
