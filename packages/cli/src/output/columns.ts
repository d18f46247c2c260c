import { makeVisible, measureWidth, padEnd, wrapProse } from './text.ts';

const gutter = '  ';

/** Rows in columns as wide as their widest cell; the last column wraps into what is left of `width`. */
export function formatColumns(head: readonly string[], rows: readonly (readonly string[])[], width: number): string[] {
  const cells = [head, ...rows].map((row) => row.map(makeVisible));
  const widths = head.slice(0, -1).map((_, column) => Math.max(...cells.map((row) => measureWidth(row[column] ?? ''))));
  const used = widths.reduce((sum, each) => sum + each + gutter.length, 0);
  return cells.flatMap((row) => {
    const start = widths.map((size, column) => padEnd(row[column] ?? '', size) + gutter).join('');
    const text = wrapProse(row.at(-1) ?? '', Math.max(24, width - used));
    return text.map((line, index) => ((index === 0 ? start : ' '.repeat(used)) + line).trimEnd());
  });
}
