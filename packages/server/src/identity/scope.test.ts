import { describe, expect, test } from 'vitest';
import type { Grant, Permission } from './permissions.ts';
import { may, type Principal } from './principal.ts';
import { scopesOf, seesAll, sightOver, visible } from './scope.ts';

const withGrants = (grants: readonly Grant[], limits?: Principal['limits']): Principal => ({
  id: 'person:1',
  kind: 'person',
  name: 'a.jansen',
  grants,
  ...(limits && { limits }),
});
const names = ['production-eu', 'production-us', 'staging-eu', 'test'];
const at = (environment: string | undefined, workload?: string) => ({ environment, workload });

describe('somebody without scope', () => {
  const viewer = withGrants([{ role: 'viewer' }]);
  test('sees everything, and does nothing', () => {
    expect(visible(viewer, at('test', 'wms'))).toBe(true);
    expect(visible(viewer, at(undefined))).toBe(true);
    expect(seesAll(viewer)).toBe(true);
    expect(sightOver(viewer, names)).toEqual([{ environments: names }]);
    expect(visible(viewer, at('test', 'wms'), 'findings:act')).toBe(false);
    expect(scopesOf(viewer, 'findings:act')).toEqual([]);
  });
});

describe('somebody with a scope', () => {
  const owner = withGrants([
    { role: 'application-owner', environments: ['production-*'], workloads: ['wms', 'edi-*'] },
  ]);
  test('sees what lies in all parts of it', () => {
    expect(visible(owner, at('production-eu', 'wms'))).toBe(true);
    expect(visible(owner, at('production-us', 'edi-orders'))).toBe(true);
    expect(visible(owner, at('production-us', 'erp'))).toBe(false);
    expect(visible(owner, at('test', 'wms'))).toBe(false);
    expect(seesAll(owner)).toBe(false);
    expect(sightOver(owner, names)).toEqual([
      { environments: ['production-eu', 'production-us'], workloads: ['wms', 'edi-*'] },
    ]);
  });

  test('does not get at what belongs to no workload or no environment', () => {
    expect(visible(owner, at('production-eu', undefined))).toBe(false);
    expect(visible(owner, at(undefined, 'wms'))).toBe(false);
    expect(may(owner, 'approvals:request', { environment: 'production-eu', workload: undefined })).toBe(false);
  });

  test('may do something anywhere, and somewhere in an environment', () => {
    expect(may(owner, 'approvals:request')).toBe(true);
    expect(may(owner, 'approvals:request', { environment: 'production-eu' })).toBe(true);
    expect(may(owner, 'approvals:request', { environment: 'test' })).toBe(false);
    expect(may(owner, 'approvals:decide')).toBe(false);
  });

  test('does not add up halves of two grants', () => {
    const both = withGrants([
      { role: 'viewer' },
      { role: 'approver', environments: ['test'] },
      { role: 'application-owner', workloads: ['wms'] },
    ]);
    expect(visible(both, at('production-eu', 'erp'))).toBe(true);
    expect(may(both, 'approvals:decide', at('test', 'erp'))).toBe(true);
    expect(may(both, 'approvals:decide', at('production-eu', 'wms'))).toBe(false);
    expect(may(both, 'scans:run', at('production-eu', 'wms'))).toBe(true);
    expect(may(both, 'scans:run', at('test', 'erp'))).toBe(false);
  });
});

describe('a token', () => {
  const limits = { permissions: ['findings:read'] as readonly Permission[], environments: ['*-eu'] };
  const token = withGrants([{ role: 'admin' }, { role: 'viewer', environments: ['production-*'] }], limits);
  test('has no more than it was given, whatever its owner has', () => {
    expect(visible(token, at('staging-eu', 'wms'))).toBe(true);
    expect(visible(token, at('test', 'wms'))).toBe(false);
    expect(visible(token, at(undefined))).toBe(false);
    expect(may(token, 'access:manage')).toBe(false);
    expect(seesAll(token)).toBe(false);
    expect(sightOver(token, names)).toEqual([
      { environments: ['production-eu', 'staging-eu'] },
      { environments: ['production-eu'] },
    ]);
  });
  test('is never wider than its owner', () => {
    const narrow = withGrants([{ role: 'viewer', environments: ['test'] }], { ...limits, environments: [] });
    expect(visible(narrow, at('production-eu'))).toBe(false);
    expect(visible(narrow, at('test'))).toBe(true);
  });
});

test('nobody without grants has anything', () => {
  const nobody = withGrants([]);
  expect(visible(nobody, at('test'))).toBe(false);
  expect(sightOver(nobody, names)).toEqual([]);
  expect(may(nobody, 'findings:read')).toBe(false);
});
