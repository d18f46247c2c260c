import { isJsonArray, isJsonObject, type Json, type JsonObject } from './value.ts';

/**
 * Pointers are RFC 6901 JSON Pointers with one extension: a token may end in an item selector in brackets that names
 * the item of a list by its fields instead of its index, so that a path stays the same when items move.
 *
 *     /ingress[from_port=22,protocol=tcp]/cidr_blocks
 *     /containers[name="a/b"]/image
 *
 * A literal `[` in a key is written `~2` (RFC 6901 has `~0` for `~` and `~1` for `/`). Selector values are bare words or
 * JSON strings; slashes inside quotes do not separate tokens.
 */
export interface PointerToken {
  readonly key: string;
  /** Fields of the selected item; absent when the token has no selector. */
  readonly selector?: Readonly<Record<string, string>>;
}

const bareWord = /^[\w.:+*@-]+$/;

/** Escapes one key for use as a pointer token. */
export function escapeToken(key: string): string {
  return key.includes('~') || key.includes('/') || key.includes('[')
    ? key.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('[', '~2')
    : key;
}

function unescapeToken(token: string): string {
  return token.includes('~') ? token.replaceAll('~2', '[').replaceAll('~1', '/').replaceAll('~0', '~') : token;
}

/** Text of a selector value: bare where that is unambiguous, else a JSON string. */
function formatSelectorValue(value: string): string {
  return bareWord.test(value) ? value : JSON.stringify(value);
}

/** `[name=a,port=22]` for the given fields, in the order given. */
export function formatSelector(fields: Readonly<Record<string, string>>): string {
  const parts = Object.entries(fields).map(
    ([name, value]) => `${formatSelectorValue(name)}=${formatSelectorValue(value)}`,
  );
  return `[${parts.join(',')}]`;
}

/** Splits at slashes outside quoted selector values. */
function splitTokens(pointer: string): string[] {
  if (!pointer.includes('"')) return pointer.split('/');
  const tokens: string[] = [];
  let start = 0;
  let quoted = false;
  for (let at = 0; at < pointer.length; at++) {
    const character = pointer[at];
    if (quoted && character === '\\') at++;
    else if (character === '"') quoted = !quoted && pointer.slice(start, at).includes('[');
    else if (character === '/' && !quoted) {
      tokens.push(pointer.slice(start, at));
      start = at + 1;
    }
  }
  tokens.push(pointer.slice(start));
  return tokens;
}

function parseSelector(text: string): Record<string, string> | undefined {
  const fields: Record<string, string> = Object.create(null);
  const part = /\s*("(?:[^"\\]|\\.)*"|[^=,"\]]*)=("(?:[^"\\]|\\.)*"|[^,"]*)\s*(,|$)/y;
  while (part.lastIndex < text.length) {
    const found = part.exec(text);
    if (!found) return undefined;
    fields[unquote(found[1] ?? '')] = unquote(found[2] ?? '');
    if (found[3] === '') break;
  }
  return fields;
}

function unquote(text: string): string {
  if (!text.startsWith('"')) return text.trim();
  try {
    return String(JSON.parse(text));
  } catch {
    return text;
  }
}

/**
 * Tokens of a pointer; undefined when it is not one (a non-empty pointer must begin with `/`, and brackets must close).
 */
export function parsePointer(pointer: string): readonly PointerToken[] | undefined {
  if (pointer === '') return [];
  if (!pointer.startsWith('/')) return undefined;
  const tokens: PointerToken[] = [];
  for (const text of splitTokens(pointer).slice(1)) {
    const open = text.indexOf('[');
    if (open < 0) {
      tokens.push({ key: unescapeToken(text) });
      continue;
    }
    if (!text.endsWith(']')) return undefined;
    const selector = parseSelector(text.slice(open + 1, -1));
    if (!selector) return undefined;
    tokens.push({ key: unescapeToken(text.slice(0, open)), selector });
  }
  return tokens;
}

/** Text of a scalar as it stands in a selector: strings as they are, others as JSON. */
export function selectorText(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}

function selects(item: Json, selector: Readonly<Record<string, string>>): boolean {
  return Object.entries(selector).every(([field, expected]) => {
    const value = field === '' ? item : isJsonObject(item) ? item[field] : undefined;
    return value !== undefined && selectorText(value) === expected;
  });
}

