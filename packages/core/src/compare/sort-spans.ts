import type { ByteWriter } from '../text/byte-writer.ts';

/** Most lists sorted here are short and nearly in order: insertion sort is then several times faster than Array.sort. */
const longestInsertionSort = 40;

/** An item of a list: where it begins, and where it ends. */
export type Span = readonly [from: number, to: number];

/**
 * Sorts the items of a list, which are all that was written from `first` on, each with a comma behind it. The order is
 * that of UTF-16 code units, as `sortTexts` has it.
 */
export function sortSpans(output: ByteWriter, first: number, spans: Span[]): void {
  const { bytes } = output;
  let isSorted = true;
  for (let at = 1; at < spans.length && isSorted; at++) {
    isSorted = compareSpans(bytes, spans[at - 1] as Span, spans[at] as Span) <= 0;
  }
  if (isSorted) return;
  if (spans.length > longestInsertionSort) spans.sort((left, right) => compareSpans(bytes, left, right));
  else insertionSort(bytes, spans);
  const end = output.length;
  for (const [from, to] of spans) output.again(from, to + 1);
  output.moveBack(end, first);
}

function insertionSort(bytes: Uint8Array, spans: Span[]): void {
  for (let at = 1; at < spans.length; at++) {
    const span = spans[at] as Span;
    let to = at;
    while (to > 0 && compareSpans(bytes, spans[to - 1] as Span, span) > 0) {
      spans[to] = spans[to - 1] as Span;
      to--;
    }
    spans[to] = span;
  }
}

function compareSpans(bytes: Uint8Array, left: Span, right: Span): number {
  const [leftFrom, leftTo] = left;
  const [rightFrom, rightTo] = right;
  const count = Math.min(leftTo - leftFrom, rightTo - rightFrom);
  for (let at = 0; at < count; at++) {
    const one = bytes[leftFrom + at] as number;
    const other = bytes[rightFrom + at] as number;
    if (one !== other) return rank(one) - rank(other);
  }
  return leftTo - leftFrom - (rightTo - rightFrom);
}

/**
 * Bytes of UTF-8 order texts by code points. Code units differ from that in one thing: what they write as two surrogates
 * (a first byte from 0xf0) comes before U+E000 to U+FFFF (0xee and 0xef).
 */
function rank(byte: number): number {
  return byte === 0xee || byte === 0xef ? byte + 0x10 : byte;
}
