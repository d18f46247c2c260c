import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderMarkdown } from './markdown.ts';
import { codeSpan, escapeMarkdown, tableCell } from './markdown-text.ts';
import { finding, report } from './testing/build.ts';
import { hostile, type northwind } from './testing/northwind.ts';

const render = (given: typeof northwind) =>
  [...renderMarkdown(given, { width: 80, colour: false, showApproved: false, version: '0.1.0' })].join('');
/** What is left once code spans, which Markdown takes literally, are gone. */
const outsideCode = (text: string) => text.replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, '');

describe('markdown', () => {
  it('lets no HTML but its own through', () => {
    const tags = outsideCode(render(hostile)).match(/<[^>]*>/g) ?? [];
    expect(new Set(tags)).toEqual(
      new Set(['<!-- leeway-report -->', '<details>', '<summary>', '</summary>', '</details>', '<sub>', '</sub>']),
    );
  });

  it('notifies nobody and refers to no issue', () => {
    expect(outsideCode(render(hostile))).not.toMatch(/[@#]\w/);
  });

  it('keeps every row of a table in three cells', () => {
    for (const line of render(hostile)
      .split('\n')
      .filter((text) => text.startsWith('|'))) {
      expect(line.match(/(?<!\\)\|/g)).toHaveLength(4);
    }
  });

  it('stays below 65,000 characters and says how many rows are missing', () => {
    const findings = Array.from({ length: 400 }, (_, index) =>
      finding({
        environment: 'test',
        layer: 'host',
        kind: 'package',
        key: `p${index}`,
        expected: { from: 'declared', present: true, value: '|'.repeat(400) },
        actual: { from: 'observed', present: true, value: '<'.repeat(400) },
        headline: `Package {resource:p${index}} differs.`,
      }),
    );
    const text = render(report({ findings }));
    expect(text.length).toBeLessThanOrEqual(65_000);
    const shown = text.match(/<details>/g)?.length ?? 0;
    expect(text).toContain(`**${400 - shown} more rows** did not fit`);
    expect(text).toContain('Exit 2');
  });
});

describe('codeSpan', () => {
  it('holds any text literally', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('`', 'a', ' ', '|', '<', '\\') }), (text) => {
        const span = codeSpan(text);
        const fence = /^`+/.exec(span)?.[0] ?? '';
        const inside = span.slice(fence.length, span.length - fence.length);
        expect(span.endsWith(fence)).toBe(true);
        expect(new RegExp(`(?<!\`)\`{${fence.length}}(?!\`)`).test(inside)).toBe(false);
      }),
    );
  });

  it('escapes pipes in table cells', () => {
    expect(tableCell(codeSpan('a|b'))).toBe('`a\\|b`');
  });
});

describe('escapeMarkdown', () => {
  it('escapes structure, links and HTML', () => {
    expect(escapeMarkdown('**a** [x](y) <img> & `c`')).toBe('\\*\\*a\\*\\* \\[x\\]\\(y\\) &lt;img&gt; &amp; \\`c\\`');
    expect(escapeMarkdown('- item')).not.toMatch(/^-/);
  });
});
