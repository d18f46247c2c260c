import type { Json, JsonObject, Policy, Violation } from '@leeway/core';
import type { Environment } from '@marcbachmann/cel-js';
import type { Frame } from './closure.ts';
import { createScope } from './environment.ts';
import { compileExpression, type Expression, type ExpressionFault, type ExpressionScope } from './expression.ts';
import { compileTemplate, type Template } from './template.ts';
import { toJson } from './value.ts';

/** A fault in one field of a policy: `field` is a JSON Pointer within the policy (`/expression`, `/let/open`). */
export interface PolicyFault extends ExpressionFault {
  readonly field: string;
}

/** Variables every expression has, in the order of their slots in a frame. */
const fixedVariables = ['resource', 'kind', 'key', 'environment', 'now', 'params'] as const;

/** What one evaluation is about. `environment` and `now` are CEL values. */
export interface Subject {
  readonly kind: string;
  readonly key: string;
  readonly resource: JsonObject;
  readonly environment: object;
  readonly now: Date;
}

export interface CompiledPolicy {
  readonly usesNow: boolean;
  /** The CEL value of a set of parameters: made once an environment, not once an evaluation. */
  readonly paramsValue: (params: JsonObject) => object;
  /** What is wrong with the subject, or undefined when it is in order or the policy does not apply. Never throws. */
  readonly evaluate: (subject: Subject, params: object) => Violation | undefined;
}

export type PolicyCompilation =
  | { readonly ok: true; readonly compiled: CompiledPolicy }
  | { readonly ok: false; readonly faults: readonly PolicyFault[] };

type PolicyText = Pick<
  Policy,
  'code' | 'title' | 'where' | 'let' | 'expression' | 'message' | 'path' | 'value' | 'params'
>;

/** A value of `let`, and the slot it is kept in. */
interface NamedValue {
  readonly name: string;
  readonly slot: number;
  readonly value: Expression;
}

/** Fields that a policy leaves out are undefined; so is a faulty one, but then the policy does not come into being. */
interface Parts {
  readonly where: Expression | undefined;
  /** Values of `let` that decide, in order, and those only the message and its kin need. */
  readonly deciding: readonly NamedValue[];
  readonly describing: readonly NamedValue[];
  readonly expression: Expression | undefined;
  readonly message: Template | undefined;
  readonly path: Template | undefined;
  readonly value: Expression | undefined;
}

/** Compiles and type-checks every expression of a policy; all faults are found, not only the first. */
export function compilePolicy(policy: PolicyText): PolicyCompilation {
  const scope = createScope(policy.params);
  const compiler = new PolicyCompiler(scope.environment, policy);
  // In the order they are evaluated: what `let` names is known to the fields after it.
  const where = compiler.condition('/where', policy.where);
  const named = compiler.named(policy.let ?? {});
  const expression = compiler.condition('/expression', policy.expression);
  const parts: Parts = {
    where,
    ...splitByUse(named, expression),
    expression,
    message: compiler.template('/message', policy.message),
    path: compiler.template('/path', policy.path),
    value: compiler.expression('/value', policy.value),
  };
  if (compiler.faults.length > 0) return { ok: false, faults: compiler.faults };
  return {
    ok: true,
    compiled: {
      usesNow: compiler.usesNow,
      paramsValue: scope.paramsValue,
      evaluate: (subject, params) => evaluatePolicy(policy, parts, subject, params),
    },
  };
}

/** A message that is never written needs no values: what the expression does not use waits until it has failed. */
function splitByUse(
  named: readonly NamedValue[],
  expression: Expression | undefined,
): Pick<Parts, 'deciding' | 'describing'> {
  const needed = new Set(expression?.uses);
  for (const { name, value } of named.toReversed()) {
    if (needed.has(name)) for (const used of value.uses) needed.add(used);
  }
  return {
    deciding: named.filter(({ name }) => needed.has(name)),
    describing: named.filter(({ name }) => !needed.has(name)),
  };
}

/** Collects faults over the fields of one policy. */
class PolicyCompiler {
  readonly faults: PolicyFault[] = [];
  usesNow = false;
  readonly #scope: ExpressionScope;
  readonly #slots = new Map<string, number>(fixedVariables.map((name, slot) => [name, slot]));

