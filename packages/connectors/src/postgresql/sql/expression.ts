import { scanSql } from './scan.ts';

/** A token's text, or a group in round or square brackets. */
type Node = string | Group;
interface Group {
  readonly open: '(' | '[';
  readonly items: readonly Node[];
}

/** Deeper nesting is kept as it is. */
const maximumDepth = 400;

/** Words after which a bracket holds an expression, not the arguments of a call. */
const operatorWords = new Set(
  'AND OR NOT WHEN THEN ELSE CASE IS SELECT WHERE ON BY HAVING BETWEEN LIKE ILIKE DEFAULT AS CHECK DISTINCT'.split(' '),
);
/** Types that PostgreSQL casts text literals to and fro; which one it wrote depends on how often the text was dumped. */
const textTypes = new Set(['text', 'character varying', 'varchar']);
/** Words that mean something else without their quotes. */
const reservedWords = new Set(
  `all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create current_catalog
  current_date current_role current_schema current_time current_timestamp current_user default deferrable desc distinct do else
  end except false fetch for foreign from grant group having in initially intersect into lateral leading limit localtime
  localtimestamp not null offset on only or order placing primary references returning select session_user some symmetric
  system_user table then to trailing true union unique user using variadic when where window with between is`.split(
    /\s+/,
  ),
);

/** Spellings found so far: both sides of a comparison, and the tables of one side, repeat each other. */
const known = new Map<string, string>();
const knownLimit = 20_000;

/**
 * One spelling for expressions that PostgreSQL deparses differently although they mean the same: white space, brackets
 * round single values, casts among text and character varying (a dumped and restored CHECK gains or moves them), quotes
 * round plain names (which names are quoted depends on the version's keywords), CURRENT_TIMESTAMP for now().
 * Idempotent; string literals, operators and every other cast stay as they are.
 */
export function canonicalExpression(text: string): string {
  const found = known.get(text);
  if (found !== undefined) return found;
  const all = words(text);
  const tree = parse(all);
  const spelled = tree ? render(simplify(tree)) : all.join(' ');
  if (known.size >= knownLimit) known.clear();
  known.set(text, spelled);
  return spelled;
}

function words(text: string): string[] {
  const found: string[] = [];
  for (const token of scanSql(text)) {
    if (token.type === 'space' || token.type === 'comment') continue;
    found.push(token.type === 'quoted' ? unquote(token.text) : token.text);
  }
  return withoutTextCasts(found).flatMap((word, at, all) => spellNow(word, all[at + 1]));
}

function unquote(text: string): string {
  const name = text.slice(1, -1);
  return /^[a-z_][a-z0-9_]*$/.test(name) && !reservedWords.has(name) ? name : text;
}

function spellNow(word: string, next: string | undefined): string[] {
  return word === 'CURRENT_TIMESTAMP' && next !== '(' ? ['now', '(', ')'] : [word];
}

function withoutTextCasts(all: readonly string[]): string[] {
  const kept: string[] = [];
  for (let at = 0; at < all.length; at++) {
    const length = all[at] === '::' ? textTypeLength(all, at + 1) : 0;
    if (length === 0) kept.push(all[at] ?? '');
    else at += length;
  }
  return kept;
}

/** How many words the text type at `at` has, with its `[]`; 0 when it is another type or has a length. */
function textTypeLength(all: readonly string[], at: number): number {
  const one = all[at] ?? '';
  const length = textTypes.has(`${one} ${all[at + 1] ?? ''}`) ? 2 : textTypes.has(one) ? 1 : 0;
  if (length === 0 || all[at + length] === '(') return 0;
  return all[at + length] === '[' && all[at + length + 1] === ']' ? length + 2 : length;
}

interface OpenGroup {
  readonly open: '(' | '[';
  readonly items: Node[];
}

/** Brackets as a tree; undefined when they do not match or are nested deeper than any real expression. */
function parse(all: readonly string[]): Node[] | undefined {
  const stack: OpenGroup[] = [{ open: '(', items: [] }];
  for (const word of all) {
    if (word === '(' || word === '[') stack.push({ open: word, items: [] });
    else if (word !== ')' && word !== ']') stack.at(-1)?.items.push(word);
    else if (!closeGroup(stack, word === ')' ? '(' : '[')) return undefined;
    if (stack.length > maximumDepth) return undefined;
  }
  return stack.length === 1 ? stack[0]?.items : undefined;
}

function closeGroup(stack: OpenGroup[], open: '(' | '['): boolean {
  const group = stack.pop();
  stack.at(-1)?.items.push(group ?? '');
  return stack.length > 0 && group?.open === open;
}

function simplify(items: readonly Node[]): readonly Node[] {
  const simple = simplifyItems(items);
  const [only] = simple;
  return simple.length === 1 && typeof only === 'object' && only.open === '(' && only.items.length > 0
    ? only.items
    : simple;
}

function simplifyItems(items: readonly Node[]): Node[] {
  return items.flatMap((item, at) => simplifyItem(item, items[at - 1], items[at + 1]));
}

function simplifyItem(item: Node, before: Node | undefined, after: Node | undefined): readonly Node[] {
  if (typeof item === 'string') return [item];
  const group: Group = { open: item.open, items: simplifyItems(item.items) };
  if (item.open === '[') return [group];
  const [first] = group.items;
  if (group.items.length === 1 && typeof first === 'object' && first.open === '(') return [first];
  return !isCall(before) && after !== '.' && isAtom(group.items) ? group.items : [group];
}

/** Whether a bracket after this holds the arguments of a call or the like. */
function isCall(before: Node | undefined): boolean {
  if (before === undefined) return false;
  if (typeof before === 'object') return true;
  return nameStart.test(before) && !operatorWords.has(before.toUpperCase());
}

/** Functions that PostgreSQL's grammar knows and writes in upper case. */
const grammarFunctions = new Set(['COALESCE', 'EXTRACT', 'GREATEST', 'GROUPING', 'LEAST', 'NULLIF', 'ROW']);

const isKeyword = (before: Node | undefined) =>
  typeof before === 'string' && /^[A-Z_]+$/.test(before) && !grammarFunctions.has(before);

/** A single literal, name or qualified name: needs no brackets. */
function isAtom(items: readonly Node[]): boolean {
  if (items.length % 2 === 0 || (items.length === 1 && operatorWords.has(String(items[0]).toUpperCase()))) return false;
  return items.every((item, at) => typeof item === 'string' && (at % 2 === 1 ? item === '.' : atomStart.test(item)));
}

const nameStart = /^["A-Za-z_\u0080-\uffff]/;
const atomStart = /^["'\w$\u0080-\uffff]/;

function render(items: readonly Node[]): string {
  let text = '';
  let before: Node | undefined;
  for (const item of items) {
    text += separator(before, item);
    if (typeof item === 'string') text += item;
    else text += item.open === '(' ? `(${render(item.items)})` : `[${render(item.items)}]`;
    before = item;
  }
  return text;
}

function separator(before: Node | undefined, item: Node): '' | ' ' {
  if (before === undefined || before === '.' || before === '::') return '';
  if (typeof item === 'string') return item === ',' || item === ';' || item === '.' || item === '::' ? '' : ' ';
  if (item.open === '[') return '';
  // PostgreSQL writes functions in lower case and keywords in upper case: `lower(a)`, `FOREIGN KEY (a)`.
  return isCall(before) && !isKeyword(before) ? '' : ' ';
}
