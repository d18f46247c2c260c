import type { Place } from '@leeway/core';
import { isScalar, LineCounter, parseDocument, type Scalar } from 'yaml';

/**
 * The place in a YAML file of one character of one of its texts, however the text is written: plain, quoted, literal or
 * folded. Only called for faults; the file was already parsed, so its size and nesting are within bounds.
 */
export function locateInScalar(
  text: string,
  file: string,
  path: readonly (string | number)[],
  offset: number,
): { readonly place: Place; readonly line: string } | undefined {
  const lines = new LineCounter();
  const node = parseDocument(text, { lineCounter: lines, logLevel: 'silent' }).getIn(path, true);
  if (!isScalar(node) || typeof node.value !== 'string' || !node.range) return undefined;
  const at = alignOffset(text, node as Scalar<string>, Math.min(offset, node.value.length));
  const { line, col } = lines.linePos(at);
  return { place: { file, line, column: col }, line: text.split('\n')[line - 1] ?? '' };
}

/** Offset in the file of the character `offset` of the scalar's value. */
function alignOffset(text: string, node: Scalar<string>, offset: number): number {
  const [start, end] = node.range as [number, number, number];
  const isBlock = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED';
  const isQuoted = node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE';
  let at = start;
  if (isBlock) at = text.indexOf('\n', start) + 1;
  if (isQuoted) at = start + 1;
  for (let done = 0; done < offset && at < end; done++) {
    const character = node.value[done] ?? '';
    const isDoubled = node.type === 'QUOTE_SINGLE' && character === "'";
    at = isDoubled ? at + 2 : skipToCharacter(text, at, end, character, node.type === 'QUOTE_DOUBLE') + 1;
  }
  return skipIndentation(text, at, end, node.value[offset] ?? '');
}

/**
 * Offset of the source character that became `character`: indentation, folded line ends and backslashes stand
 * between.
 */
function skipToCharacter(text: string, from: number, end: number, character: string, isEscaped: boolean): number {
  if (isEscaped && text[from] === '\\') return from + 1;
  if (/\s/.test(character)) return /\s/.test(text[from] ?? '') ? from : from - 1;
  let at = from;
  while (at < end && text[at] !== character) at++;
  return at;
}

function skipIndentation(text: string, from: number, end: number, character: string): number {
  if (character === '' || /\s/.test(character)) return from;
  let at = from;
  while (at < end && /\s/.test(text[at] ?? '')) at++;
  return at;
}
