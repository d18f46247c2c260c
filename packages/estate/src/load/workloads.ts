import type { Problem } from '@leeway/core';
import type { OwnerRule, Workload } from '../estate.ts';
import { durationSeconds } from '../text/duration.ts';
import { entriesOf, namesOf } from './entries.ts';
import { type LoadedFile, placeIn } from './files.ts';
import { checkReference, type PlaceOf } from './select.ts';

/** Workloads and owner rules; sources they name must exist. */
export function loadWorkloads(
  files: readonly LoadedFile[],
  report: (found: Problem) => void,
): { readonly workloads: readonly Workload[]; readonly owners: readonly OwnerRule[] } {
  const sources = namesOf(files, 'sources');
  const checkSource = (source: string | undefined, placeOf: PlaceOf) => {
    if (source !== undefined) checkReference('source', source, sources, true, placeOf('source'), report);
  };
  const workloads = entriesOf(files, 'workloads', report).map(({ name, value, placeOf }): Workload => {
    for (const [index, { source }] of (value.match ?? []).entries()) {
      checkSource(source, (...path) => placeOf('match', index, ...path));
    }
    return {
      name,
      title: value.title ?? name,
      owner: value.owner,
      priority: value.priority ?? 3,
      hosting: value.hosting ?? 'unspecified',
      ...(value.rto !== undefined && { rto: durationSeconds(value.rto) }),
      ...(value.rpo !== undefined && { rpo: durationSeconds(value.rpo) }),
      shared: value.shared ?? false,
      match: (value.match ?? []) as Workload['match'],
      place: placeOf(),
    };
  });
  const owners = files.flatMap((file) =>
    (file.sections.owners ?? []).map(({ owner, ...match }, index): OwnerRule => {
      checkSource(match.source, (...path) => placeIn(file, ['owners', String(index), ...path.map(String)]));
      return { match: match as OwnerRule['match'], owner };
    }),
  );
  return { workloads, owners };
}
