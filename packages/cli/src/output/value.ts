import { type Finding, isJsonArray, isJsonObject, type Json, type JsonObject, type Side } from '@leeway/core';
import { canonicalJson } from '@leeway/core/json/canonical.ts';
import { makeVisible } from './text.ts';

/** A value as text, with the part that differs from the other side: offsets `[from, to)`. */
export interface MarkedText {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** One line of a comparison. A side that is undefined is absent there. `label` is relative to the finding's path. */
export interface ValueRow {
  readonly label: string;
  readonly expected?: MarkedText;
  readonly actual?: MarkedText;
}

/** What differs between two sides, and how much does not. */
export interface ValueComparison {
  readonly rows: readonly ValueRow[];
  /** Fields or items that are equal and therefore left out. */
  readonly equal: number;
}

type Maybe = Json | undefined;

function equals(a: Maybe, b: Maybe): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a === b || canonicalJson(a) === canonicalJson(b);
}

/** A value in words rather than JSON: `443, 8443`, `cpu: 500m, memory: 1Gi`. Quotes only where the text would mislead. */
export function describeValue(value: Json): string {
  if (typeof value === 'string') return value === '' || value.trim() !== value ? JSON.stringify(value) : value;
  if (isJsonArray(value)) {
    if (value.length === 0) return 'none';
    return value.map((item) => (isScalar(item) ? describeValue(item) : `(${describeValue(item)})`)).join(', ');
  }
  if (isJsonObject(value)) {
    if (isSealed(value))
      return value['$secret'] === 'empty' ? 'empty secret' : `secret with digest ${value['$secret']}`;
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    if (entries.length === 0) return 'none';
    return entries
      .map(([key, item]) => `${key}: ${isScalar(item) ? describeValue(item) : `(${describeValue(item)})`}`)
      .join(', ');
  }
  return String(value);
}

/** A secret as connectors seal it: its keyed digest, never its value. */
function isSealed(value: Json | undefined): boolean {
  return isJsonObject(value) && typeof value['$secret'] === 'string' && Object.keys(value).length === 1;
}

function isScalar(value: Json): boolean {
  return typeof value !== 'object' || value === null || isSealed(value);
}

/** A side in words: `absent`, `present`, or its value. */
export function describeSide(side: Side): string {
  if (!side.present) return 'absent';
  return side.value === undefined ? 'present' : describeValue(side.value);
}

/** Words, and numbers with their dots: versions and addresses differ as a whole. */
const tokens = /[\p{L}\p{N}_]+(?:\.\p{N}+)*|[^\p{L}\p{N}_]/gu;

/** Marks what is not a common beginning or end, in whole words and numbers so that `10` against `15` marks both digits. */
export function markDifference(expected: string, actual: string): [MarkedText, MarkedText] {
  const left = expected.match(tokens) ?? [];
  const right = actual.match(tokens) ?? [];
  const shortest = Math.min(left.length, right.length);
  let head = 0;
  while (head < shortest && left[head] === right[head]) head++;
  let tail = 0;
  while (tail < shortest - head && left[left.length - 1 - tail] === right[right.length - 1 - tail]) tail++;
  const span = (parts: readonly string[], text: string): MarkedText => ({
    text,
    from: parts.slice(0, head).join('').length,
    to: text.length - parts.slice(parts.length - tail).join('').length,
  });
  return [span(left, expected), span(right, actual)];
}

function whole(text: string): MarkedText {
  return { text, from: 0, to: text.length };
}

/** Two scalars of different type may read alike (`5432` and `"5432"`): then both are shown as JSON. */
function pairTexts(expected: Json, actual: Json): [string, string] {
  const pair: [string, string] = [describeValue(expected), describeValue(actual)];
  return pair[0] === pair[1] ? [JSON.stringify(expected), JSON.stringify(actual)] : pair;
}

/** Collects rows while walking two values side by side. */
class RowCollector {
  readonly rows: ValueRow[] = [];
  equal = 0;

  compare(label: string, expected: Maybe, actual: Maybe): void {
    if (equals(expected, actual)) this.equal++;
    else if (isSealed(expected) || isSealed(actual)) this.push(label, expected, actual);
    else if (isJsonObject(expected) && isJsonObject(actual)) this.compareObjects(label, expected, actual);
    else if (isJsonArray(expected) && isJsonArray(actual)) this.compareLists(label, expected, actual);
    else if (typeof expected === 'string' && typeof actual === 'string' && /\n/.test(expected + actual)) {
      this.compareLines(label, expected, actual);
    } else this.push(label, expected, actual);
  }

  private push(label: string, expected: Maybe, actual: Maybe): void {
    if (expected !== undefined && actual !== undefined) {
      const [left, right] = pairTexts(expected, actual);
      const [markedLeft, markedRight] = markDifference(makeVisible(left), makeVisible(right));
      this.rows.push({ label, expected: markedLeft, actual: markedRight });
    } else if (expected !== undefined) this.rows.push({ label, expected: whole(makeVisible(describeValue(expected))) });
    else if (actual !== undefined) this.rows.push({ label, actual: whole(makeVisible(describeValue(actual))) });
  }

