import type { ScanProgress } from '@leeway/engine/scan/options.ts';
import { describe, expect, it } from 'vitest';
import { createProgress } from './progress.ts';
import { MemorySink } from './testing/run.ts';

const esc = String.fromCharCode(27);
const event = (source: string, state: ScanProgress['state'], count = 0): ScanProgress => ({
  environment: 'production-eu',
  source,
  plane: 'observed',
  state,
  count,
});

/** What a terminal shows after the text: only line feeds, "line up" and "clear line" are used. */
function showTerminal(text: string): string[] {
  const lines = [''];
  let row = 0;
  for (const part of text.split(new RegExp(`(\\n|${esc}\\[1A|${esc}\\[2K)`))) {
    if (part === '\n') row++;
    else if (part === `${esc}[1A`) row--;
    else if (part === `${esc}[2K`) lines[row] = '';
    else lines[row] = (lines[row] ?? '') + part;
    lines[row] ??= '';
  }
  return lines.filter(Boolean);
}

describe('progress', () => {
  it('redraws one line a source at a terminal and leaves nothing behind', () => {
    const sink = Object.assign(new MemorySink(), { isTerminal: true, columns: 80, rows: 24 });
    const progress = createProgress(sink, { quiet: false, verbose: false });
    progress.report(event('orders-db', 'waiting'));
    progress.report(event('cluster', 'reading', 1204));
    progress.report(event('orders-db', 'done', 640));
    expect(showTerminal(sink.text)).toEqual([
      '◷ cluster observed in production-eu    reading 1,204',
      '✓ orders-db observed in production-eu  read 640',
    ]);
    progress.clear();
    expect(showTerminal(sink.text)).toEqual([]);
  });

  it('fits the terminal, whatever the sources are called', () => {
    const sink = Object.assign(new MemorySink(), { isTerminal: true, columns: 40, rows: 6 });
    const progress = createProgress(sink, { quiet: false, verbose: false });
    for (let index = 0; index < 30; index++)
      progress.report(event(`倉庫-${'x'.repeat(60)}-${index}${esc}[2J`, 'done', 1));
    const shown = showTerminal(sink.text);
    expect(shown).toHaveLength(4);
    expect(shown.at(-1)).toContain('and 27 more, 27 of them read');
    expect(Math.max(...shown.map((line) => line.length))).toBeLessThan(40);
  });

  it('takes 80 columns where the terminal does not know its size', () => {
    const sink = Object.assign(new MemorySink(), { isTerminal: true, columns: 0, rows: 0 });
    createProgress(sink, { quiet: false, verbose: false }).report(event('cluster', 'reading', 1));
    expect(showTerminal(sink.text)).toEqual(['◷ cluster observed in production-eu  reading 1']);
  });

  it('writes plain lines elsewhere, and only when asked', () => {
    const [silent, verbose] = [new MemorySink(), new MemorySink()];
    for (const [sink, isVerbose] of [
      [silent, false],
      [verbose, true],
    ] as const) {
      const progress = createProgress(sink, { quiet: false, verbose: isVerbose });
      progress.report(event('cluster', 'reading', 10));
      progress.report(event('cluster', 'failed', 10));
      progress.clear();
    }
    expect(silent.text).toBe('');
    expect(verbose.text).toBe('▨ cluster observed in production-eu: not read, 10 resources\n');
  });
});
