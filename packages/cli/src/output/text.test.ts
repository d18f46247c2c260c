import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countOf, joinWords, makeVisible, measureWidth, padEnd, wrapProse, wrapValue } from './text.ts';

describe('makeVisible', () => {
  it('shows escapes instead of acting on them', () => {
    expect(makeVisible('\u001b[31mred\u001b[0m')).toBe('\\x1b[31mred\\x1b[0m');
    expect(makeVisible('a\r\nb\tc')).toBe('a\\r\\nb\\tc');
    expect(makeVisible('\u009b31m \u202egpj.exe \ufeff')).toBe('\\x9b31m \\u202egpj.exe \\ufeff');
    expect(makeVisible('\ud800 x')).toBe('\\ud800 x');
  });

  it('leaves what people write alone', () => {
    const text = 'Lager Süd 倉庫 👩‍🔧 100 % → ok';
    expect(makeVisible(text)).toBe(text);
  });

  it('never lets a control character through, whatever comes in, and is stable', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const visible = makeVisible(text);
        expect(visible).not.toMatch(/\p{Cc}|\p{Bidi_Control}|\p{Cs}/u);
        expect(makeVisible(visible)).toBe(visible);
      }),
    );
  });
});

describe('measureWidth', () => {
  it.each([
    ['abc', 3],
    ['倉庫', 4],
    ['e\u0301', 1],
    ['👩‍🔧', 2],
    ['ﾊﾝ', 2],
    ['─●△', 3],
  ])('%s takes %i columns', (text, columns) => {
    expect(measureWidth(text)).toBe(columns);
  });

  it('pads wide text to the same column', () => {
    expect(measureWidth(padEnd('倉庫', 10))).toBe(10);
  });
});

describe('wrapping', () => {
  const digest = `sha256:${'9b1c'.repeat(16)}`;

  it('never breaks an id, even when it is wider than the line', () => {
    expect(wrapProse(`pinned to ${digest} in Git`, 40)).toEqual(['pinned to', digest, 'in Git']);
    const text = `registry.example/wms@${digest}`;
    expect(wrapValue(text, 75).map(({ from, to }) => text.slice(from, to))).toEqual(['registry.example/wms@', digest]);
  });

  it('cuts what nobody copies, without splitting a character', () => {
    const text = '倉'.repeat(200);
    const lines = wrapValue(text, 41).map(({ from, to }) => text.slice(from, to));
    expect(lines.every((line) => measureWidth(line) <= 41)).toBe(true);
    expect(lines.join('')).toBe(text);
  });

  it('loses nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.integer({ min: 10, max: 120 }), (text, width) => {
        expect(
          wrapValue(text, width)
            .map(({ from, to }) => text.slice(from, to))
            .join(''),
        ).toBe(text);
      }),
    );
  });

  it('counts and joins as people do', () => {
    expect(countOf(1, 'source')).toBe('1 source');
    expect(countOf(1204, 'resource')).toBe('1,204 resources');
    expect(joinWords(['a', 'b', 'c'])).toBe('a, b and c');
  });
});
