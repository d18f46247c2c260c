import type { Environment } from '@marcbachmann/cel-js';
import { iamStatements, oneOrMany } from './iam.ts';
import { ingressRules } from './ingress.ts';
import { parseJsonText } from './json.ts';
import { containersOf, podPath, podSpec } from './kubernetes.ts';
import { isWorld, portsIn } from './network.ts';
import { testRegex } from './regex.ts';
import { regionOf } from './region.ts';
import { unwrap, valueText } from './value.ts';
import { isLike } from './wildcard.ts';

/** A function policies may call beside CEL's own. The handler gets CEL values: numbers, bigints, lists, plain objects. */
export interface PolicyFunction {
  readonly signature: string;
  readonly summary: string;
  readonly handler: (...values: never[]) => unknown;
}

/** `matches` is CEL's, but the engine's own is a backtracking regular expression: calls are redirected to RE2. */
export const safeMatchesName = 're2Match';

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
    handler: isLike,
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
    signature: 'portsIn(dyn, dyn): list',
    summary: 'those ports of the second list that the ranges of the first (`22`, `20-25`, `*`) cover',
    handler: (ranges: unknown, ports: unknown) => portsIn(oneOrMany(unwrap(ranges)), oneOrMany(unwrap(ports))),
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
  for (const { signature, handler } of policyFunctions) {
    environment.registerFunction(signature, handler as (...values: unknown[]) => unknown, { async: false });
  }
  environment.registerFunction(`string.${safeMatchesName}(string): bool`, testRegex, { async: false });
  for (const [operator, apply] of Object.entries(mixedArithmetic)) {
    const handler = (left: number | bigint, right: number | bigint) => apply(Number(left), Number(right));
    environment.registerOperator(`double ${operator} int: double`, handler);
    environment.registerOperator(`int ${operator} double: double`, handler);
  }
  environment.registerOperator('double % double: double', (left: number, right: number) => left % right);
  environment.registerOperator('double == int: bool', (left: number, right: bigint) => left === Number(right));
  return environment;
}
