import { type Json, ok, type Problem, problem, type Result } from '@leeway/core';
import { LineIndex, type ParsedDocument, pointerOf, pointerTokens, report, setOwn } from './document.ts';

/** A key and its value as read, and the offset of the key. */
export interface Entry {
  readonly key: string;
  readonly value: string;
  readonly at: number;
}

/** A flat document of texts. A repeated key takes its last value, as its readers do, with a warning (LW2006). */
export function flatDocument(entries: readonly Entry[], text: string, file: string): Result<ParsedDocument> {
  const lines = new LineIndex(text);
  const value: Record<string, Json> = {};
  const places = new Map<string, number>();
  const warnings: Problem[] = [];
  for (const entry of entries) {
    if (places.has(entry.key)) {
      const pointer = pointerOf([entry.key]);
      report(warnings, problem('LW2006', { key: entry.key }, lines.placeAt(file, entry.at, pointer)));
    }
    places.set(entry.key, entry.at);
    setOwn(value, entry.key, entry.value);
  }
  const placeOf = (pointer: string) => {
    const tokens = pointerTokens(pointer);
    return tokens && lines.placeAt(file, places.get(tokens[0] ?? '') ?? 0, pointer);
  };
  return ok({ value, placeOf }, warnings);
}

/**
 * Parses a Java `.properties` file by the rules of `java.util.Properties.load`: `#` and `!` comments, `=`, `:` or white
 * space between key and value, a backslash at the line's end continues it, `\uXXXX` and the usual escapes; any other
 * escaped character stands for itself. Never fails; repeated keys are warnings.
 */
export function parseProperties(text: string, file: string): Result<ParsedDocument> {
  const entries: Entry[] = [];
  for (const line of logicalLines(text)) {
    const match = /^([^\\=: \t\f]*(?:\\[\s\S][^\\=: \t\f]*)*)[ \t\f]*[=:]?[ \t\f]*/.exec(line.text);
    const key = match?.[1] ?? '';
    entries.push({
      key: decodeEscapes(key),
      value: decodeEscapes(line.text.slice(match?.[0].length ?? 0)),
      at: line.at,
    });
  }
  return flatDocument(entries, text, file);
}

/** Lines joined over continuations, without blank ones and comments; leading white space is dropped from each. */
function* logicalLines(text: string): Generator<{ readonly text: string; readonly at: number }> {
  let joined = '';
  let startsAt = -1;
  for (const line of text.matchAll(/([ \t\f]*)([^\r\n]*)(?:\r\n|\r|\n|$)/g)) {
    const natural = line[2] ?? '';
    if (startsAt === -1) {
      if (/^(?:[#!]|$)/.test(natural)) continue;
      startsAt = line.index + (line[1] ?? '').length;
    }
    const continues = (/\\*$/.exec(natural)?.[0].length ?? 0) % 2 === 1;
    joined += continues ? natural.slice(0, -1) : natural;
    if (continues) continue;
    yield { text: joined, at: startsAt };
    joined = '';
    startsAt = -1;
  }
  if (startsAt !== -1) yield { text: joined, at: startsAt };
}

const escapes: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f' };

function decodeEscapes(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g, (_whole, hex: string | undefined, character: string) =>
    hex ? String.fromCharCode(Number.parseInt(hex, 16)) : (escapes[character] ?? character),
  );
}
