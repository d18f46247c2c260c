/** One token of a PromQL expression, already in its canonical spelling. */
export interface PromToken {
  readonly type: 'name' | 'number' | 'duration' | 'string' | 'operator' | 'punctuation';
  readonly text: string;
}

/** Longest expression that is normalised; longer ones are compared as written. */
const longest = 100_000;

const space = /(?:\s+|#[^\n]*)+/y;
const duration = /(?:\d+(?:ms|[smhdwy]))+(?![\w.])/y;
const number = /(?:0x[\da-f]+|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|(?:inf|nan)(?![\w:]))/iy;
const name = /[A-Za-z_:][\w:]*/y;
/** Between brackets a colon parts range and step. */
const plainName = /[A-Za-z_]\w*/y;
const string = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`/y;
const symbol = /==|!=|=~|!~|>=|<=|::|[-+*/%^=<>@(){}[\],:]/y;

const punctuation = new Set(['(', ')', '{', '}', '[', ']', ',', ':', '::', '@']);
/** Keywords are the same in any case; functions, metrics and labels are not (PromQL's lexer). */
const keywords = new Set(
  'and or unless atan2 by without on ignoring group_left group_right bool offset start end'.split(' '),
);
export const aggregators = new Set(
  'sum avg count min max group stddev stdvar topk bottomk count_values quantile limitk limit_ratio'.split(' '),
);
const wordOperators = new Set(['and', 'or', 'unless', 'atan2']);

/** The tokens of an expression without comments and space; undefined where it is not PromQL. */
export function promTokens(expression: string): readonly PromToken[] | undefined {
  if (expression.length > longest) return undefined;
  const tokens: PromToken[] = [];
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(expression)?.[0];
    if (found !== undefined) at += found.length;
    return found;
  };
  // What the innermost open bracket is; names and numbers read differently in each.
  let inside: Inside = 'expression';
  while (true) {
    take(space);
    if (at >= expression.length) return tokens;
    const token = nextToken(take, inside);
    if (!token) return undefined;
    if (token.type === 'punctuation') inside = insides[token.text] ?? inside;
    tokens.push(token);
  }
}

type Inside = 'expression' | 'matchers' | 'range';
/** Neither matchers nor ranges nest. */
const insides: Readonly<Record<string, Inside>> = {
  '{': 'matchers',
  '}': 'expression',
  '[': 'range',
  ']': 'expression',
};

function nextToken(take: (pattern: RegExp) => string | undefined, inside: Inside): PromToken | undefined {
  const quoted = take(string);
  if (quoted !== undefined) return { type: 'string', text: requote(quoted) };
  const asLabel = inside === 'matchers';
  const length = asLabel ? undefined : take(duration);
  if (length !== undefined) return { type: 'duration', text: formatDuration(durationSeconds(length)) };
  const amount = asLabel ? undefined : take(number);
  if (amount !== undefined) return { type: 'number', text: formatNumber(amount) };
  const word = take(inside === 'range' ? plainName : name);
  if (word !== undefined) return wordToken(word, asLabel);
  const sign = take(symbol);
  if (sign === undefined) return undefined;
  return { type: punctuation.has(sign) ? 'punctuation' : 'operator', text: sign };
}

function wordToken(word: string, asLabel: boolean): PromToken {
  const lower = word.toLowerCase();
  if (asLabel || !(keywords.has(lower) || aggregators.has(lower))) return { type: 'name', text: word };
  return { type: wordOperators.has(lower) ? 'operator' : 'name', text: lower };
}

/** Go's escapes as JSON's, so that `'a'`, `"a"` and backquoted text are one string. */
function requote(quoted: string): string {
  const inner = quoted.slice(1, -1);
  if (quoted.startsWith('`')) return JSON.stringify(inner);
  const text = inner.replace(
    /\\(x[\da-fA-F]{2}|u[\da-fA-F]{4}|[0-7]{3}|.)/gs,
    (whole, code: string) => readEscape(code) ?? whole,
  );
  return JSON.stringify(text);
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', a: '\u0007', b: '\b', f: '\f', v: '\v' };

function readEscape(code: string): string | undefined {
  if (/^[xu]./.test(code)) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
  if (/^[0-7]{3}$/.test(code)) return String.fromCharCode(Number.parseInt(code, 8));
  return escapes[code] ?? (/^[\\'"`]$/.test(code) ? code : undefined);
}

function formatNumber(source: string): string {
  const lower = source.toLowerCase();
  if (lower === 'inf') return 'Inf';
  return lower === 'nan' ? 'NaN' : String(Number(lower));
}

const units: readonly (readonly [string, number])[] = [
  ['y', 31_536_000],
  ['w', 604_800],
  ['d', 86_400],
  ['h', 3600],
  ['m', 60],
  ['s', 1],
  ['ms', 0.001],
];

/** Seconds of a duration such as `1h30m`. */
export function durationSeconds(text: string): number {
  let milliseconds = 0;
  for (const [, count, unit] of text.matchAll(/(\d+)(ms|[smhdwy])/g)) {
    milliseconds += Number(count) * 1000 * (units.find(([name]) => name === unit)?.[1] ?? 0);
  }
  return milliseconds / 1000;
}

/** A duration as Prometheus writes it: `15m`, `1h30m`, `1d`; years and weeks only where nothing is left over. */
export function formatDuration(seconds: number): string {
  let rest = Math.round(seconds * 1000);
  if (rest === 0) return '0s';
  let text = '';
  for (const [unit, length] of units) {
    const size = Math.round(length * 1000);
    const whole = unit === 'y' || unit === 'w';
    if (whole && rest % size !== 0) continue;
    const count = Math.floor(rest / size);
    if (count > 0) text += `${count}${unit}`;
    rest -= count * size;
  }
  return text;
}
