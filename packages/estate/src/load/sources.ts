import { type Json, listNames, type Plane, type Problem, problem, suggest } from '@leeway/core';
import { setOwn } from '@leeway/formats';
import { type Environment, planes, type Source, type SourcePlane } from '../estate.ts';
import type { PlaneEntry, SourceEntry } from '../schema/source.ts';
import { fillValue, parametersOf } from '../settings/fill.ts';
import { durationSeconds } from '../text/duration.ts';
import { type Entry, entriesOf } from './entries.ts';
import type { LoadedEnvironments } from './environments.ts';
import type { LoadedFile } from './files.ts';
import { selectEnvironments } from './select.ts';

const defaultDeadline = 60;

/** A source, and where the parts of its entry stand. */
export interface LoadedSource {
  readonly source: Source;
  readonly placeOf: Entry<SourceEntry>['placeOf'];
}

/** Sources with their environments and connectors resolved; parameters in settings are checked, not yet filled in. */
export function loadSources(
  files: readonly LoadedFile[],
  known: LoadedEnvironments,
  connectors: readonly string[],
  report: (found: Problem) => void,
): readonly LoadedSource[] {
  const byName = new Map(known.environments.map((environment) => [environment.name, environment]));
  return entriesOf(files, 'sources', report).map((entry) => {
    const { name, value, placeOf } = entry;
    const at = (...path: readonly (string | number)[]) => placeOf('environments', ...path);
    const environments = selectEnvironments(value.environments, known, at, report);
    const found = planes.flatMap((plane) => loadPlane(entry, plane, connectors, report));
    if (!planes.some((plane) => value[plane])) report(problem('LW1016', { name }, placeOf()));
    checkParameters(
      entry,
      environments.flatMap((environment) => byName.get(environment) ?? []),
      report,
    );
    const source: Source = {
      id: name,
      title: value.title ?? name,
      environments,
      ...Object.fromEntries(found),
      unmanaged: value.unmanaged ?? 'report',
      parity: value.parity ?? true,
      ...(value.freshness !== undefined && { freshness: durationSeconds(value.freshness) }),
      deadline: value.deadline === undefined ? defaultDeadline : durationSeconds(value.deadline),
      ...(value.rate !== undefined && { rate: value.rate }),
      exclude: (value.exclude ?? []) as Source['exclude'],
      place: placeOf(),
    };
    return { source, placeOf };
  });
}

function loadPlane(
  entry: Entry<SourceEntry>,
  plane: Plane,
  connectors: readonly string[],
  report: (found: Problem) => void,
): readonly (readonly [Plane, SourcePlane])[] {
  const written = entry.value[plane];
  if (!written) return [];
  const connector = written.connector ?? entry.value.connector;
  // What is wrong with the source as a whole is one problem, not one a plane.
  const isFirst = planes.find((candidate) => entry.value[candidate] && !entry.value[candidate].connector) === plane;
  if (connector === undefined) {
    const description = `It says what reads the source. For example connector: ${connectors[0] ?? 'kubernetes'}`;
    const parent = `The source "${entry.name}"`;
    if (isFirst) report(problem('LW1005', { field: 'connector', parent, description }, entry.placeOf()));
    return [];
  }
  if (!connectors.includes(connector)) {
    const place = written.connector === undefined ? entry.placeOf('connector') : entry.placeOf(plane, 'connector');
    const words = { kind: 'connector', name: connector, nearest: suggest(connector, connectors) };
    if (written.connector !== undefined || isFirst)
      report(problem('LW1006', { ...words, allowed: listNames(connectors) }, place));
  }
  return [[plane, { connector, settings: settingsOf(written), place: entry.placeOf(plane) }]];
}

function settingsOf(written: PlaneEntry): Json {
  const settings: Record<string, Json> = {};
  for (const [key, value] of Object.entries(written)) if (key !== 'connector') setOwn(settings, key, value as Json);
  return settings;
}

/** A parameter that an environment does not have is reported once a field, with the first environment that lacks it. */
function checkParameters(
  entry: Entry<SourceEntry>,
  environments: readonly Environment[],
  report: (found: Problem) => void,
): void {
  const parameters = environments.map((environment) => ({ name: environment.name, values: parametersOf(environment) }));
  const check = (value: unknown, path: readonly string[]): void => {
    if (typeof value === 'object' && value !== null) {
      for (const [key, item] of Object.entries(value)) check(item, [...path, key]);
    } else if (typeof value === 'string' && value.includes('{')) {
      const faults = new Set<string>();
      for (const { name, values } of parameters) {
        fillValue(value, values, (fault) => {
          const found = fault(`in the environment ${name}`, entry.placeOf(...path));
          const identity = found.message.slice(0, found.message.indexOf(' in the environment'));
          if (!faults.has(identity)) report(found);
          faults.add(identity);
        });
      }
    }
  };
  for (const plane of planes) check(entry.value[plane], [plane]);
}
