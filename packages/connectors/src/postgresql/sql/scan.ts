/** A piece of SQL text. `unterminated` is a quote, dollar quote or comment that never ends. */
export interface Token {
  readonly type: 'space' | 'comment' | 'word' | 'quoted' | 'string' | 'number' | 'operator' | 'symbol' | 'unterminated';
  readonly text: string;
  readonly start: number;
}

const patterns = {
  space: /\s+/y,
  word: /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y,
  number: /0[xXoObB][\da-fA-F_]+|\d[\d_]*(?:\.[\d_]*)?(?:[eE][+-]?\d+)?/y,
  operator: /[-+*/<>=~!@#%^&|`?]+/y,
  dollar: /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y,
  parameter: /\$\d+/y,
  /** A quote with its prefix: 'text', "name", E'', B'', X'', N'', U&''. */
  quote: /(?:[eEbBxXnN](?='))?['"]|[uU]&['"]/y,
};

/**
 * Splits SQL into tokens as PostgreSQL's own lexer does with standard_conforming_strings on: nested comments, E'' strings,
 * dollar quotes, quoted identifiers. Strings keep their prefix and quotes.
 * See https://www.postgresql.org/docs/current/sql-syntax-lexical.html
 */
export function* scanSql(text: string): Generator<Token> {
  let at = 0;
  while (at < text.length) {
    const [type, end] = nextToken(text, at);
    yield { type, text: text.slice(at, end), start: at };
    at = end;
  }
}

/** Type and end of a token; an end of -1 is one that never comes. */
type Extent = readonly [type: Token['type'], end: number];

function nextToken(text: string, start: number): Extent {
  const [type, end] = extentAt(text, start);
  return end < 0 ? ['unterminated', text.length] : [type, end];
}

function extentAt(text: string, start: number): Extent {
  const char = text[start] ?? '';
  if (/[ \t\r\n]/.test(char)) return ['space', matchEnd(patterns.space, text, start)];
  if (char === "'" || char === '"' || /[eEbBxXnNuU]/.test(char)) {
    const quoted = quoteAt(text, start);
    if (quoted) return quoted;
  }
  const word = matchEnd(patterns.word, text, start);
  if (word > start) return ['word', word];
  if (char === '-' && text[start + 1] === '-') return ['comment', lineEnd(text, start)];
  if (char === '/' && text[start + 1] === '*') return ['comment', blockCommentEnd(text, start)];
  if (char === '$') return dollarAt(text, start);
  return symbolAt(text, start);
}

function symbolAt(text: string, start: number): Extent {
  const number = matchEnd(patterns.number, text, start);
  if (number > start) return ['number', number];
  const operator = operatorEnd(text, start);
  if (operator > start) return ['operator', operator];
  const space = matchEnd(patterns.space, text, start);
  if (space > start) return ['space', space];
  return ['symbol', start + (text.startsWith('::', start) ? 2 : 1)];
}

function quoteAt(text: string, start: number): Extent | undefined {
  const open = matchEnd(patterns.quote, text, start) - 1;
  if (open < start) return undefined;
  if (text[open] === '"') return ['quoted', quoteEnd(text, open, '"')];
  const isEscape = open === start + 1 && /[eE]/.test(text[start] ?? '');
  return ['string', isEscape ? escapeStringEnd(text, open) : quoteEnd(text, open, "'")];
}

/** An operator ends where a comment begins, and in + or - only when it has a character that standard operators lack. */
function operatorEnd(text: string, start: number): number {
  let operator = text.slice(start, matchEnd(patterns.operator, text, start));
  const comment = operator.search(/--|\/\*/);
  if (comment > 0) operator = operator.slice(0, comment);
  while (operator.length > 1 && /[+-]$/.test(operator) && !/[~!@#%^&|`?]/.test(operator)) {
    operator = operator.slice(0, -1);
  }
  return start + operator.length;
}

function dollarAt(text: string, start: number): Extent {
  const tagEnd = matchEnd(patterns.dollar, text, start);
  if (tagEnd === start) return ['symbol', Math.max(matchEnd(patterns.parameter, text, start), start + 1)];
  const end = text.indexOf(text.slice(start, tagEnd), tagEnd);
  return ['string', end < 0 ? -1 : end + tagEnd - start];
}

/** End of what the sticky pattern matches at `start`; `start` where it does not. */
function matchEnd(pattern: RegExp, text: string, start: number): number {
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex : start;
}

function lineEnd(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end < 0 ? text.length : end;
}

/** End of a quote in which the quote itself is doubled; -1 when it never ends. */
function quoteEnd(text: string, open: number, quote: string): number {
  for (let at = text.indexOf(quote, open + 1); at >= 0; at = text.indexOf(quote, at + 2)) {
    if (text[at + 1] !== quote) return at + 1;
  }
  return -1;
}

function escapeStringEnd(text: string, open: number): number {
  for (let at = open + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === "'") {
      if (text[at + 1] !== "'") return at + 1;
      at++;
    }
  }
  return -1;
}

/** Block comments nest. */
function blockCommentEnd(text: string, start: number): number {
  const edge = /\/\*|\*\//g;
  edge.lastIndex = start;
  let depth = 0;
  for (let found = edge.exec(text); found; found = edge.exec(text)) {
    depth += found[0] === '/*' ? 1 : -1;
    if (depth === 0) return edge.lastIndex;
  }
  return -1;
}