  constructor(environment: Environment, policy: PolicyText) {
    // Slots for variables of comprehensions begin after those of every `let`, known already or not.
    const free = fixedVariables.length + Object.keys(policy.let ?? {}).length;
    const parameters = Object.keys(policy.params);
    this.#scope = { environment, parameters, variables: { slots: this.#slots, free } };
  }

  expression(field: string, source: string | undefined): Expression | undefined {
    if (source === undefined) return undefined;
    const compiled = compileExpression(source, this.#scope);
    if (!compiled.ok) {
      this.faults.push({ field, ...compiled.fault });
      return undefined;
    }
    this.usesNow ||= compiled.expression.uses.has('now');
    return compiled.expression;
  }

  condition(field: string, source: string | undefined): Expression | undefined {
    const found = this.expression(field, source);
    if (found && found.type !== 'bool' && !found.type.startsWith('dyn')) {
      this.faults.push({ field, offset: 0, message: `This must be true or false and is of type ${found.type}` });
    }
    return found;
  }

  /** Each value of `let` becomes a variable for what follows, of the type it was checked to have. */
  named(sources: Readonly<Record<string, string>>): readonly NamedValue[] {
    const values: NamedValue[] = [];
    for (const [name, source] of Object.entries(sources)) {
      const field = `/let/${name}`;
      const found = this.expression(field, source);
      const slot = this.#slots.size;
      if (found) values.push({ name, slot, value: found });
      try {
        this.#scope.environment.registerVariable(name, found?.type ?? 'dyn');
        this.#slots.set(name, slot);
      } catch {
        this.faults.push({ field, offset: 0, message: `The name ${name} is taken or reserved in CEL` });
      }
    }
    return values;
  }

  template(field: string, text: string | undefined): Template | undefined {
    if (text === undefined) return undefined;
    const compiled = compileTemplate(text, this.#scope);
    if (!compiled.ok) {
      this.faults.push({ field, ...compiled.fault });
      return undefined;
    }
    this.usesNow ||= compiled.template.uses.has('now');
    return compiled.template;
  }
}

function evaluatePolicy(policy: PolicyText, parts: Parts, subject: Subject, params: object): Violation | undefined {
  const { resource, kind, key, environment, now } = subject;
  const frame: Frame = [resource, kind, key, environment, now, params];
  try {
    if (parts.where && !decide(parts.where, frame)) return undefined;
    for (const { slot, value } of parts.deciding) frame[slot] = value.evaluate(frame);
    if (parts.expression && decide(parts.expression, frame)) return undefined;
  } catch (error) {
    return errorViolation(policy.code, reasonOf(error));
  }
  return describeViolation(policy, parts, frame);
}

function decide(condition: Expression, frame: Frame): boolean {
  const result = condition.evaluate(frame);
  if (typeof result !== 'boolean') throw new Error(`it gave ${typeof result} where true or false is expected`);
  return result;
}

/** A message that cannot be written does not undo the finding: its title stands in. */
function describeViolation(policy: PolicyText, parts: Parts, frame: Frame): Violation {
  for (const { slot, value } of parts.describing) frame[slot] = attempt(() => value.evaluate(frame));
  const message = attempt(() => parts.message?.fill(frame)) ?? policy.title;
  const path = attempt(() => parts.path?.fill(frame)) ?? '';
  const value = attempt((): Json | undefined => parts.value && toJson(parts.value.evaluate(frame)));
  return { code: policy.code, outcome: 'fails', message, path, ...(value !== undefined && { value }) };
}

function attempt<T>(write: () => T): T | undefined {
  try {
    return write();
  } catch {
    return undefined;
  }
}

/** The violation that stands for "could not tell". */
export function errorViolation(code: string, reason: string): Violation {
  return { code, outcome: 'error', message: `${code} could not be evaluated: ${reason}`, path: '' };
}

/** The engine's errors carry a drawing of the source after their first line; the summary is the sentence. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'summary' in error && typeof error.summary === 'string' ? error.summary : error.message;
}
