/**
 * Text from live systems on its way to a person: harmless in a terminal, measured in columns, wrapped without breaking
 * what people copy.
 */

/** Control, line-separating, direction-changing and invisible characters, lone surrogates, non-characters. Joiners stay: emoji and Indic scripts need them. */
const hostile = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\ufffe\uffff]|(?!\u200c|\u200d)\p{Cf}/gu;
const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escapeCharacter(character: string): string {
  const short = named[character];
  if (short) return short;
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`;
}

/** Replaces what could move a cursor, recolour a screen or reverse a line by a visible escape such as `\x1b`. */
export function makeVisible(text: string): string {
  return text.replace(hostile, escapeCharacter);
}

const plain = /^[\x20-\x7e]*$/;
const zeroWidth = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;
/** East Asian wide and full-width blocks (Unicode TR11), as far as terminals agree about them. */
const wide =
  /^(?:[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation})/u;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

function graphemeWidth(grapheme: string): number {
  if (zeroWidth.test(grapheme)) return 0;
  return wide.test(grapheme) ? 2 : 1;
}

/** Columns the text takes in a terminal. */
export function measureWidth(text: string): number {
  if (plain.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += graphemeWidth(segment);
  return width;
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - measureWidth(text)));
}

/** Offsets `[from, to)` of one line in the text that was wrapped. */
export interface LineRange {
  readonly from: number;
  readonly to: number;
}

/** Words up to this length are never broken: digests, ARNs, fingerprints and paths stay copyable. */
const unbreakable = 128;

/** Cuts a word that is longer than anything people copy into pieces of `width` columns. */
function cutWord(text: string, from: number, to: number, width: number): LineRange[] {
  const pieces: LineRange[] = [];
  let start = from;
  let columns = 0;
  for (const { segment, index } of graphemes.segment(text.slice(from, to))) {
    const size = graphemeWidth(segment);
    if (columns + size > width && columns > 0) {
      pieces.push({ from: start, to: from + index });
      start = from + index;
      columns = 0;
    }
    columns += size;
  }
  pieces.push({ from: start, to });
  return pieces;
}

/**
 * Wraps to lines of at most `width` columns. `breaks` matches where a line may end: at spaces for prose, also after
 * separators for values. Words that are too long stand alone and stick out; only those beyond 128 characters are cut.
 */
function wrapAt(text: string, width: number, breaks: RegExp): LineRange[] {
  const lines: LineRange[] = [];
  let line: { from: number; to: number; columns: number } | undefined;
  for (const match of text.matchAll(breaks)) {
    const from = match.index;
    const to = from + match[0].length;
    const columns = measureWidth(match[0]);
    const visible = measureWidth(match[0].trimEnd());
    if (line && line.columns + visible <= width) {
      line.to = to;
      line.columns += columns;
      continue;
    }
    if (line) lines.push(line);
    if (to - from <= unbreakable) line = { from, to, columns };
    else {
      const pieces = cutWord(text, from, to, width);
      lines.push(...pieces.slice(0, -1));
      const last = pieces.at(-1) ?? { from, to };
      line = { ...last, columns: measureWidth(text.slice(last.from, last.to)) };
    }
  }
  if (line) lines.push(line);
  return lines.length > 0 ? lines : [{ from: 0, to: 0 }];
}

export function wrapValue(text: string, width: number): LineRange[] {
  return wrapAt(text, width, /[^\s,;/@&]*[\s,;/@&]+|[^\s,;/@&]+/g);
}

/** Wraps prose at spaces. */
export function wrapProse(text: string, width: number): string[] {
  return wrapAt(text, width, /\S+\s*|\s+/g).map(({ from, to }) => text.slice(from, to).trimEnd());
}

/** `1,204`: always with a comma, whatever the machine's locale. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** `1 source`, `2 sources`; an irregular plural is given. */
export function countOf(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : plural}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function joinWords(words: readonly string[]): string {
  if (words.length < 2) return words[0] ?? '';
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
