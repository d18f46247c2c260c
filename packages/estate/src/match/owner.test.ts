import { beforeAll, describe, expect, test } from 'vitest';
import type { Estate } from '../estate.ts';
import { loadEstate } from '../load/load-estate.ts';
import { connectors, northwind, packs } from '../testing/northwind.ts';
import { memoryTree } from '../tree/memory-tree.ts';
import { compileExclusions, ownerOf, workloadOf } from './owner.ts';

describe('who a resource belongs to', () => {
  let estate: Estate;
  beforeAll(async () => {
    const loaded = await loadEstate(memoryTree(northwind), { connectors, packs });
    if (!loaded.ok) throw new Error(loaded.problems[0]?.message);
    estate = loaded.value;
  });

  test('the workload whose selector matches, every field of it', () => {
    const api = { source: 'cluster', kind: 'apps/Deployment', key: 'wms/wms-api', layer: 'runtime' } as const;
    expect(workloadOf(estate, api)?.name).toBe('wms');
    expect(workloadOf(estate, { ...api, source: 'other' })).toBeUndefined();
    expect(workloadOf(estate, { ...api, key: 'erp/wms' })).toBeUndefined();
    expect(workloadOf(estate, { ...api, key: '{stage}/api', name: 'wms/api' })?.name).toBe('wms');
    expect(workloadOf(estate, { source: 'x', kind: 'aws_vpc', key: 'main', layer: 'network' })?.shared).toBe(true);
  });

  test('the last owner rule that matches, else the owner of the workload', () => {
    const table = {
      source: 'orders',
      kind: 'postgresql.table',
      key: 'public.shipment_line',
      layer: 'database',
    } as const;
    expect(ownerOf(estate, table)).toBe('team-data');
    expect(ownerOf(estate, { ...table, layer: 'erp' })).toBe('team-warehouse');
    expect(ownerOf(estate, { ...table, path: 'deploy/edge/ingress.yaml' })).toBe('team-edge');
    expect(ownerOf(estate, { ...table, layer: 'erp', key: 'public.invoice' })).toBeUndefined();
  });

  test('exclusions of a source', () => {
    const isExcluded = compileExclusions([{ kind: 'Event' }, { layer: 'secrets', key: 'tmp-*' }]);
    const resource = { source: 's', kind: 'Secret', key: 'tmp-1', layer: 'secrets' } as const;
    expect([
      isExcluded(resource),
      isExcluded({ ...resource, layer: 'runtime' }),
      isExcluded({ ...resource, kind: 'Event', key: 'x' }),
    ]).toEqual([true, false, true]);
  });
});
