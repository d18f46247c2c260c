import { failed, type Json, ok, type Problem, ProblemError, problem, type Result } from '@leeway/core';

/** What a configuration file holds, and the files it includes in the places they are included. */
export interface ConfOptions {
  readonly file: string;
  /** Text of an included file; the path as written. Throws ProblemError. */
  readonly include: (path: string) => Promise<Result<Json>>;
  /** Value of an environment variable. */
  readonly variable: (name: string) => string | undefined;
}

const deepest = 64;

/** Sizes: `k` is 1000, `kb`, `ki` and `kib` are 1024 (documentation of NATS' configuration). */
const sizes: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, g: 1e9, t: 1e12 };
const switches: Readonly<Record<string, boolean>> = {
  true: true,
  on: true,
  yes: true,
  false: false,
  off: false,
  no: false,
};

/**
 * Reads a configuration file of the NATS server: maps, lists, sizes, variables, includes, comments. Keys are lower case.
 * LW2005 and LW2007 name the line.
 */
export async function parseNatsConf(text: string, options: ConfOptions): Promise<Result<Json>> {
  try {
    return ok(await new ConfParser(text, options).document());
  } catch (error) {
    if (error instanceof ProblemError) return failed(error.problem);
    throw error;
  }
}

type Fields = Record<string, Json>;

class ConfParser {
  readonly #text: string;
  readonly #options: ConfOptions;
  /** Maps around the place being read, innermost last: variables are looked up in them. */
  readonly #scopes: Fields[] = [];
  #at = 0;

  constructor(text: string, options: ConfOptions) {
    this.#text = text;
    this.#options = options;
  }

  async document(): Promise<Json> {
    this.#skip();
    const braced = this.#take('{');
    const fields = await this.#fields(braced ? '}' : undefined);
    this.#skip();
    if (this.#at < this.#text.length) this.#fail('something follows the last bracket');
    return fields;
  }

  /** Fields up to the closing bracket, or to the end of the text. */
  async #fields(close: '}' | undefined): Promise<Fields> {
    if (this.#scopes.length >= deepest) throw new ProblemError(problem('LW2007', { limit: deepest }, this.#place()));
    const fields: Fields = Object.create(null);
    this.#scopes.push(fields);
    for (;;) {
      this.#skip();
      if (this.#at >= this.#text.length) {
        if (close) this.#fail('a bracket is not closed');
        break;
      }
      if (close && this.#take(close)) break;
      await this.#field(fields);
    }
    this.#scopes.pop();
    return { ...fields };
  }

  async #field(fields: Fields): Promise<void> {
    const key = this.#quoted() ?? this.#bare(/[^\s=:{}[\],;#"']+/y) ?? this.#fail('a key is expected');
    if (key.toLowerCase() === 'include') {
      this.#skipSpace();
      const path = this.#quoted() ?? this.#bare(/[^\s;]+/y) ?? this.#fail('a path is expected');
      const included = await this.#options.include(path);
      if (!included.ok) throw new ProblemError(included.problems[0] as Problem);
      Object.assign(fields, included.value);
      return;
    }
    this.#skip();
    if (this.#take('=') || this.#take(':')) this.#skip();
    fields[key.toLowerCase()] = await this.#value();
    this.#skip();
    if (this.#take(',') || this.#take(';')) this.#skip();
  }

  async #value(): Promise<Json> {
    if (this.#take('{')) return this.#fields('}');
    if (this.#take('[')) return this.#list();
    if (this.#take('(')) return this.#block();
    return this.#quoted() ?? this.#scalar();
  }

  async #list(): Promise<Json> {
    const items: Json[] = [];
    this.#scopes.push({});
    if (this.#scopes.length > deepest) throw new ProblemError(problem('LW2007', { limit: deepest }, this.#place()));
    for (;;) {
      this.#skip();
      if (this.#at >= this.#text.length) this.#fail('a bracket is not closed');
      if (this.#take(']')) break;
      items.push(await this.#value());
      this.#skip();
      this.#take(',');
    }
    this.#scopes.pop();
    return items;
  }

  /** Text in round brackets, whose closing one stands on a line of its own. */
  #block(): string {
    const end = /^[ \t]*\)[ \t]*$/m.exec(this.#text.slice(this.#at));
    if (!end) return this.#fail('a bracket is not closed');
    const text = this.#text.slice(this.#at, this.#at + end.index);
    this.#at += end.index + end[0].length;
    return text.trim();
  }

  #scalar(): Json {
    const word = this.#bare(/[^\s,;{}[\]#]+/y) ?? this.#fail('a value is expected');
    if (/^\$(?!2[aby]\$)\w+$/.test(word)) return this.#variable(word.slice(1));
    return readWord(word);
  }

  /** A variable is a key of a map around it, or of the environment; one that nobody sets stays as it is written. */
  #variable(name: string): Json {
    for (const scope of this.#scopes.toReversed()) {
      const found = scope[name.toLowerCase()];
      if (found !== undefined) return found;
    }
    const value = this.#options.variable(name);
    return value === undefined ? `$${name}` : readWord(value);
  }

  #quoted(): string | undefined {
    const double = this.#bare(/"(?:[^"\\]|\\.)*"/y);
    if (double !== undefined) return readEscapes(double.slice(1, -1));
    const single = this.#bare(/'[^']*'/y);
    if (single !== undefined) return single.slice(1, -1);
    const next = this.#text[this.#at];
    return next === '"' || next === "'" ? this.#fail('quotes are not closed') : undefined;
  }

  #bare(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #take(sign: string): boolean {
    if (this.#text[this.#at] !== sign) return false;
    this.#at += 1;
    return true;
  }

  #skip(): void {
    this.#bare(/(?:\s+|#[^\n]*|\/\/[^\n]*)+/y);
  }

  #skipSpace(): void {
    this.#bare(/[ \t=:]+/y);
  }

  #place() {
    return { file: this.#options.file, line: this.#text.slice(0, this.#at).split('\n').length };
  }

  #fail(reason: string): never {
    throw new ProblemError(problem('LW2005', { format: 'NATS configuration', reason }, this.#place()));
  }
}

/** A bare word: a switch, a number, a size, or text. */
function readWord(word: string): Json {
  const known = switches[word.toLowerCase()];
  if (known !== undefined) return known;
  const [, digits = '', unit = '', binary = ''] =
    /^(-?\d{1,15}(?:\.\d{1,9})?)(?:([kmgt])(b|i|ib)?)?$/i.exec(word) ?? [];
  if (digits === '') return word;
  if (unit === '') return Number(digits);
  const decimal = sizes[unit.toLowerCase()] ?? 1;
  return Number(digits) * (binary === '' ? decimal : 1024 ** Math.round(Math.log10(decimal) / 3));
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

function readEscapes(text: string): string {
  return text.replace(/\\(?:x([0-9a-fA-F]{2})|([\s\S]))/g, (_, hex: string | undefined, char = '') =>
    hex === undefined ? (escapes[char] ?? char) : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
