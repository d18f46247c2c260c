import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { RenderOptions } from './format.ts';
import { renderTable } from './table.ts';
import { finding, report } from './testing/build.ts';
import { expectGolden } from './testing/golden.ts';
import { clean, northwind } from './testing/northwind.ts';
import { measureWidth } from './text.ts';

const options: RenderOptions = { width: 80, colour: false, showApproved: false, version: '0.1.0' };
const render = (given: typeof northwind, over: Partial<RenderOptions> = {}) =>
  [...renderTable(given, { ...options, ...over })].join('');

describe('table', () => {
  it.each([60, 80, 120])('keeps within %i columns', (width) => {
    const wide = render(northwind, { width, showApproved: true })
      .split('\n')
      .filter((line) => measureWidth(line) > width && line.trim().includes(' '));
    expect(wide.filter((line) => !/ {2}\S+$/.test(line))).toEqual([]);
  });

  it('uses more room where there is more', () => {
    expectGolden('northwind-120.table', render(northwind, { width: 120, showApproved: true }));
  });

  it('says a clean estate in two quiet lines', () => {
    expect(
      render({ ...clean, approved: [], approvals: [] })
        .trimEnd()
        .split('\n'),
    ).toHaveLength(3);
    expect(
      render({ ...clean, approved: [], approvals: [] }, { width: 110 })
        .trimEnd()
        .split('\n'),
    ).toHaveLength(2);
  });

  it('says without colour all it says with colour, and marks differences with carets instead', () => {
    const withoutCarets = (text: string) => text.replace(/\n +\^[ ^]*(?=\n)/g, '');
    const plain = render(northwind);
    expect(stripVTControlCharacters(render(northwind, { colour: true }))).toBe(withoutCarets(plain));
    expect(plain).toBe(stripVTControlCharacters(plain));
    expect(plain).toContain('^');
  });

  it('shows one row for one cause, with its blast radius', () => {
    expect(render(northwind).match(/Deployment wms-api runs image/g)).toHaveLength(1);
    expect(render(northwind)).toContain('also in staging-eu and test · 3 resources');
  });

  it('announces an approval that ends soon whether or not approved ones are listed', () => {
    expect(render(northwind)).toContain('Approved difference staging-sizing');
    expect(render(northwind)).not.toContain('Staging runs at a third');
    expect(render(northwind, { showApproved: true })).toContain('Staging runs at a third');
  });

  it('shows where a long value differs and how much was left out', () => {
    const value = (middle: string) => `${'a '.repeat(900)}${middle}${' z'.repeat(900)}`;
    const found = finding({
      environment: 'test',
      layer: 'database',
      kind: 'postgresql.function',
      key: 'orders.release',
      expected: { from: 'declared', present: true, value: value('commit') },
      actual: { from: 'observed', present: true, value: value('rollback') },
      headline: 'Function release differs.',
    });
    const text = render(report({ findings: [found] }));
    expect(text).toContain('commit');
    expect(text).toContain('rollback');
    expect(text).toMatch(/…1760 more\s+(a\s+)+commit/);
    expect(text.length).toBeLessThan(3_000);
  });
});
