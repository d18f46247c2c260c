import { type Case, failed, listNames, ok, problem, type Result, suggest } from '@leeway/core';
import type { Environment } from '@leeway/estate';
import type { Report } from '../report.ts';
import { completenessCases, groupPlanes } from '../scan/completeness-cases.ts';
import { environmentFacts } from '../scan/environment-facts.ts';
import type { ScanOptions } from '../scan/options.ts';
import { readEstate } from '../scan/read-estate.ts';
import { referenceCases } from '../scan/reference-cases.ts';
import { diffReport } from './diff-report.ts';

/**
 * Reads two environments of the estate and compares them as if the right one mirrored the left one, in every layer that
 * both have. Approved differences hold as in a scan. Problem: LW3018 (no such environment).
 */
export async function diffEnvironments(
  leftName: string,
  rightName: string,
  options: ScanOptions,
): Promise<Result<Report>> {
  const [left, right] = [findEnvironment(leftName, options), findEnvironment(rightName, options)];
  if (!left.ok || !right.ok) return failed(...[left, right].flatMap((side) => (side.ok ? [] : side.problems)));
  return compareEnvironments(left.value, right.value, options);
}

function findEnvironment(name: string, { estate }: ScanOptions): Result<Environment> {
  const found = estate.environments.find((environment) => environment.name === name);
  if (found) return ok(found);
  const names = estate.environments.map((environment) => environment.name);
  return failed(problem('LW3018', { environment: name, suggestion: suggest(name, names), allowed: listNames(names) }));
}

async function compareEnvironments(
  left: Environment,
  right: Environment,
  options: ScanOptions,
): Promise<Result<Report>> {
  const scope = { ...options, environments: [left.name, right.name] };
  const { readings, kinds, problems } = await readEstate(scope, 'only-named');
  const planesOf = groupPlanes(readings);
  const cases: Case[] = [];
  let compared = 0;
  for (const source of options.estate.sources) {
    const [own, other] = [planesOf(right.name, source.id), planesOf(left.name, source.id)];
    if (!own || !other) continue;
    compared++;
    const found = referenceCases(environmentFacts(right), environmentFacts(left), source, own, other, options.store);
    for await (const each of found) cases.push(each);
  }
  for (const reading of readings) cases.push(...completenessCases(reading, environmentFacts(reading.job.environment)));
  const nothing = compared === 0 ? [problem('LW3022', { left: left.name, right: right.name })] : [];
  const report = await diffReport({
    cases,
    kinds,
    options: scope,
    readings,
    problems: [...problems, ...nothing],
    sides: [left.name, right.name],
  });
  return ok(report);
}
