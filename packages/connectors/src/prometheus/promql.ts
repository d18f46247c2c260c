import { aggregators, type PromToken, promTokens } from './promql-tokens.ts';

/** Deepest nesting that is normalised; deeper expressions are compared as written. */
const deepest = 200;

/**
 * A PromQL expression in one spelling: the one the rules API answers with, since Prometheus stores the parsed expression
 * and prints it anew. White space, comments, quotes, the case of keywords, number and duration forms, the order of
 * matchers and labels, and the place of `by` and `without` say nothing. What is not PromQL only loses its extra space.
 */
export function canonicalPromql(expression: string): string {
  const tokens = promTokens(expression);
  const printed = tokens && new Printer(tokens).print();
  return printed ?? expression.trim().replace(/[^\S\n]+/g, ' ');
}

const grouping = new Set(['by', 'without']);
const matching = new Set(['on', 'ignoring', 'group_left', 'group_right']);

const closing = new Set([',', ')', ']', '}']);

/** A printed piece of an expression. */
interface Part {
  readonly text: string;
  /** True where an operand must follow: there `-` is a sign and `(` groups. */
  readonly open: boolean;
  /** No space before it. */
  readonly sticks?: boolean;
  /** No space after it. */
  readonly sign?: boolean;
}

function wrap(inside: string | undefined, before: string, after: string, sticks: boolean): Part | undefined {
  return inside === undefined ? undefined : { text: before + inside + after, sticks, open: false };
}

class Printer {
  readonly #tokens: readonly PromToken[];
  #at = 0;

  constructor(tokens: readonly PromToken[]) {
    this.#tokens = tokens;
  }

  /** Undefined when brackets do not match or nest too deeply. */
  print(): string | undefined {
    const text = this.#expression(0);
    return text !== undefined && this.#at === this.#tokens.length ? text : undefined;
  }

  #peek(): string | undefined {
    return this.#tokens[this.#at]?.text;
  }

  /** Everything up to a comma or a closing bracket. */
  #expression(depth: number): string | undefined {
    if (depth > deepest) return undefined;
    let text = '';
    let last: Part = { text: '', sign: true, open: true };
    for (let token = this.#tokens[this.#at]; token && !closing.has(token.text); token = this.#tokens[this.#at]) {
      this.#at += 1;
      const part = this.#part(token, last.open, depth);
      if (!part) return undefined;
      if (part.text === '') continue;
      text += part.sticks || last.sign ? part.text : ` ${part.text}`;
      last = part;
    }
    return text;
  }

  #part({ type, text }: PromToken, open: boolean, depth: number): Part | undefined {
    if (type === 'operator') return open ? { text: text === '+' ? '' : text, open, sign: true } : { text, open: true };
    if (type === 'name') return this.#word(text, open, depth);
    if (type !== 'punctuation') return { text, open: false };
    if (text === '(') return wrap(this.#list(depth), '(', ')', !open);
    if (text === '{') return wrap(this.#matchers(), '{', '}', !open);
    if (text === '[') return wrap(this.#range(depth), '[', ']', true);
    return text === '@' && !open ? this.#modifiers(text, depth) : { text, open: true };
  }

  #word(text: string, open: boolean, depth: number): Part | undefined {
    const next = this.#peek() ?? '';
    if (aggregators.has(text) && (next === '(' || grouping.has(next))) return this.#aggregate(text, depth);
    if (text === 'offset' && !open) return this.#modifiers(text, depth);
    if (matching.has(text) && open) return this.#matching(text);
    return { text, open: text === 'bool' };
  }

  /** The arguments up to `)`. */
  #list(depth: number): string | undefined {
    const items: string[] = [];
    while (this.#peek() !== ')') {
      const item = this.#expression(depth + 1);
      if (item === undefined || this.#peek() === undefined) return undefined;
      items.push(item);
      if (this.#peek() === ',') this.#at += 1;
      else if (this.#peek() !== ')') return undefined;
    }
    this.#at += 1;
    return items.join(', ');
  }

  /** `{b="x",a="y"}`: sorted, as every order selects the same series. */
  #matchers(): string | undefined {
    const items: string[] = [];
    let item = '';
    for (let text = this.#peek(); text !== '}'; text = this.#peek()) {
      if (text === undefined) return undefined;
      this.#at += 1;
      if (text !== ',') item += text;
      else if (item) {
        items.push(item);
        item = '';
      }
    }
    this.#at += 1;
    return [...items, ...(item ? [item] : [])].sort().join(',');
  }

  #range(depth: number): string | undefined {
    const inside = this.#expression(depth + 1);
    if (inside === undefined || this.#peek() !== ']') return undefined;
    this.#at += 1;
    return inside.replaceAll(/ (::?) ?/g, '$1');
  }

  /** `@ end() offset 5m`, in this order, however they are written. */
  #modifiers(first: string, depth: number): Part | undefined {
    const found: Record<string, string> = {};
    for (let word: string | undefined = first; word === '@' || word === 'offset'; word = this.#peek()) {
      if (word !== first || found[first] !== undefined) this.#at += 1;
      const value = this.#operand(depth);
      if (value === undefined || found[word] !== undefined) return undefined;
      found[word] = `${word} ${value}`;
    }
    return { text: [found['@'], found['offset']].filter(Boolean).join(' '), open: false };
  }

  /** A signed duration or number, or `start()`, `end()`. */
  #operand(depth: number): string | undefined {
    const sign = this.#peek() === '-' ? '-' : '';
    if (sign || this.#peek() === '+') this.#at += 1;
    const token = this.#tokens[this.#at];
    if (!token || closing.has(token.text)) return undefined;
    this.#at += 1;
    if (this.#peek() !== '(') return sign + token.text;
    this.#at += 1;
    const list = this.#list(depth);
    return list === undefined ? undefined : `${sign}${token.text}(${list})`;
  }

  /** `by (a, b)`: a set of labels, in any order. */
  #labels(): string | undefined {
    if (this.#peek() !== '(') return undefined;
    const names: string[] = [];
    let at = this.#at + 1;
    for (let token = this.#tokens[at]; token && token.text !== ')'; token = this.#tokens[at]) {
      if (token.type !== 'name' && token.type !== 'string' && token.text !== ',') return undefined;
      if (token.text !== ',') names.push(token.text);
      at += 1;
    }
    this.#at = at + 1;
    return `(${names.sort().join(', ')})`;
  }

  /** The grouping stands before or after the arguments; it is printed before them. `by ()` groups as no grouping does. */
  #aggregate(name: string, depth: number): Part | undefined {
    let group = this.#grouping();
    if (this.#peek() !== '(') return undefined;
    this.#at += 1;
    const list = this.#list(depth);
    group ||= this.#grouping();
    return list === undefined ? undefined : { text: `${name}${group ? ` ${group} ` : ''}(${list})`, open: false };
  }

  #grouping(): string {
    const word = this.#peek() ?? '';
    if (!grouping.has(word)) return '';
    this.#at += 1;
    const labels = this.#labels();
    return labels === undefined || (word === 'by' && labels === '()') ? '' : `${word} ${labels}`;
  }

  /** `on (a) group_left (b)` after an operator; `group_left` may stand without labels, `ignoring ()` says nothing alone. */
  #matching(word: string): Part {
    const labels = this.#labels() ?? '()';
    const group = this.#peek()?.startsWith('group_') ?? false;
    return { text: word === 'ignoring' && labels === '()' && !group ? '' : `${word} ${labels}`, open: true };
  }
}
