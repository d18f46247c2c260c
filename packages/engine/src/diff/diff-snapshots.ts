import { type Case, failed, indexKinds, noNeutralizer, ok, problem, type Result, type Snapshot } from '@leeway/core';
import type { Report } from '../report.ts';
import { environmentFacts } from '../scan/environment-facts.ts';
import type { ScanOptions } from '../scan/options.ts';
import { planeCases } from '../scan/reference-cases.ts';
import { diffReport } from './diff-report.ts';

/**
 * Compares two stored snapshots, by id (`leeway history --snapshots` lists them). Within one environment this answers "what
 * changed between these two readings". Problems: LW3016 (unknown id), LW3017 (made under other rules).
 */
export async function diffSnapshots(left: string, right: string, options: ScanOptions): Promise<Result<Report>> {
  const [before, after] = await Promise.all([options.store.snapshots.get(left), options.store.snapshots.get(right)]);
  if (!before || !after) return failed(problem('LW3016', { id: before ? right : left }));
  const sameEnvironment = before.header.environment === after.header.environment;
  if (!comparable(before, after, sameEnvironment)) return failed(problem('LW3017', { left, right }));
  const cases: Case[] = [];
  const comparison = {
    environment: facts(
      after,
      options,
      sameEnvironment ? `${after.header.environment} ${after.header.takenAt}` : undefined,
    ),
    reference: facts(
      before,
      options,
      sameEnvironment ? `${before.header.environment} ${before.header.takenAt}` : undefined,
    ),
    source: after.header.source,
    plane: after.header.plane,
    store: options.store,
    use: sameEnvironment ? 'within-environment' : 'across-environments',
  } as const;
  for await (const found of planeCases(comparison, before, after)) cases.push(found);
  const report = await diffReport({
    cases,
    kinds: indexKinds(await kindsOf(after, options)),
    options,
    readings: [],
    problems: [],
    sides: [comparison.reference.name, comparison.environment.name],
  });
  return ok(report);
}

/** Digests mean the same under the same rules; the second half of a normalizer id is the environment's own names. */
function comparable(left: Snapshot, right: Snapshot, sameEnvironment: boolean): boolean {
  const [a, b] = [left.header.normalizer, right.header.normalizer];
  return sameEnvironment ? a === b : a.split('.')[0] === b.split('.')[0];
}

function facts({ header }: Snapshot, { estate }: ScanOptions, name: string | undefined) {
  const environment = estate.environments.find((each) => each.name === header.environment);
  const known = environment
    ? environmentFacts(environment)
    : { name: header.environment, criticality: 2, neutralizer: noNeutralizer };
  return { ...known, name: name ?? known.name };
}

async function kindsOf({ header }: Snapshot, { estate, connectors }: ScanOptions) {
  const source = estate.sources.find(({ id }) => id === header.source);
  const plane = source?.[header.plane] ?? source?.observed ?? source?.declared;
  const connector = plane && (await connectors.load(plane.connector));
  return connector?.kinds ?? [];
}
