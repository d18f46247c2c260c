import { failed, type Json, ok, type Place, type Problem, problem, type Result } from '@leeway/core';
import { LineIndex, type ParsedDocument, pointerOf, pointerTokens, report, setOwn } from './document.ts';

interface IniState {
  readonly root: Record<string, Json>;
  /** Offsets by pointer. */
  readonly places: Map<string, number>;
  section: Record<string, Json>;
  path: readonly string[];
  /** The entry a deeper indented line continues: its key and its indentation. */
  last: { readonly key: string; readonly indent: number } | undefined;
}

/**
 * Parses INI as Python's configparser, MySQL, Git and Windows share it: `[section]` names are kept whole (dots and all),
 * keys before the first section stand at the root, values are texts. `;` and `#` begin a comment at a line's start or
 * after white space; quotes around a whole value are dropped; a line indented deeper than its key continues the value;
 * a key without `=` is true; a key that stands several times becomes the list of its values, in order.
 * Problems: LW2005 for a broken section header, LW2006 where a section and a key share a name.
 */
export function parseIni(text: string, file: string): Result<ParsedDocument> {
  const lines = new LineIndex(text);
  const root: Record<string, Json> = {};
  const state: IniState = { root, places: new Map(), section: root, path: [], last: undefined };
  const problems: Problem[] = [];
  let at = 0;
  for (const line of text.split('\n')) {
    const found = readLine(line.replace(/\r$/, ''), at, state);
    if (found && !report(problems, { ...found, place: lines.placeAt(file, at) })) break;
    at += line.length + 1;
  }
  return problems.length ? failed(...problems) : ok({ value: root, placeOf: locate(state.places, lines, file) });
}

function readLine(line: string, at: number, state: IniState): Problem | undefined {
  const content = line.trim();
  if (content === '' || content.startsWith(';') || content.startsWith('#')) return undefined;
  const indent = line.length - line.trimStart().length;
  if (state.last && indent > state.last.indent) {
    continueValue(state, state.last.key, content);
    return undefined;
  }
  return content.startsWith('[') ? openSection(content, at + indent, state) : readEntry(content, indent, at, state);
}

function openSection(content: string, at: number, state: IniState): Problem | undefined {
  const name = /^\[([^\]]*)\][ \t]*(?:[;#].*)?$/.exec(content)?.[1]?.trim();
  if (!name) return problem('LW2005', { format: 'INI', reason: 'a section header is not [name]' });
  const existing = Object.hasOwn(state.root, name) ? state.root[name] : undefined;
  if (existing !== undefined && (typeof existing !== 'object' || existing === null || Array.isArray(existing))) {
    return problem('LW2006', { key: name });
  }
  if (existing === undefined) {
    setOwn(state.root, name, {});
    state.places.set(pointerOf([name]), at);
  }
  // The object just made here, or by an earlier header of the same name.
  state.section = state.root[name] as Record<string, Json>;
  state.path = [name];
  state.last = undefined;
  return undefined;
}

function readEntry(content: string, indent: number, at: number, state: IniState): Problem | undefined {
  const match = /^([^=:]+?)[ \t]*[=:][ \t]*(.*)$/.exec(content);
  const key = match?.[1] ?? content.replace(/[ \t]+[;#].*$/, '');
  if (match === null && /^[=:]/.test(content)) return problem('LW2005', { format: 'INI', reason: 'a key is missing' });
  const value: Json = match ? plainValue(match[2] ?? '') : true;
  const before = Object.hasOwn(state.section, key) ? state.section[key] : undefined;
  if (before !== undefined && typeof before === 'object' && !Array.isArray(before)) return problem('LW2006', { key });
  if (before === undefined) state.places.set(pointerOf([...state.path, key]), at + indent);
  addValue(state.section, key, before, value);
  state.last = match ? { key, indent } : undefined;
  return undefined;
}

/** A second value makes a list of the first; further ones grow it in place, as files may repeat a key very often. */
function addValue(section: Record<string, Json>, key: string, before: Json | undefined, value: Json): void {
  if (before === undefined) setOwn(section, key, value);
  else if (Array.isArray(before)) before.push(value);
  else setOwn(section, key, [before, value]);
}

function continueValue(state: IniState, key: string, content: string): void {
  const before = state.section[key];
  const extend = (text: Json | undefined) => (text === '' ? content : `${text}\n${content}`);
  if (Array.isArray(before)) before.push(extend(before.pop()));
  else setOwn(state.section, key, extend(before));
}

function plainValue(text: string): string {
  const quoted =
    /^"([^"\\]*(?:\\.[^"\\]*)*)"[ \t]*(?:[;#].*)?$/.exec(text) ?? /^'([^']*)'[ \t]*(?:[;#].*)?$/.exec(text);
  if (quoted) return quoted[1] ?? '';
  return text.replace(/(?:^|[ \t]+)[;#].*$/, '').trimEnd();
}

function locate(places: ReadonlyMap<string, number>, lines: LineIndex, file: string) {
  return (pointer: string): Place | undefined => {
    const tokens = pointerTokens(pointer);
    if (!tokens) return undefined;
    for (let length = tokens.length; length > 0; length--) {
      const at = places.get(pointerOf(tokens.slice(0, length)));
      if (at !== undefined) return lines.placeAt(file, at, pointer);
    }
    return lines.placeAt(file, 0, pointer);
  };
}
