import type { ASTNode } from '@marcbachmann/cel-js';
import { type Closure, type ClosureCompiler, fieldOf, isChain, requireBoolean, UnsupportedNode } from './closure.ts';
import { callSource, engineCall } from './engine-call.ts';
import { type PolicyFunction, policyFunctions, safeMatchesName } from './functions.ts';
import { testRegex } from './regex.ts';

/** A parsed signature: the types of the receiver (if any) and parameters, in the order the handler takes them. */
interface OwnFunction {
  readonly types: readonly string[];
  readonly call: (...values: readonly unknown[]) => unknown;
}

const ownFunctions = new Map(policyFunctions.map((each) => readSignature(each)));

function readSignature({ signature, handler }: PolicyFunction): readonly [string, OwnFunction] {
  const [, owner, name = '', list = ''] = /^(?:(\w+)\.)?(\w+)\(([^)]*)\)/.exec(signature) ?? [];
  const types = [...(owner ? [owner] : []), ...list.split(', ')];
  return [`${owner ? '.' : ''}${name}`, { types, call: handler as OwnFunction['call'] }];
}

/** `size(x)`, `has(x.y)`, `items(x)`. */
export function compileCall(compiler: ClosureCompiler, name: string, args: readonly ASTNode[]): Closure {
  const [first] = args;
  if (name === 'has' && first) return compileHas(compiler, first);
  const own = ownFunctions.get(name);
  if (own) return compileOwn(compiler, name, own, args);
  return compileEngineCall(compiler, name, args, false);
}

/** `list.all(x, …)`, `text.startsWith(…)`, `optional.orValue(…)`. */
export function compileMethod(
  compiler: ClosureCompiler,
  name: string,
  receiver: ASTNode,
  args: readonly ASTNode[],
): Closure {
  // Namespaces and what they make (`cel.bind`, `optional.of`) are rare enough to be left to the engine.
  if (receiver.op === 'id' && (receiver.args === 'cel' || receiver.args === 'optional')) throw new UnsupportedNode();
  const [first, second, third] = args;
  if (name === 'hasValue') {
    const chain = compileOptional(compiler, receiver);
    return (frame) => chain(frame) !== undefined;
  }
  if (name === 'orValue' && first) {
    const chain = compileOptional(compiler, receiver);
    const fallback = compiler.compile(first);
    return (frame) => {
      const value = chain(frame);
      return value === undefined ? fallback(frame) : value;
    };
  }
  const comprehension = comprehensions[name];
  if (comprehension && first?.op === 'id' && second) {
    return compileComprehension(compiler, receiver, first.args, comprehension, third ? [second, third] : [second]);
  }
  const own = ownFunctions.get(`.${name}`);
  if (own) return compileOwn(compiler, name, own, [receiver, ...args]);
  return compileEngineCall(compiler, name, [receiver, ...args], true);
}

/** Optionals that are not written as a chain (a variable that holds one) are left to the engine. */
function compileOptional(compiler: ClosureCompiler, receiver: ASTNode): Closure {
  if (!isChain(receiver)) throw new UnsupportedNode();
  return compiler.compileChain(receiver);
}

function compileOwn(compiler: ClosureCompiler, name: string, own: OwnFunction, args: readonly ASTNode[]): Closure {
  const closures = args.map((arg, at) => {
    if (own.types[at] !== 'string') return compiler.compileChain(arg);
    const closure = compiler.compile(arg);
    return (frame: unknown[]) => requireString(closure(frame), name);
  });
  const [first, second] = closures;
  const { call } = own;
  if (!first) throw new UnsupportedNode();
  return second ? (frame) => call(first(frame), second(frame)) : (frame) => call(first(frame));
}

function requireString(value: unknown, name: string): string {
  if (typeof value === 'string') return value;
  throw new Error(`${name}() takes a string`);
}

/** Functions of texts that are worth a short way; on anything but texts the engine says what is wrong. */
const textFunctions: Readonly<Record<string, (text: string, other: string) => boolean>> = {
  startsWith: (text, other) => text.startsWith(other),
  endsWith: (text, other) => text.endsWith(other),
  contains: (text, other) => text.includes(other),
  [safeMatchesName]: testRegex,
};

