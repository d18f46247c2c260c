import { describe, expect, it } from 'vitest';
import type { RenderOptions } from './format.ts';
import { formats } from './formats.ts';
import { expectGolden } from './testing/golden.ts';
import { clean, hostile, northwind, twoFiles } from './testing/northwind.ts';

const options: RenderOptions = { width: 80, colour: false, showApproved: false, version: '0.1.0' };
const reports = { northwind, clean, 'two-files': twoFiles, hostile };

describe.each(formats)('format $name', (format) => {
  const render = (report: typeof northwind, over: Partial<RenderOptions> = {}) =>
    [...format.render(report, { ...options, ...over })].join('');

  it.each(Object.entries(reports))('writes %s as the golden file says', (name, report) => {
    expectGolden(`${name}.${format.name}`, render(report));
  });

  it('lists approved differences with their record when asked', () => {
    const text = render(northwind, { showApproved: true });
    expect(text).toContain('staging-sizing');
    if (format.name !== 'json')
      expect(text.replaceAll(/<\/?b\b[^>]*>|`/g, '')).toContain('2 replicas in staging-eu, 6 in production-eu');
  });

  it('ends with a line end and is the same twice', () => {
    expect(render(northwind)).toMatch(/\n$/);
    expect(render(northwind)).toBe(render(structuredClone(northwind)));
  });

  it('lets no control or direction-changing character of a live system through', () => {
    const allowed = format.name === 'csv' ? /\r\n/g : /\n/g;
    const text = render(hostile, { showApproved: true }).replace(allowed, '');
    expect(text).not.toMatch(/[\p{Cc}\u2028\u2029]|\p{Bidi_Control}/u);
  });

  it('says what was not checked', () => {
    const text = render(northwind).replaceAll(/\s+/g, ' ');
    expect(text).toContain('AWS denied reading');
    if (format.name !== 'csv') expect(text).toContain('did not finish answering for queues');
  });
});
