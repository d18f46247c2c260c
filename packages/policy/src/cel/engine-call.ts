import type { Environment } from '@marcbachmann/cel-js';

/** Evaluates one operator or function on values, as the engine defines it. */
export type EngineCall = (...values: readonly unknown[]) => unknown;

const names = ['a0', 'a1', 'a2', 'a3'] as const;
const known = new WeakMap<Environment, Map<string, EngineCall>>();

/**
 * The engine's own meaning of `source`, an expression over the variables `a0` to `a3`. Throws the engine's errors.
 * `environment` is one that has these variables, see {@link declareOperands}.
 */
export function engineCall(environment: Environment, source: string): EngineCall {
  const calls = known.get(environment) ?? new Map<string, EngineCall>();
  known.set(environment, calls);
  const found = calls.get(source);
  if (found) return found;
  const parsed = environment.parse(source);
  const checked = parsed.check();
  if (!checked.valid) throw checked.error;
  const call: EngineCall = (a0, a1, a2, a3) => parsed({ a0, a1, a2, a3 });
  calls.set(source, call);
  return call;
}

export function declareOperands(environment: Environment): Environment {
  for (const name of names) environment.registerVariable(name, 'dyn');
  return environment;
}

/** `a0.split(a1)` or `int(a0)`: undefined when there are more operands than names. */
export function callSource(name: string, count: number, isMethod: boolean): string | undefined {
  if (count > names.length) return undefined;
  const operands = names.slice(0, count);
  return isMethod ? `a0.${name}(${operands.slice(1).join(', ')})` : `${name}(${operands.join(', ')})`;
}
