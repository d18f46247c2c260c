import {
  failed,
  type Json,
  nearest,
  ok,
  type Place,
  type Policy,
  type Problem,
  problem,
  type Result,
} from '@leeway/core';
import { type ParsedDocument, parseYaml, pointerOf } from '@leeway/formats';
import type { z } from 'zod';
import { compilePolicy, type PolicyFault } from '../cel/policy.ts';
import { endWithSuggestion } from '../cel/suggestion.ts';
import { locateInScalar } from './locate.ts';
import { describeValue, knownFields, type PackedPolicy, type PolicyTest, policyPack } from './schema.ts';

/** A policy with its tests, as a pack file holds it. */
export interface TestedPolicy extends Policy {
  readonly place: Place;
  readonly tests: { readonly pass: readonly PolicyTest[]; readonly fail: readonly PolicyTest[] };
}

/**
 * Reads a pack file: shape, codes, and every expression type-checked. All problems are reported, each at its line and
 * column: LW2005–LW2009 (YAML), LW5001 (shape), LW5002 (expressions), LW5003 (a code twice).
 */
export function loadPack(text: string, file: string): Result<readonly TestedPolicy[]> {
  const parsed = parseYaml(text, file);
  if (!parsed.ok) return parsed;
  const [document, second] = parsed.value;
  if (!document || second) {
    const what = document ? 'The file holds more than one YAML document.' : 'The file is empty.';
    return failed(problem('LW5001', { what }, second?.placeOf('') ?? { file, line: 1, column: 1 }));
  }
  const pack = policyPack.safeParse(document.value);
  if (!pack.success) {
    return failed(...pack.error.issues.flatMap((issue) => describeIssue(issue, document)));
  }
  const problems: Problem[] = [];
  const policies = pack.data.policies.map((policy, at) => {
    const found = compilePolicy(policyOf(policy, pack.data.pack, {}));
    const faults = found.ok ? [] : found.faults;
    for (const fault of faults) problems.push(describeFault(text, file, document, at, policy.code, fault));
    const usesNow = found.ok && found.compiled.usesNow;
    const place = document.placeOf(`/policies/${at}`) ?? { file };
    return { ...policyOf(policy, pack.data.pack, { usesNow }), place, tests: policy.tests };
  });
  problems.push(...findDuplicates(policies));
  return problems.length > 0 ? failed(...problems) : ok(policies);
}

function policyOf(policy: PackedPolicy, pack: string, more: { readonly usesNow?: boolean }): Policy {
  const { tests: _, where, let: named, path, value, ...rest } = policy;
  return {
    ...rest,
    ...(where !== undefined && { where }),
    ...(named && { let: named }),
    ...(path !== undefined && { path }),
    ...(value !== undefined && { value }),
    ...(more.usesNow && { usesNow: true }),
    pack,
  };
}

/** Codes used more than once, in any number of packs. Each later use is the problem. */
export function findDuplicates(policies: readonly Policy[]): readonly Problem[] {
  const first = new Map<string, Policy>();
  const problems: Problem[] = [];
  for (const policy of policies) {
    const earlier = first.get(policy.code);
    if (!earlier) first.set(policy.code, policy);
    else problems.push(problem('LW5003', { code: policy.code, first: whereIs(earlier) }, policy.place));
  }
  return problems;
}

function whereIs(policy: Policy): string {
  const { file, line } = policy.place ?? {};
  return file ? `${file}${line ? `:${line}` : ''}` : `pack ${policy.pack}`;
}

function describeIssue(issue: z.core.$ZodIssue, document: ParsedDocument): readonly Problem[] {
  const tokens = issue.path.map(String);
  const pointer = pointerOf(tokens);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const suggestion = nearest(key, knownFields(issue.path));
      const what = `There is no field "${key}" here${endWithSuggestion(suggestion)}`;
      return problem('LW5001', { what }, document.placeOf(pointerOf([...tokens, key])));
    });
  }
  const value = valueAt(document.value, tokens);
  const subject = tokens.length === 0 ? 'The pack' : `"${tokens.at(-1)}"`;
  const what =
    value === undefined
      ? `The field ${subject} is missing.`
      : `${subject} is ${describeValue(value)}: ${issue.message.replace(/^Invalid \w+: /, '')}.`;
  return [problem('LW5001', { what }, document.placeOf(pointer))];
}

function valueAt(value: Json, tokens: readonly string[]): Json | undefined {
  let at: Json | undefined = value;
  for (const token of tokens) {
    at = typeof at === 'object' && at !== null ? (at as Readonly<Record<string, Json>>)[token] : undefined;
  }
  return at;
}

function describeFault(
  text: string,
  file: string,
  document: ParsedDocument,
  at: number,
  code: string,
  fault: PolicyFault,
): Problem {
  const tokens = fault.field.slice(1).split('/');
  const located = locateInScalar(text, file, ['policies', at, ...tokens], fault.offset);
  const place = located?.place ?? document.placeOf(`/policies/${at}${fault.field}`) ?? { file };
  const near = located ? located.line.slice((located.place.column ?? 1) - 1).trim() : '';
  const excerpt = near.length > 40 ? `${near.slice(0, 40)}…` : near;
  const values = {
    code,
    field: tokens.join('.'),
    reason: fault.message,
    near: excerpt ? `, near \`${excerpt}\`` : '',
    suggestion: endWithSuggestion(fault.suggestion),
  };
  return problem('LW5002', values, place);
}
