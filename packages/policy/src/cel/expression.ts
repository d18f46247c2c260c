import { nearest } from '@leeway/core';
import {
  type ASTNode,
  type Environment,
  EvaluationError,
  ParseError,
  TypeError as TypeFault,
} from '@marcbachmann/cel-js';
import { type Closure, compileClosure, type Frame, type Variables } from './closure.ts';
import { dimensionFields, environmentFields, operandEnvironment } from './environment.ts';
import { safeMatchesName } from './functions.ts';
import { findRegexFault } from './regex.ts';

/** What is wrong with an expression, and where: `offset` counts UTF-16 units from its beginning. */
export interface ExpressionFault {
  readonly message: string;
  readonly offset: number;
  /** The nearest valid name, where a name is not known. */
  readonly suggestion?: string;
}

/** A checked expression. `evaluate` throws when the expression fails on the values given. */
export interface Expression {
  readonly evaluate: Closure;
  /** CEL's name of the result's type; `dyn` where only evaluation tells. */
  readonly type: string;
  /** Names of variables it mentions. */
  readonly uses: ReadonlySet<string>;
}

/** What an expression may refer to. */
export interface ExpressionScope {
  readonly environment: Environment;
  /** Names of the policy's parameters. */
  readonly parameters: readonly string[];
  readonly variables: Variables;
}

export type CompiledExpression =
  | { readonly ok: true; readonly expression: Expression }
  | { readonly ok: false; readonly fault: ExpressionFault };

/**
 * Parses and type-checks one expression. `matches` is redirected to RE2 and its literal patterns are vetted; names of
 * functions, variables, parameters and environment fields are known here, so a misspelt one is a fault and not a surprise.
 */
export function compileExpression(source: string, scope: ExpressionScope): CompiledExpression {
  const { environment, parameters, variables } = scope;
  try {
    const parsed = environment.parse(source);
    const seen = inspect(parsed.ast, functionNames(environment));
    if (seen.fault) return { ok: false, fault: seen.fault };
    const checked = parsed.check();
    if (!checked.valid) return { ok: false, fault: describeFault(checked.error, environment, parameters) };
    const evaluate =
      compileClosure(parsed.ast, variables, operandEnvironment()) ?? ((frame) => parsed(contextOf(variables, frame)));
    const expression = { evaluate, type: checked.type ?? 'dyn', uses: seen.uses };
    return { ok: true, expression };
  } catch (error) {
    return { ok: false, fault: describeFault(error, environment, parameters) };
  }
}

/** The variables of a frame by name, as the engine takes them. */
function contextOf({ slots }: Variables, frame: Frame): Record<string, unknown> {
  return Object.fromEntries([...slots].map(([name, slot]) => [name, frame[slot]]));
}

interface Inspection {
  readonly uses: Set<string>;
  fault?: ExpressionFault;
}

/** Walks the syntax tree once: redirects `matches`, vets patterns, knows function names, collects the variables used. */
function inspect(root: ASTNode, functions: ReadonlySet<string>): Inspection {
  const seen: Inspection = { uses: new Set() };
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit);
    if (!isNode(node)) return;
    if (node.op === 'id') seen.uses.add(node.args);
    if (node.op === 'call' || node.op === 'rcall') {
      const fault = inspectCall(node, functions);
      if (fault) seen.fault ??= fault;
    }
    visit(node.args);
  };
  visit(root);
  return seen;
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value;
}

function inspectCall(node: ASTNode, functions: ReadonlySet<string>): ExpressionFault | undefined {
  if (node.op !== 'rcall' && node.op !== 'call') return undefined;
  const name = node.args[0];
  if (!functions.has(name)) {
    const suggestion = nearest(name, functions);
    return { message: `There is no function ${name}`, offset: node.pos, ...(suggestion && { suggestion }) };
  }
  if (node.op !== 'rcall' || name !== 'matches') return undefined;
  node.args[0] = safeMatchesName;
  const pattern = node.args[2][0];
  if (pattern?.op !== 'value' || typeof pattern.args !== 'string') return undefined;
  const reason = findRegexFault(pattern.args);
  return reason === undefined ? undefined : { message: `RE2 refuses this pattern: ${reason}`, offset: pattern.pos };
}

const namesByEnvironment = new WeakMap<Environment, ReadonlySet<string>>();

function functionNames(environment: Environment): ReadonlySet<string> {
  const known = namesByEnvironment.get(environment);
  if (known) return known;
  const names = new Set(environment.getDefinitions().functions.map((entry) => entry.name));
  names.delete(safeMatchesName);
  namesByEnvironment.set(environment, names);
  return names;
}

function describeFault(error: unknown, environment: Environment, parameters: readonly string[]): ExpressionFault {
  if (!(error instanceof ParseError || error instanceof TypeFault || error instanceof EvaluationError)) {
    return { message: error instanceof Error ? error.message : String(error), offset: 0 };
  }
  const message = error.summary.replaceAll(safeMatchesName, 'matches').replaceAll('google.protobuf.', '').toString();
  const suggestion = suggestFor(error.summary, environment, parameters);
  return { message, offset: error.range?.start ?? 0, ...(suggestion && { suggestion }) };
}

/** The two faults that name something unknown, as the engine words them. */
function suggestFor(summary: string, environment: Environment, parameters: readonly string[]): string | undefined {
  const variable = /^Unknown variable: (\S+)/.exec(summary)?.[1];
  if (variable)
    return nearest(
      variable,
      environment.getDefinitions().variables.map((entry) => entry.name),
    );
  const field = /^No such key: (\S+)/.exec(summary)?.[1];
  const fields = [...parameters, ...Object.keys(environmentFields), ...Object.keys(dimensionFields)];
  return field ? nearest(field, fields) : undefined;
}
