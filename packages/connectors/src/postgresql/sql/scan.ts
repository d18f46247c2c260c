/** A piece of SQL text. `unterminated` is a quote, dollar quote or comment that never ends. */
export interface Token {
  readonly type: 'space' | 'comment' | 'word' | 'quoted' | 'string' | 'number' | 'operator' | 'symbol' | 'unterminated';
  readonly text: string;
  readonly start: number;
}

const wordStart = /[A-Za-z_\u0080-\uffff]/;
const operatorChar = /[-+*/<>=~!@#%^&|`?]/;
const patterns = {
  operator: /[-+*/<>=~!@#%^&|`?]+/y,
  space: /\s+/y,
  word: /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y,
  number: /\d[\d_]*(?:\.[\d_]*)?(?:[eE][+-]?\d+)?|0[xXoObB][\da-fA-F_]+/y,
  dollar: /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y,
  parameter: /\$\d+/y,
};

/**
 * Splits SQL into tokens as PostgreSQL's own lexer does with standard_conforming_strings on: nested comments, E'' strings,
 * dollar quotes, quoted identifiers. Strings keep their prefix and quotes.
 * See https://www.postgresql.org/docs/current/sql-syntax-lexical.html
 */
export function* scanSql(text: string): Generator<Token> {
  let at = 0;
  while (at < text.length) {
    const token = nextToken(text, at);
    yield token;
    at += token.text.length;
  }
}

function nextToken(text: string, start: number): Token {
  const make = (type: Token['type'], end: number): Token => ({ type, text: text.slice(start, end), start });
  const closed = (type: Token['type'], end: number): Token =>
    end < 0 ? make('unterminated', text.length) : make(type, end);
  const char = text[start] ?? '';
  const two = text.slice(start, start + 2);
  if (two === '--') return make('comment', lineEnd(text, start));
  if (two === '/*') return closed('comment', blockCommentEnd(text, start));
  const quote = quoteAt(text, start);
  if (quote) return closed(quote.type, quote.end);
  if (char === '$') return dollarToken(text, start, make, closed);
  if (wordStart.test(char)) return make('word', matchEnd(patterns.word, text, start));
  if (/\d/.test(char)) return make('number', matchEnd(patterns.number, text, start));
  if (/\s/.test(char)) return make('space', matchEnd(patterns.space, text, start));
  if (operatorChar.test(char)) return make('operator', operatorEnd(text, start));
  return make('symbol', start + (two === '::' ? 2 : 1));
}

/** The quoted thing that begins here: 'text', "name", or one with a prefix (E, B, X, N, U&); its end is -1 when it never ends. */
function quoteAt(
  text: string,
  start: number,
): { readonly type: 'string' | 'quoted'; readonly end: number } | undefined {
  const [, prefix = '', quote = ''] = /^([eEbBxXnN]|[uU]&)?(['"])/.exec(text.slice(start, start + 3)) ?? [];
  if (quote === '' || (quote === '"' && prefix.length === 1)) return undefined;
  const open = start + prefix.length;
  if (quote === '"') return { type: 'quoted', end: quoteEnd(text, open, quote) };
  return { type: 'string', end: /^e$/i.test(prefix) ? escapeStringEnd(text, open) : quoteEnd(text, open, quote) };
}

/** An operator ends where a comment begins, and in + or - only when it has a character that standard operators lack. */
function operatorEnd(text: string, start: number): number {
  let operator = text.slice(start, matchEnd(patterns.operator, text, start));
  const comment = operator.search(/--|\/\*/);
  if (comment > 0) operator = operator.slice(0, comment);
  while (operator.length > 1 && /[+-]$/.test(operator) && !/[~!@#%^&|`?]/.test(operator))
    operator = operator.slice(0, -1);
  return start + operator.length;
}

type Make = (type: Token['type'], end: number) => Token;

function dollarToken(text: string, start: number, make: Make, closed: Make): Token {
  patterns.dollar.lastIndex = start;
  const tag = patterns.dollar.exec(text)?.[0];
  if (tag === undefined) return make('symbol', Math.max(matchEnd(patterns.parameter, text, start), start + 1));
  const end = text.indexOf(tag, start + tag.length);
  return closed('string', end < 0 ? -1 : end + tag.length);
}

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

function blockCommentEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const two = text.slice(at, at + 2);
    if (two === '/*') depth++;
    else if (two === '*/' && --depth === 0) return at + 2;
    else continue;
    at++;
  }
  return -1;
}
