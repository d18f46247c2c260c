import { canonicalJson } from '../json/canonical.ts';
import { parsePointer } from '../json/pointer.ts';
import { isJsonArray, isJsonObject, type Json } from '../json/value.ts';
import type { Change, Description } from '../resource/kind.ts';

const longestValue = 60;

/** A value as a sentence carries it: short, without JSON punctuation where it can do without. */
export function valueText(value: Json | undefined): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return value === '' ? 'an empty text' : shorten(printable(value));
  if (isJsonObject(value)) return objectText(value);
  if (isJsonArray(value)) return listText(value);
  return canonicalJson(value);
}

function objectText(value: { readonly [key: string]: Json }): string {
  if (typeof value.$secret === 'string') return `a secret (digest ${value.$secret.slice(0, 8)})`;
  const parts = Object.entries(value)
    .filter(([, field]) => typeof field !== 'object' || field === null)
    .map(([key, field]) => `${key} ${valueText(field)}`);
  return parts.length ? shorten(parts.join(', ')) : Object.keys(value).length ? 'a structure' : 'an empty structure';
}

function listText(items: readonly Json[]): string {
  if (items.length === 0) return 'an empty list';
  const plain = items.every((item) => typeof item !== 'object' || item === null);
  return plain ? shorten(items.map(valueText).join(', ')) : `${items.length} ${items.length === 1 ? 'item' : 'items'}`;
}

function shorten(text: string): string {
  return text.length > longestValue ? `${text.slice(0, longestValue - 1)}…` : text;
}

/** Control characters of live systems never reach a terminal or a page. */
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to take out.
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, ' ').trim();
}

/** What a path is called in a sentence: `cidr_blocks of ingress 22`, `replicas`. */
export function pathLabel(path: string): string {
  const tokens = parsePointer(path) ?? [];
  const last = tokens.at(-1);
  if (!last) return 'definition';
  if (last.selector) return `${last.key} ${Object.values(last.selector).join(' ')}`.trim();
  const owner = tokens.slice(0, -1).findLast((token) => token.selector !== undefined);
  if (/^\d+$/.test(last.key) && tokens.length > 1) return `${tokens.at(-2)?.key} ${Number(last.key) + 1}`;
  return owner?.selector ? `${last.key} of ${owner.key} ${Object.values(owner.selector).join(' ')}` : last.key;
}

/** Words for a change no kind describes. Lists of plain values say only what one side has and the other has not. */
export function defaultDescription({ path, before, after }: Change): Description {
  const label = pathLabel(path);
  if (before === undefined) return { actual: `has ${label} ${valueText(after)}`, expected: 'does not' };
  if (after === undefined) return { actual: `has no ${label}`, expected: `has ${valueText(before)}` };
  const [expected, actual] = contrast(before, after);
  return { actual: `has ${label} ${actual}`, expected: `has ${expected}` };
}

function contrast(before: Json, after: Json): readonly [string, string] {
  if (!isJsonArray(before) || !isJsonArray(after)) return [valueText(before), valueText(after)];
  const [gone, come] = [without(before, after), without(after, before)];
  if (gone.length + come.length === 0) return ['them in another order', 'the same items in its own order'];
  return [gone.length ? valueText(gone) : 'fewer', come.length ? valueText(come) : `no ${valueText(gone)}`];
}

function without(items: readonly Json[], others: readonly Json[]): readonly Json[] {
  const known = new Set(others.map(canonicalJson));
  return items.filter((item) => !known.has(canonicalJson(item)));
}
