import { scanSql, type Token } from './scan.ts';

/** Words that end a FROM clause. */
const afterFrom = new Set([
  'WHERE',
  'GROUP',
  'HAVING',
  'WINDOW',
  'ORDER',
  'LIMIT',
  'OFFSET',
  'FETCH',
  'FOR',
  'UNION',
  'INTERSECT',
  'EXCEPT',
]);
const setOperations = new Set(['UNION', 'INTERSECT', 'EXCEPT']);

interface Placed extends Token {
  /** Brackets around it. */
  readonly depth: number;
}

/**
 * A view's text as PostgreSQL 16 and later write it: servers before 16 qualify the columns of a view over a single
 * relation (`orders.id`), later ones do not (`id`). Subqueries are qualified by all of them and stay as they are.
 */
export function unqualifyTopLevel(text: string): string {
  const tokens = place(text);
  const alias = soleAlias(tokens);
  if (alias === undefined) return text;
  const subqueries = subqueryMask(tokens);
  const isDropped = (at: number) =>
    !subqueries[at] && (isQualifier(tokens, at, alias) || isQualifier(tokens, at - 1, alias));
  return tokens.map((token, at) => (isDropped(at) ? '' : token.text)).join('');
}

/** A query without aliases equal to what they name: `FROM app.orders orders`. PostgreSQL writes AS before columns' only. */
export function dropEqualAliases(text: string): string {
  const tokens = [...scanSql(text)];
  const isName = ({ type }: Token) => type === 'word' || type === 'quoted';
  const repeats = (at: number) => {
    const [name, gap, alias] = [tokens[at - 2], tokens[at - 1], tokens[at]];
    return name && gap && alias && isName(alias) && gap.type === 'space' && name.text === alias.text;
  };
  return tokens.map(({ text: own }, at) => (repeats(at) || repeats(at + 1) ? '' : own)).join('');
}

function place(text: string): Placed[] {
  let depth = 0;
  return [...scanSql(text)].map((token) => {
    if (token.text === ')') depth--;
    const placed = { ...token, depth };
    if (token.text === '(') depth++;
    return placed;
  });
}

const isGap = (token: Placed | undefined) => token?.type === 'space' || token?.type === 'comment';
const wordOf = (token: Placed) => (token.type === 'word' ? token.text.toUpperCase() : '');

/** The alias of the only FROM item of the outermost SELECT; undefined where there are several, none, or a set operation. */
function soleAlias(tokens: readonly Placed[]): string | undefined {
  const outer = tokens.filter((token) => token.depth === 0 && !isGap(token));
  if (outer.some((token) => setOperations.has(wordOf(token)))) return undefined;
  const from = outer.findIndex((token) => wordOf(token) === 'FROM');
  if (from < 0) return undefined;
  const length = outer.slice(from + 1).findIndex((token) => afterFrom.has(wordOf(token)) || token.text === ';');
  const clause = outer.slice(from + 1, length < 0 ? undefined : from + 1 + length);
  if (clause.some((token) => token.text === ',' || wordOf(token) === 'JOIN') || startsWithJoin(tokens, clause))
    return undefined;
  const sample = clause.findIndex((token) => wordOf(token) === 'TABLESAMPLE');
  const names = clause
    .slice(0, sample < 0 ? undefined : sample)
    .filter((token) => token.type === 'word' || token.type === 'quoted');
  return names.at(-1)?.text;
}

/** Joins are written in brackets: `FROM (a JOIN b ON …)`. */
function startsWithJoin(tokens: readonly Placed[], clause: readonly Placed[]): boolean {
  const open = clause[0];
  if (open?.text !== '(') return false;
  const inside = tokens.find((token) => token.start > open.start && !isGap(token));
  return !inside || !['SELECT', 'VALUES', 'WITH'].includes(wordOf(inside));
}

/** True for every token inside a bracket that holds a query of its own. */
function subqueryMask(tokens: readonly Placed[]): boolean[] {
  let inside: number | undefined;
  return tokens.map((token, at) => {
    if (inside !== undefined && token.text === ')' && token.depth === inside) inside = undefined;
    else if (inside === undefined && token.text === '(') {
      const next = tokens.slice(at + 1).find((other) => !isGap(other));
      if (next && ['SELECT', 'VALUES', 'WITH'].includes(wordOf(next))) inside = token.depth;
    }
    return inside !== undefined;
  });
}

function isQualifier(tokens: readonly Placed[], at: number, alias: string): boolean {
  const next = tokens[at + 2];
  return (
    tokens[at]?.text === alias &&
    tokens[at + 1]?.text === '.' &&
    tokens[at - 1]?.text !== '.' &&
    (next?.type === 'word' || next?.type === 'quoted') &&
    tokens[at + 3]?.text !== '.' &&
    tokens[at + 3]?.text !== '('
  );
}
