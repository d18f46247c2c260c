import {
  failed,
  isJsonArray,
  isJsonObject,
  type Json,
  ok,
  type Place,
  type Problem,
  problem,
  type Result,
} from '@leeway/core';
import {
  defaultDepth,
  exactNumber,
  LineIndex,
  type ParsedDocument,
  type ParseLimits,
  pointerOf,
  pointerTokens,
  report,
  setOwn,
} from './document.ts';
import { findJsonFault } from './json-fault.ts';
import { hasEscapedKeys, type JsonChild, jsonChildren, measureJson, skipSpace, valueEnd } from './json-scan.ts';

/**
 * Parses strict JSON (RFC 8259). `JSON.parse` makes the value; a scan before it bounds the depth, and a count after it
 * finds duplicate keys, so that a sound document costs two cheap passes. Integers beyond 2^53 - 1 stay text (see
 * {@link exactNumber}). Problems: LW2005, LW2006, LW2007, each with its place.
 */
export function parseJson(text: string, file: string, limits: ParseLimits = {}): Result<ParsedDocument> {
  return parseJsonFrom(text, file, limits, 1);
}

/** Parses JSON Lines: one document a line, blank lines skipped. Every bad line is reported. */
export function parseJsonLines(
  text: string,
  file: string,
  limits: ParseLimits = {},
): Result<readonly ParsedDocument[]> {
  const documents: ParsedDocument[] = [];
  const problems: Problem[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const parsed = parseJsonFrom(line, file, limits, index + 1);
    if (parsed.ok) documents.push(parsed.value);
    else if (!report(problems, ...parsed.problems)) break;
  }
  return problems.length ? failed(...problems) : ok(documents);
}

function parseJsonFrom(text: string, file: string, limits: ParseLimits, firstLine: number): Result<ParsedDocument> {
  const lines = new LineIndex(text, firstLine);
  const limit = limits.depth ?? defaultDepth;
  const measure = measureJson(text);
  if (measure.depth > limit) return failed(problem('LW2007', { limit }, { file, line: firstLine, column: 1 }));
  let value: Json;
  try {
    value = measure.hasLongNumbers ? JSON.parse(text, reviveExactly) : JSON.parse(text);
  } catch {
    const fault = findJsonFault(text) ?? { offset: 0, reason: 'it cannot be read' };
    return failed(problem('LW2005', { format: 'JSON', reason: fault.reason }, lines.placeAt(file, fault.offset)));
  }
  if (hasEscapedKeys(text)) value = buildValue(text, skipSpace(text, 0));
  if (countMembers(value) !== measure.members) {
    const problems: Problem[] = [];
    findDuplicates(text, skipSpace(text, 0), [], (key, at, pointer) => {
      report(problems, problem('LW2006', { key }, lines.placeAt(file, at, pointer)));
    });
    return failed(...problems);
  }
  return ok({ value, placeOf: locateJson(text, file, lines) });
}

/** `context.source` is the text of a number (ECMAScript 2026, JSON.parse source text access). */
function reviveExactly(_key: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === 'number' && context?.source !== undefined ? exactNumber(context.source) : value;
}

/**
 * Builds the value of a valid text key by key. V8 13.6 (Node 24) mistakes a key written with an escape for a key of an
 * earlier object of the same shape: after `{"a":1,"\\\\":2}` it reads `{"a":1,"\\"":2}` with the key `\\`.
 */
function buildValue(text: string, start: number): Json {
  const first = text[start];
  if (first === '[') return Array.from(jsonChildren(text, start), (child) => buildValue(text, child.valueAt));
  if (first === '{') {
    const object: Record<string, Json> = {};
    for (const child of jsonChildren(text, start)) setOwn(object, child.token, buildValue(text, child.valueAt));
    return object;
  }
  const source = text.slice(start, valueEnd(text, start));
  return /^[-\d]/.test(source) ? exactNumber(source) : (JSON.parse(source) as Json);
}

function countMembers(value: Json): number {
  let count = 0;
  if (isJsonArray(value)) for (const item of value) count += countMembers(item);
  else if (isJsonObject(value)) for (const key of Object.keys(value)) count += 1 + countMembers(value[key] ?? null);
  return count;
}

function findDuplicates(
  text: string,
  start: number,
  path: readonly string[],
  found: (key: string, at: number, pointer: string) => void,
): void {
  const seen = new Set<string>();
  for (const child of jsonChildren(text, start)) {
    const here = [...path, child.token];
    if (seen.has(child.token)) found(child.token, child.at, pointerOf(here));
    seen.add(child.token);
    findDuplicates(text, child.valueAt, here, found);
  }
}

/** Places by descent; the children of each container met are listed once and kept. */
function locateJson(text: string, file: string, lines: LineIndex): (pointer: string) => Place | undefined {
  const known = new Map<number, ReadonlyMap<string, JsonChild>>();
  const childrenAt = (offset: number): ReadonlyMap<string, JsonChild> => {
    let children = known.get(offset);
    if (!children) {
      children = new Map(Array.from(jsonChildren(text, offset), (child) => [child.token, child]));
      known.set(offset, children);
    }
    return children;
  };
  return (pointer) => {
    const tokens = pointerTokens(pointer);
    if (!tokens) return undefined;
    let valueAt = skipSpace(text, 0);
    let at = valueAt;
    for (const token of tokens) {
      const child = childrenAt(valueAt).get(token);
      if (!child) break;
      at = child.at;
      valueAt = child.valueAt;
    }
    return lines.placeAt(file, at, pointer);
  };
}