/** The value a pointer leads to, or undefined where there is none. */
export function resolvePointer(value: Json, pointer: string): Json | undefined {
  const tokens = parsePointer(pointer);
  if (!tokens) return undefined;
  let at: Json | undefined = value;
  for (const token of tokens) {
    if (at === undefined) return undefined;
    at = step(at, token);
  }
  return at;
}

function step(value: Json, token: PointerToken): Json | undefined {
  let next: Json | undefined;
  if (isJsonArray(value)) next = /^(0|[1-9]\d*)$/.test(token.key) ? value[Number(token.key)] : undefined;
  else if (isJsonObject(value)) next = ownValue(value, token.key);
  if (!token.selector || next === undefined) return next;
  const { selector } = token;
  return isJsonArray(next) ? next.find((item) => selects(item, selector)) : undefined;
}

/** An own property's value; inherited names such as `constructor` are not there. */
export function ownValue(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/**
 * Whether a concrete pointer matches a pattern: `*` matches one token (with or without selector), `**` any number, a
 * token without selector matches the same key with any selector, `list/*` any item of it as `list` alone does, and a
 * pattern selector's fields must all be there with equal values (`*` as wildcard inside them).
 */
export function matchesPointer(pattern: string, pointer: string): boolean {
  const wanted = parsePointer(pattern);
  const found = parsePointer(pointer);
  return wanted !== undefined && found !== undefined && matchTokens(wanted, 0, found, 0);
}

function matchTokens(pattern: readonly PointerToken[], p: number, tokens: readonly PointerToken[], t: number): boolean {
  const wanted = pattern[p];
  if (!wanted) return t === tokens.length;
  if (wanted.key === '**' && !wanted.selector) {
    for (let skip = t; skip <= tokens.length; skip++) if (matchTokens(pattern, p + 1, tokens, skip)) return true;
    return false;
  }
  const found = tokens[t];
  if (found === undefined || !matchToken(wanted, found)) return false;
  if (matchTokens(pattern, p + 1, tokens, t + 1)) return true;
  // In a pattern an item is a token of its own, in a pointer its selector belongs to the list's.
  const isItem = !wanted.selector && found.selector !== undefined && pattern[p + 1]?.key === '*';
  return isItem && matchTokens(pattern, p + 2, tokens, t + 1);
}

function matchToken(wanted: PointerToken, found: PointerToken): boolean {
  if (wanted.key !== '*' && wanted.key !== found.key) return false;
  if (!wanted.selector) return true;
  return Object.entries(wanted.selector).every(([field, value]) => {
    const actual = found.selector?.[field];
    return actual !== undefined && matchesWildcard(value, actual);
  });
}

/** Whether `text` matches `pattern`, in which `*` stands for any run of characters. Linear time. */
export function matchesWildcard(pattern: string, text: string): boolean {
  if (!pattern.includes('*')) return pattern === text;
  const pieces = pattern.split('*');
  const first = pieces[0] ?? '';
  const last = pieces.at(-1) ?? '';
  if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last)) return false;
  let at = first.length;
  const end = text.length - last.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = text.indexOf(piece, at);
    if (found < 0 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return true;
}

/**
 * Whether a pattern names a place that a value has. Selectors only have to stand at a list: an item may come and go, the
 * field it is in is what must exist.
 */
export function hasPlace(value: Json, pattern: string): boolean {
  const tokens = parsePointer(pattern);
  return tokens !== undefined && hasTokens(value, tokens);
}

function hasTokens(value: Json, tokens: readonly PointerToken[]): boolean {
  const [token, ...rest] = tokens;
  if (!token) return true;
  const children = childrenOf(value);
  if (token.key === '**') return hasTokens(value, rest) || children.some(([, child]) => hasTokens(child, tokens));
  return children.some(([key, child]) => {
    if (token.key !== '*' && token.key !== key) return false;
    if (!token.selector || !isJsonArray(child)) return !token.selector && hasTokens(child, rest);
    return rest.length === 0 || child.length === 0 || child.some((item) => hasTokens(item, rest));
  });
}

function childrenOf(value: Json): readonly (readonly [string, Json])[] {
  if (isJsonArray(value)) return value.map((item, at) => [String(at), item] as const);
  return isJsonObject(value) ? Object.entries(value) : [];
}
