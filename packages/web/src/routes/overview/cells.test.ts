import { expect, test } from 'vitest';
import type { MatrixCell } from '../../api/types.ts';
import { cellName, cellSearch, columnsOf, type OverviewRow, shownCell } from './cells.ts';

const cell = (environment: string, more: Partial<MatrixCell> = {}): MatrixCell => ({
  environment,
  open: 0,
  approved: 0,
  byVerdict: {},
  applies: true,
  complete: true,
  missing: [],
  owners: [],
  ...more,
});
const groups = [
  {
    id: 'eu',
    title: 'eu',
    environments: [
      { name: 'test', title: 'test', stage: 'test' },
      { name: 'staging-eu', title: 'staging', stage: 'staging', mirrors: 'production-eu' },
      { name: 'production-eu', title: 'production', stage: 'production' },
    ],
  },
  {
    id: 'acme',
    title: 'acme',
    environments: [{ name: 'tenant-acme', title: 'production', stage: 'production', mirrors: 'production-eu' }],
  },
];
const row: OverviewRow = {
  id: 'erp',
  title: 'ERP',
  trend: [],
  cells: [
    cell('test', { approved: 4 }),
    cell('staging-eu', {
      open: 2,
      verdict: 'parity',
      severity: 'medium',
      byVerdict: { parity: 2 },
      oldest: '2026-02-02T00:00:00Z',
      owners: ['erp'],
    }),
    cell('production-eu', {
      open: 1,
      verdict: 'drift',
      severity: 'critical',
      byVerdict: { drift: 1 },
      complete: false,
      missing: ['d365'],
      oldest: '2026-01-01T00:00:00Z',
      owners: ['erp'],
    }),
    cell('tenant-acme', { applies: false }),
  ],
};

test('an arrow is drawn where what is mirrored stands beside it', () => {
  expect(columnsOf(groups, []).map(({ id, arrow, firstOfGroup }) => [id, arrow, firstOfGroup])).toEqual([
    ['test', undefined, true],
    ['staging-eu', 'right', false],
    ['production-eu', undefined, false],
    ['tenant-acme', undefined, true],
  ]);
});

test('a folded group shows the worst, the sums and what is missing', () => {
  const [column] = columnsOf(groups, ['eu']);
  expect(shownCell(row, column!)).toMatchObject({
    mark: 'drift',
    severity: 'critical',
    open: 3,
    approved: 4,
    byVerdict: { drift: 1, parity: 2 },
    complete: false,
    missing: ['d365'],
    oldest: '2026-01-01T00:00:00Z',
    owners: ['erp'],
  });
});

test('what no source reads is empty, and what was not checked is never clean', () => {
  const [, , , tenant] = columnsOf(groups, []);
  expect(shownCell(row, tenant!).mark).toBeUndefined();
  expect(cellName(row, tenant!, shownCell(row, tenant!))).toBe('ERP in tenant-acme: not read');
  const blind = { ...row, cells: [cell('test', { complete: false, missing: ['d365'] })] };
  const [test] = columnsOf(groups, []);
  expect(shownCell(blind, test!).mark).toBe('not-checked');
});

test('a cell opens what it counts', () => {
  const [test, staging] = columnsOf(groups, []);
  expect(cellSearch('layer', row, test!, shownCell(row, test!))).toEqual({
    layer: 'erp',
    environment: 'test',
    state: 'approved',
  });
  expect(cellSearch('workload', row, staging!, shownCell(row, staging!))).toEqual({
    workload: 'erp',
    environment: 'staging-eu',
  });
  expect(cellName(row, staging!, shownCell(row, staging!))).toBe('ERP in staging-eu: 2 open, worst parity, medium');
});
