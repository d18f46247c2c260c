import type { Environment } from '@marcbachmann/cel-js';
import { engineCall } from './engine-call.ts';

/** An operator on two values. */
export type Operator = (left: unknown, right: unknown) => unknown;

/**
 * CEL's binary operators: the everyday cases here (texts, numbers, lists of them), everything else as the engine has it.
 * The two agree; `closure.test.ts` holds them to it.
 */
export function binaryOperator(environment: Environment, symbol: string): Operator {
  const slow = engineCall(environment, `a0 ${symbol} a1`);
  const fast = operators[symbol];
  return fast ? fast(slow) : slow;
}

const operators: Readonly<Record<string, (slow: Operator) => Operator>> = {
  '==': (slow) => (left, right) => isEqual(left, right) ?? slow(left, right),
  '!=': (slow) => (left, right) => {
    const equal = isEqual(left, right);
    return equal === undefined ? slow(left, right) : !equal;
  },
  '<': (slow) => (left, right) => (areNumbers(left, right) ? left < (right as number) : slow(left, right)),
  '<=': (slow) => (left, right) => (areNumbers(left, right) ? left <= (right as number) : slow(left, right)),
  '>': (slow) => (left, right) => (areNumbers(left, right) ? left > (right as number) : slow(left, right)),
  '>=': (slow) => (left, right) => (areNumbers(left, right) ? left >= (right as number) : slow(left, right)),
  '+': (slow) => (left, right) => {
    if (typeof left === 'string' && typeof right === 'string') return left + right;
    return Array.isArray(left) && Array.isArray(right) ? [...left, ...right] : slow(left, right);
  },
  in: (slow) => (left, right) => isMember(left, right) ?? slow(left, right),
};

/** Whether two simple values are equal; undefined when one is not simple. Numbers are equal by value. */
function isEqual(left: unknown, right: unknown): boolean | undefined {
  const type = typeof left;
  if (type === 'object' || typeof right === 'object') return undefined;
  if (type === typeof right) return left === right;
  return isNumber(left) && isNumber(right) ? Number(left) === Number(right) : false;
}

function isNumber(value: unknown): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}

/** JavaScript compares bigints with numbers by value. */
function areNumbers(left: unknown, right: unknown): left is number {
  return isNumber(left) && isNumber(right);
}

/** Membership of a simple value in a list of simple ones, or of a name in an object. */
function isMember(value: unknown, collection: unknown): boolean | undefined {
  if (typeof value === 'object' || typeof collection !== 'object' || collection === null) return undefined;
  if (!Array.isArray(collection)) {
    const isPlain = collection.constructor === Object || collection.constructor === undefined;
    return typeof value === 'string' && isPlain ? Object.hasOwn(collection, value) : undefined;
  }
  for (const item of collection) {
    const equal = isEqual(value, item);
    if (equal === undefined) return undefined;
    if (equal) return true;
  }
  return false;
}
