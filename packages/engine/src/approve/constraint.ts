import {
  type Constraint,
  constraintHolds,
  describeConstraint,
  type Finding,
  failed,
  isJsonArray,
  isJsonObject,
  type Json,
  ok,
  pinDigest,
  problem,
  type Result,
  valueText,
} from '@leeway/core';
import { RE2JS } from 're2js';
import type { ApprovalRequest } from './request.ts';

/** Values up to this many characters are pinned as they are, so that a reader sees them; larger ones by digest. */
const longestPin = 400;

const names = ['atMost', 'atLeast', 'oneOf', 'matches', 'ratio'] as const;

/**
 * The constraint a request asks for, or the present value pinned. A constraint that the present value does not meet
 * would alarm at once and is refused. Problems: LW7001, LW7014.
 */
export function chooseConstraint(found: Finding, request: ApprovalRequest): Result<Constraint> {
  const given = names.filter((name) => request[name] !== undefined);
  if (given.length > 1) return refuse(`At most one constraint can be given; found ${given.join(', ')}.`);
  const actual = found.actual.present ? found.actual.value : undefined;
  const [name] = given;
  const chosen = name === undefined ? ok(pinValue(actual)) : readConstraint(name, request, actual);
  if (!chosen.ok) return chosen;
  const expected = found.expected.present ? found.expected.value : undefined;
  const holds = constraintHolds(chosen.value, { expected, actual }, (pattern, text) =>
    RE2JS.compile(pattern).matches(text),
  );
  if (holds) return chosen;
  const value = actual === undefined ? 'absent' : valueText(actual);
  return failed(problem('LW7014', { constraint: describeConstraint(chosen.value), value }));
}

function pinValue(actual: Json | undefined): Constraint {
  if (actual === undefined) return { absent: true };
  const isLarge = (isJsonObject(actual) || isJsonArray(actual)) && JSON.stringify(actual).length > longestPin;
  return isLarge ? { digest: pinDigest(actual) } : { equals: actual };
}

function readConstraint(
  name: (typeof names)[number],
  request: ApprovalRequest,
  actual: Json | undefined,
): Result<Constraint> {
  const { atMost, atLeast, oneOf, matches, ratio } = request;
  if (name === 'atMost') return ok({ atMost: readBound(atMost ?? '') });
  if (name === 'atLeast') return ok({ atLeast: readBound(atLeast ?? '') });
  if (name === 'oneOf') return ok({ oneOf: (oneOf ?? []).map((text) => readLike(text, actual)) });
  if (name === 'matches') return readPattern(matches ?? '');
  return readRatio(ratio ?? '');
}

function readBound(text: string): 'reference' | number | string {
  return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text;
}

/** A text from the command line as the type the present value has: `3` is a number where the value is one. */
function readLike(text: string, actual: Json | undefined): Json {
  if (typeof actual === 'string' || actual === undefined) return text;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

function readPattern(pattern: string): Result<Constraint> {
  try {
    RE2JS.compile(pattern);
    return ok({ matches: pattern });
  } catch {
    return refuse(`"${pattern}" is no regular expression RE2 knows (it has no look-around and no back-references).`);
  }
}

function readRatio(text: string): Result<Constraint> {
  const match = /^(\d+(?:\.\d+)?)?:(\d+(?:\.\d+)?)?$/.exec(text);
  const [, min, max] = match ?? [];
  if (min === undefined && max === undefined)
    return refuse(`A ratio is written min:max, such as 0.25:0.5; found "${text}".`);
  return ok({
    ratio: { ...(min !== undefined && { min: Number(min) }), ...(max !== undefined && { max: Number(max) }) },
  });
}

function refuse(reason: string): Result<never> {
  return failed(problem('LW7001', { reason, command: 'leeway approve' }));
}
