import { matchesWildcard } from '@leeway/core/json/pointer.ts';
import { type Environment, Optional } from '@marcbachmann/cel-js';
import { type DirectFunction, registerDirect } from './direct.ts';
import { iamStatements, oneOrMany } from './iam.ts';
import { ingressRules } from './ingress.ts';
import { parseJsonText } from './json.ts';
import { containersOf, podPath, podSpec } from './kubernetes.ts';
import { isWorld, spansPort } from './network.ts';
import { testRegex } from './regex.ts';
import { regionOf } from './region.ts';
import { valueText } from './value.ts';

/** A function policies may call beside CEL's own. The handler gets CEL values: numbers, bigints, lists, plain objects. */
export interface PolicyFunction extends DirectFunction {
  readonly summary: string;
}

/** `matches` is CEL's, but the engine's own is a backtracking regular expression: calls are redirected to RE2. */
export const safeMatchesName = 're2Match';

/** `items(resource.?ingress)` takes the optional itself, so that authors need no default. */
function unwrap(value: unknown): unknown {
  return value instanceof Optional ? value.orValue(undefined) : value;
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  const found = unwrap(value);
  return typeof found === 'object' && found !== null ? (found as Readonly<Record<string, unknown>>) : {};
}

/** Everything policies may call beside CEL's standard library; `docs/policies.md` lists the same. */
export const policyFunctions: readonly PolicyFunction[] = [
  {
    signature: 'items(dyn): list',
    summary: 'a list as it is, nothing as an empty list, one value as a list of it',
    handler: (value: unknown) => oneOrMany(unwrap(value)),
  },
  {
    signature: 'json(string): dyn',
    summary: 'the value of a JSON text',
    handler: parseJsonText,
  },
  {
    signature: 'text(dyn): string',
    summary: 'any value as people read it',
    handler: (value: unknown) => valueText(unwrap(value)),
  },
  {
    signature: 'string.like(string): bool',
    summary: 'whether a text matches a pattern in which * stands for anything',
    handler: (text: string, pattern: string) => matchesWildcard(pattern, text),
  },
  {
    signature: 'days(google.protobuf.Duration): double',
    summary: 'a duration in days',
    handler: (span: { valueOf(): number }) => span.valueOf() / 86_400_000,
  },
  {
    signature: 'isWorld(string): bool',
    summary: 'whether a CIDR block or word (`0.0.0.0/0`, `Internet`, `*`) is the whole internet or near it',
    handler: isWorld,
  },
  {
    signature: 'spansPort(dyn, dyn): bool',
    summary: 'whether a port or range (`22`, `20-25`, `*`) covers a port',
    handler: (range: unknown, port: unknown) => {
      const found = unwrap(range);
      return spansPort(typeof found === 'bigint' ? Number(found) : found, Number(port));
    },
  },
  {
    signature: 'ingress(string, dyn): list',
    summary: 'rules of a security group, firewall or load balancer that let traffic in: sources, ports, path',
    handler: (kind: string, resource: unknown) => ingressRules(kind, fieldsOf(resource)),
  },
  {
    signature: 'region(dyn): string',
    summary: 'the region of a cloud resource, empty when it does not tell',
    handler: (resource: unknown) => regionOf(fieldsOf(resource)),
  },
  {
    signature: 'podSpec(dyn): map',
    summary: 'the Pod spec of any Kubernetes workload',
    handler: (workload: unknown) => podSpec(fieldsOf(workload)),
  },
  {
    signature: 'podPath(dyn): string',
    summary: 'the pointer to that Pod spec',
    handler: (workload: unknown) => podPath(fieldsOf(workload)),
  },
  {
    signature: 'containers(dyn): list',
    summary: 'containers, init and ephemeral containers of any workload, each with its pointer as `path`',
    handler: (workload: unknown) => containersOf(fieldsOf(workload)),
  },
  {
    signature: 'statements(dyn): list',
    summary: 'statements of an IAM policy document (text or object), every list written out',
    handler: (document: unknown) => iamStatements(unwrap(document)),
  },
];

/** JSON numbers are doubles and CEL's literals are ints: what CEL leaves undefined between the two, by operator. */
const mixedArithmetic: Readonly<Record<string, (left: number, right: number) => number>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '%': (left, right) => left % right,
};

/** Registers functions and operators; everything is synchronous, which lets the engine take its short way. */
export function registerLibrary(environment: Environment): Environment {
  for (const each of policyFunctions) registerDirect(environment, each);
  environment.registerFunction(`string.${safeMatchesName}(string): bool`, testRegex, { async: false });
  for (const [operator, apply] of Object.entries(mixedArithmetic)) {
    const handler = (left: number | bigint, right: number | bigint) => apply(Number(left), Number(right));
    environment.registerOperator(`double ${operator} int: double`, handler);
    environment.registerOperator(`int ${operator} double: double`, handler);
  }
  environment.registerOperator('double % double: double', (left: number, right: number) => left % right);
  environment.registerOperator('double == int: bool', (left: number, right: bigint) => left === Number(right));
  const includes = (value: number | bigint, list: readonly (number | bigint)[]) =>
    list.some((item) => Number(item) === Number(value));
  environment.registerOperator('int in list<double>: bool', includes);
  environment.registerOperator('double in list<int>: bool', includes);
  return environment;
}
