import {
  type ApprovedDifference,
  type Constraint,
  listNames,
  matchesWildcard,
  type Place,
  type Problem,
  parsePointer,
  problem,
} from '@leeway/core';
import { RE2JS } from 're2js';
import type { ApprovedEntry } from '../schema/approved.ts';
import { constraintEntry } from '../schema/approved.ts';
import { listOf } from '../schema/values.ts';
import { describeFound } from '../text/found.ts';
import { parseInstant } from '../text/instant.ts';
import { type Entry, entriesOf, namesOf } from './entries.ts';
import type { LoadedEnvironments } from './environments.ts';
import type { LoadedFile } from './files.ts';
import { checkReference, selectByNames } from './select.ts';

const constraints = Object.keys(constraintEntry.shape);

/** Approved differences; everything that can be known without reading a system is checked. */
export function loadApproved(
  files: readonly LoadedFile[],
  known: LoadedEnvironments,
  report: (found: Problem) => void,
): readonly ApprovedDifference[] {
  const names = { workload: namesOf(files, 'workloads'), source: namesOf(files, 'sources') };
  return entriesOf(files, 'approved', report).flatMap((entry) => {
    checkMatch(entry, known, names, report);
    const allow = constraintOf(entry, report);
    const expiresAt = expiryOf(entry.value.expires, entry.placeOf('expires'), report);
    if (!allow || expiresAt === undefined) return [];
    const { match, category, reason, owner, approver, ticket, expires } = entry.value;
    const { environments, ...rest } = match;
    const selected = environments === undefined ? rest : { ...rest, environments: listOf(environments) };
    const record: ApprovedDifference = {
      id: entry.name,
      match: selected as ApprovedDifference['match'],
      allow,
      category,
      reason,
      owner,
      approver,
      ...(ticket !== undefined && { ticket }),
      expires,
      expiresAt,
      place: entry.placeOf(),
    };
    return [record];
  });
}

/** The instant a text stands for, or undefined with the problem reported. */
export function expiryOf(text: string, place: Place, report: (found: Problem) => void): number | undefined {
  const instant = parseInstant(text);
  if (instant.ok) return instant.value;
  for (const found of instant.problems) report({ ...found, place });
  return undefined;
}

function checkMatch(
  { name, value: { match }, placeOf }: Entry<ApprovedEntry>,
  known: LoadedEnvironments,
  names: Readonly<Record<'workload' | 'source', readonly string[]>>,
  report: (found: Problem) => void,
): void {
  if (match.environments !== undefined) {
    const written = match.environments;
    const at = (index?: string | number) =>
      Array.isArray(written) ? placeOf('match', 'environments', index ?? 0) : placeOf('match', 'environments');
    selectByNames(listOf(written), known, at, report);
  }
  for (const field of ['workload', 'source'] as const) {
    const pattern = match[field];
    if (pattern !== undefined) checkReference(field, pattern, names[field], true, placeOf('match', field), report);
  }
  if (match.path !== undefined && !parsePointer(match.path)) {
    const words = { field: 'path', found: describeFound(match.path), expected: 'a JSON Pointer' };
    report(problem('LW1003', { ...words, example: 'for example path: /spec/replicas' }, placeOf('match', 'path')));
  }
  if (isEverything(match)) report(problem('LW4003', { id: name }, placeOf('match')));
}

function isEverything({ kind, key, path, policy }: ApprovedEntry['match']): boolean {
  const isWild = (pattern: string) => matchesWildcard(pattern, '') && /^\*+$/.test(pattern);
  return isWild(kind) && isWild(key) && policy === undefined && (path === undefined || /^(?:\/\*{1,2})*$/.test(path));
}

function constraintOf(
  { value, placeOf }: Entry<ApprovedEntry>,
  report: (found: Problem) => void,
): Constraint | undefined {
  const given = constraints.filter((constraint) => Object.hasOwn(value.allow, constraint));
  if (given.length !== 1) {
    const words = { count: given.length, found: given.length ? given.join(', ') : 'none' };
    report(problem('LW1014', { ...words, allowed: listNames(constraints) }, placeOf('allow')));
    return undefined;
  }
  const pattern = value.allow.matches;
  if (pattern !== undefined && !isRegularExpression(pattern)) {
    const words = { field: 'matches', found: describeFound(pattern), expected: 'a regular expression (RE2)' };
    const example = "for example matches: 'https://.*[.]example[.]com' (RE2 has no look-around and no back-references)";
    report(problem('LW1003', { ...words, example }, placeOf('allow', 'matches')));
    return undefined;
  }
  const ratio = value.allow.ratio;
  if (ratio && ratio.min === undefined && ratio.max === undefined) {
    const words = { field: 'ratio', found: 'empty', expected: 'a map with min, max or both' };
    report(
      problem('LW1003', { ...words, example: 'for example ratio: {min: 0.25, max: 1}' }, placeOf('allow', 'ratio')),
    );
    return undefined;
  }
  // Exactly one field, of the type its schema gives it.
  return value.allow as Constraint;
}

function isRegularExpression(text: string): boolean {
  try {
    RE2JS.compile(text);
    return true;
  } catch {
    return false;
  }
}