function compileEngineCall(
  compiler: ClosureCompiler,
  name: string,
  args: readonly ASTNode[],
  isMethod: boolean,
): Closure {
  const source = callSource(name, args.length, isMethod);
  if (source === undefined) throw new UnsupportedNode();
  const slow = engineCall(compiler.engine, source);
  const closures = args.map((arg) => compiler.compile(arg));
  const [first, second] = closures;
  if (name === 'size' && first) {
    return (frame) => {
      const value = first(frame);
      return Array.isArray(value) ? BigInt(value.length) : slow(value);
    };
  }
  if (name === 'lowerAscii' && first) {
    return (frame) => {
      const text = first(frame);
      return typeof text === 'string' ? text.toLowerCase() : slow(text);
    };
  }
  const onTexts = isMethod ? textFunctions[name] : undefined;
  if (onTexts && first && second) {
    return (frame) => {
      const [text, other] = [first(frame), second(frame)];
      return typeof text === 'string' && typeof other === 'string' ? onTexts(text, other) : slow(text, other);
    };
  }
  return (frame) => slow(...closures.map((closure) => closure(frame)));
}

/** `has(a.b.c)`: whether `c` is there; an absent `b` is an error, unless asked for with `?`. */
function compileHas(compiler: ClosureCompiler, node: ASTNode): Closure {
  if (node.op !== '.') throw new UnsupportedNode();
  const [base, name] = node.args;
  const from = isChain(base) ? compiler.compileChain(base) : compiler.compile(base);
  return (frame) => fieldOf(from(frame), name) !== undefined;
}

/** What a comprehension does with its items. */
interface Comprehension {
  /** For `all` and `exists`: the answer that ends it; its opposite is the answer at the end. Failures may be outvoted. */
  readonly decisive?: boolean;
  readonly collect?: 'kept' | 'mapped' | 'counted';
}

const comprehensions: Readonly<Record<string, Comprehension>> = {
  all: { decisive: false },
  exists: { decisive: true },
  exists_one: { collect: 'counted' },
  filter: { collect: 'kept' },
  map: { collect: 'mapped' },
};

function compileComprehension(
  outer: ClosureCompiler,
  receiver: ASTNode,
  variable: string,
  { decisive, collect }: Comprehension,
  bodies: readonly ASTNode[],
): Closure {
  const list = outer.compile(receiver);
  const [inner, slot] = outer.bind(variable);
  const [body, transform] = bodies.map((each) => inner.compile(each));
  if (!body) throw new UnsupportedNode();
  if (decisive !== undefined) return quantify(list, slot, body, decisive);
  if (collect === 'mapped' && !transform) {
    return (frame) => iterable(list(frame)).map((item) => body(put(frame, slot, item)));
  }
  const keep: Closure = (frame) =>
    iterable(list(frame)).filter((item) => requireBoolean(body(put(frame, slot, item)), 'predicate must return bool'));
  if (collect === 'counted') return (frame) => (keep(frame) as readonly unknown[]).length === 1;
  if (!transform) return keep;
  return (frame) => {
    const found: unknown[] = [];
    for (const item of iterable(list(frame))) {
      if (requireBoolean(body(put(frame, slot, item)), 'predicate must return bool')) found.push(transform(frame));
    }
    return found;
  };
}

function put(frame: unknown[], slot: number, value: unknown): unknown[] {
  frame[slot] = value;
  return frame;
}

function quantify(list: Closure, slot: number, body: Closure, decisive: boolean): Closure {
  return (frame) => {
    let failure: unknown;
    for (const item of iterable(list(frame))) {
      frame[slot] = item;
      try {
        if (requireBoolean(body(frame), 'predicate must return bool') === decisive) return decisive;
      } catch (error) {
        failure ??= error;
      }
    }
    if (failure !== undefined) throw failure;
    return !decisive;
  };
}

/** Objects are iterated by key. */
function iterable(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value === 'object' && value !== null) return Object.keys(value);
  throw new Error(`${value === null ? 'null' : typeof value} cannot be range of a comprehension`);
}