  private compareObjects(label: string, expected: JsonObject, actual: JsonObject): void {
    const keys = [...new Set([...Object.keys(expected), ...Object.keys(actual)])].sort();
    for (const key of keys) {
      this.compare(
        label ? `${label}/${key}` : key,
        Object.hasOwn(expected, key) ? expected[key] : undefined,
        Object.hasOwn(actual, key) ? actual[key] : undefined,
      );
    }
  }

  /** Items found on both sides are equal wherever they stand; the others are paired in order. */
  private compareLists(label: string, expected: readonly Json[], actual: readonly Json[]): void {
    if (isShortList(expected) && isShortList(actual)) {
      this.push(label, expected, actual);
      return;
    }
    const [onlyExpected, onlyActual] = withoutCommon(expected, actual);
    this.equal += expected.length - onlyExpected.length;
    if (onlyExpected.length === 0 && onlyActual.length === 0) {
      this.push(label ? `${label} (order)` : 'order', expected, actual);
      return;
    }
    for (let index = 0; index < Math.max(onlyExpected.length, onlyActual.length); index++) {
      this.compare(label, onlyExpected[index], onlyActual[index]);
    }
  }

  private compareLines(label: string, expected: string, actual: string): void {
    const left = expected.split('\n');
    const right = actual.split('\n');
    const shortest = Math.min(left.length, right.length);
    let head = 0;
    while (head < shortest && left[head] === right[head]) head++;
    let tail = 0;
    while (tail < shortest - head && left[left.length - 1 - tail] === right[right.length - 1 - tail]) tail++;
    this.equal += head + tail;
    for (let line = head; line < Math.max(left.length, right.length) - tail; line++) {
      const name = `line ${line + 1}`;
      this.push(
        label ? `${label} ${name}` : name,
        line < left.length - tail ? left[line] : undefined,
        line < right.length - tail ? right[line] : undefined,
      );
    }
  }
}

/** Short lists of plain values read best as a whole, with what differs marked. */
function isShortList(items: readonly Json[]): boolean {
  return items.every(isScalar) && describeValue(items).length <= 72;
}

function withoutCommon(expected: readonly Json[], actual: readonly Json[]): [Json[], Json[]] {
  const spare = new Map<string, number>();
  for (const item of actual) {
    const text = canonicalJson(item);
    spare.set(text, (spare.get(text) ?? 0) + 1);
  }
  const take = (from: Map<string, number>, item: Json) => {
    const text = canonicalJson(item);
    const left = from.get(text) ?? 0;
    if (left > 0) from.set(text, left - 1);
    return left > 0;
  };
  const common = new Map<string, number>();
  const onlyExpected = expected.filter((item) => {
    if (!take(spare, item)) return true;
    const text = canonicalJson(item);
    common.set(text, (common.get(text) ?? 0) + 1);
    return false;
  });
  return [onlyExpected, actual.filter((item) => !take(common, item))];
}

export type SideName = 'expected' | 'actual';

/** What to show of a finding: the sides worth showing and what differs between them. Texts are safe for a terminal. */
export function compareFinding(found: Finding): ValueComparison & { readonly sides: readonly SideName[] } {
  // A policy that wants no particular value has no other side to show.
  const isOneSided = found.axis === 'policy' && !found.expected.present && found.actual.present;
  if (!isOneSided) return { sides: ['expected', 'actual'], ...compareSides(found.expected, found.actual) };
  const fields = describeFields(found.expected, found.actual);
  const row = { label: '', actual: whole(makeVisible(describeSide(found.actual))) };
  return { sides: ['actual'], rows: fields.length > 0 ? fields : [row], equal: 0 };
}

/** What differs between two sides, field by field. */
export function compareSides(expected: Side, actual: Side): ValueComparison {
  if (!expected.present || !actual.present || expected.value === undefined || actual.value === undefined) {
    return { rows: [describePresence(expected, actual), ...describeFields(expected, actual)], equal: 0 };
  }
  const collector = new RowCollector();
  collector.compare('', expected.value, actual.value);
  return { rows: collector.rows, equal: collector.rows.length > 0 ? collector.equal : 0 };
}

function describePresence(expected: Side, actual: Side): ValueRow {
  const text = (side: Side) =>
    whole(makeVisible(isJsonObject(side.value) && !isSealed(side.value) ? 'present' : describeSide(side)));
  return { label: '', expected: text(expected), actual: text(actual) };
}

/** The fields of a resource that only one side has, so that a person sees what it is. */
function describeFields(expected: Side, actual: Side): ValueRow[] {
  const [side, name] = actual.present ? [actual, 'actual' as const] : [expected, 'expected' as const];
  if (!isJsonObject(side.value) || isSealed(side.value)) return [];
  return Object.entries(side.value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([label, value]) => ({ label, [name]: whole(makeVisible(describeValue(value))) }));
}
