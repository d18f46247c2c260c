import { type ASTNode, type Environment, EvaluationError, type TypeDeclaration } from '@marcbachmann/cel-js';

/** A function of one signature (`string.like(string): bool`): nothing has to be resolved when it is called. */
export interface DirectFunction {
  readonly signature: string;
  readonly handler: (...values: never[]) => unknown;
}

/** What the engine hands to macros, as far as it is used here. */
interface Checker {
  check(node: ASTNode, context: unknown): TypeDeclaration;
  getType(name: string): TypeDeclaration;
  createError(code: string, message: string, node: ASTNode): Error;
}
interface Evaluator {
  run(node: ASTNode, context: unknown): unknown;
}
interface MacroCall {
  readonly ast: ASTNode & { setMeta(key: string, value: unknown): void };
  readonly args: readonly ASTNode[];
  readonly receiver?: ASTNode;
}

type Guard = (value: unknown) => boolean;

/** How an argument of each type used in signatures looks at run time. */
const guards: Readonly<Record<string, Guard>> = {
  string: (value) => typeof value === 'string',
  dyn: () => true,
  'google.protobuf.Duration': (value) => typeof value === 'object' && value !== null,
};

/**
 * Registers a function as a macro of the engine. Ordinary functions are looked up by the types of their arguments on
 * every call with JSON values, which costs more than most of them do; a macro is called as it is.
 */
export function registerDirect(environment: Environment, { signature, handler }: DirectFunction): void {
  const [, owner, name = '', list = '', returns = ''] = /^(?:(\w+)\.)?(\w+)\(([^)]*)\): (\w+)$/.exec(signature) ?? [];
  const parameters = list === '' ? [] : list.split(', ');
  const types = owner ? [owner, ...parameters] : parameters;
  const call = handler as (...values: readonly unknown[]) => unknown;
  const expand = ({ ast, args, receiver }: MacroCall) => {
    const nodes = receiver ? [receiver, ...args] : args;
    return {
      typeCheck: (checker: Checker, _macro: unknown, context: unknown) => {
        // Nothing here is asynchronous: the engine may take its short way around it.
        ast.setMeta('async', false);
        nodes.forEach((node, at) => {
          checkArgument(checker, node, context, types[at] ?? 'dyn', name);
        });
        return checker.getType(returns);
      },
      evaluate: createEvaluate(nodes, types, name, call),
    };
  };
  const macro = `${owner ? `${owner}.` : ''}${name}(${parameters.map(() => 'ast').join(', ')}): ${returns}`;
  environment.registerFunction(macro, expand as unknown as (...values: unknown[]) => unknown, { async: false });
}

function checkArgument(checker: Checker, node: ASTNode, context: unknown, wanted: string, name: string): void {
  const found = checker.check(node, context);
  if (wanted === 'dyn' || found.kind === 'dyn' || found.name === wanted) return;
  throw checker.createError('no_matching_overload', `${name}() takes a ${wanted}, not a ${found.name}`, node);
}

function createEvaluate(
  nodes: readonly ASTNode[],
  types: readonly string[],
  name: string,
  call: (...values: readonly unknown[]) => unknown,
) {
  const argument = (ev: Evaluator, context: unknown, at: number): unknown => {
    const node = nodes[at] as ASTNode;
    const value = ev.run(node, context);
    const type = types[at] ?? 'dyn';
    if (guards[type]?.(value)) return value;
    throw new EvaluationError({ code: 'no_matching_overload', message: `${name}() takes a ${type}`, node });
  };
  if (nodes.length === 1) {
    return (ev: Evaluator, _macro: unknown, context: unknown) => call(argument(ev, context, 0));
  }
  return (ev: Evaluator, _macro: unknown, context: unknown) => call(argument(ev, context, 0), argument(ev, context, 1));
}
