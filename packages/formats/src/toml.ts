import { failed, type Json, ok, type Place, problem, type Result } from '@leeway/core';
import { parse, TomlDate, TomlError } from 'smol-toml';
import {
  defaultDepth,
  exactNumber,
  LineIndex,
  type ParsedDocument,
  type ParseLimits,
  pointerOf,
  pointerTokens,
  setOwn,
} from './document.ts';
import { indexToml } from './toml-index.ts';

/**
 * Parses TOML 1.0. Dates and times become the text TOML prints them as, `inf` and `nan` too, integers beyond 2^53 - 1
 * stay text. Problems: LW2005 (with line and column), LW2007.
 */
export function parseToml(text: string, file: string, limits: ParseLimits = {}): Result<ParsedDocument> {
  const limit = limits.depth ?? defaultDepth;
  let parsed: unknown;
  try {
    parsed = parse(text, { integersAsBigInt: 'asNeeded', maxDepth: limit });
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    if (error.message.includes('excessively nested'))
      return failed(problem('LW2007', { limit }, placeOfError(error, file)));
    // The first line is a fixed phrase; what follows it quotes the source.
    const reason = (error.message.split('\n')[0] ?? '').replace('Invalid TOML document: ', '');
    return failed(problem('LW2005', { format: 'TOML', reason }, placeOfError(error, file)));
  }
  const value = toJson(parsed, limit);
  if (value === undefined) return failed(problem('LW2007', { limit }, { file, line: 1, column: 1 }));
  return ok({ value, placeOf: locateToml(text, file) });
}

function placeOfError(error: TomlError, file: string): Place {
  return { file, line: error.line, column: error.column };
}

/** Undefined when nested deeper than `room`: dotted keys nest without recursion in the parser. */
function toJson(value: unknown, room: number): Json | undefined {
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : (exactNumber(String(value)) as string);
  if (value instanceof TomlDate) return value.toISOString();
  if (typeof value !== 'object' || value === null) return value as Json;
  if (room === 0) return undefined;
  return Array.isArray(value) ? toJsonArray(value, room) : toJsonObject(value, room);
}

function toJsonArray(items: readonly unknown[], room: number): Json | undefined {
  const result: Json[] = [];
  for (const item of items) {
    const converted = toJson(item, room - 1);
    if (converted === undefined) return undefined;
    result.push(converted);
  }
  return result;
}

function toJsonObject(table: object, room: number): Json | undefined {
  const result: Record<string, Json> = {};
  for (const [key, item] of Object.entries(table)) {
    const converted = toJson(item, room - 1);
    if (converted === undefined) return undefined;
    setOwn(result, key, converted);
  }
  return result;
}

function locateToml(text: string, file: string): (pointer: string) => Place | undefined {
  const lines = new LineIndex(text);
  let places: ReadonlyMap<string, number> | undefined;
  return (pointer) => {
    const tokens = pointerTokens(pointer);
    if (!tokens) return undefined;
    places ??= indexToml(text);
    for (let length = tokens.length; length > 0; length--) {
      const at = places.get(pointerOf(tokens.slice(0, length)));
      if (at !== undefined) return lines.placeAt(file, at, pointer);
    }
    return lines.placeAt(file, 0, pointer);
  };
}
