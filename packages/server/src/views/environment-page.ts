import { type Layer, layers, ProblemError, problem } from '@leeway/core';
import type { Environment } from '@leeway/estate';
import type { ViewStore } from '@leeway/store';
import type { z } from 'zod';
import type { environmentPage, environmentSummary } from '../contract/environments.ts';
import type { Principal } from '../identity/principal.ts';
import { cellOf, tallyCells } from './cells.ts';
import { findingHappening, sightsOf } from './happenings.ts';
import { coverageOf, layerCoverage, workloadCoverage } from './overview.ts';
import { gapsOf, type Reading, shownReading } from './readings.ts';
import type { View } from './views.ts';

type Summary = z.output<typeof environmentSummary>;
export type EnvironmentPage = z.output<typeof environmentPage>;

const happeningsShown = 50;

/** Every environment that is seen, in the order of the estate, all its layers together. */
export async function summarizeEnvironments(view: View): Promise<Summary[]> {
  const readings = Map.groupBy(await view.readings(), ({ environment }) => environment);
  const seen = view.index.entries.filter(view.sees);
  const tallies = tallyCells(seen, ({ environment }) => environment, view.clock);
  return view.environments.map((environment) => {
    const { name, dimensions, mirrors, criticality } = environment;
    const { compliance = [], ...rest } = dimensions;
    const coverage = coverageOf(readings.get(name) ?? [], (reading) => gapsOf(reading, view.clock));
    return {
      name,
      ...rest,
      compliance: [...compliance],
      ...(mirrors !== undefined && { mirrors }),
      mirroredBy: view.environments.filter((other) => other.mirrors === name).map((other) => other.name),
      criticality,
      cell: cellOf(name, tallies.get(name), coverage),
    };
  });
}

/** One environment: its layers, workloads, sources and scans. LW8003 for one that is not seen. */
export async function makeEnvironmentPage(
  view: View,
  views: ViewStore,
  principal: Principal,
  name: string,
): Promise<EnvironmentPage> {
  const environment = view.environments.find((one) => one.name === name);
  const summary = (await summarizeEnvironments(view)).find((one) => one.name === name);
  if (!environment || !summary) throw new ProblemError(problem('LW8003', { what: 'environment', id: name }));
  const { estate } = view.current;
  const readings = (await view.readings()).filter((reading) => reading.environment === name);
  const sights = sightsOf(principal, estate, [name]);
  const recent = await views.happened(estate.name, { sights }, happeningsShown);
  const own = view.index.entries.filter((entry) => entry.environment === name && view.sees(entry));
  return {
    ...summary,
    layers: layerCells(view, environment, own, readings),
    workloads: workloadCells(view, environment, own, readings),
    sources: readings.map((reading) => shownReading(reading, view.clock)),
    scans: (view.index.scans.recent.get(name) ?? []).map(({ id, at, exitCode, sources, revision }) => ({
      ...{ id, at, exitCode, sources: sources.length, revision },
    })),
    pending: own.filter(({ verdict, silenced }) => verdict === 'pending' && !silenced).length,
    recent: recent.map(findingHappening),
  };
}

type Entries = View['index']['entries'];

function layerCells(view: View, { name }: Environment, own: Entries, readings: readonly Reading[]) {
  const tallies = tallyCells(own, ({ layer }) => layer, view.clock);
  return layers
    .map((layer) => ({
      layer,
      resources: resourcesIn(readings, layer),
      cell: cellOf(name, tallies.get(layer), layerCoverage(readings, layer, view.clock)),
    }))
    .filter(({ cell }) => cell.applies || cell.open + cell.approved > 0);
}

/** Resources observed in a layer; what is only declared counts where nothing is observed. */
function resourcesIn(readings: readonly Reading[], layer: Layer): number {
  const counts = readings.map(({ headers, layerOf }) => {
    const header = headers.find(({ plane }) => plane === 'observed') ?? headers[0];
    const kinds = header?.completeness.filter(({ kind }) => layerOf(kind) === layer) ?? [];
    return kinds.reduce((sum, { count }) => sum + count, 0);
  });
  return counts.reduce((sum, count) => sum + count, 0);
}

function workloadCells(view: View, { name }: Environment, own: Entries, readings: readonly Reading[]) {
  const tallies = tallyCells(own, ({ workload }) => workload, view.clock);
  return view.current.estate.workloads
    .filter((workload) => view.sees({ environment: name, workload: workload.name }))
    .map((workload) => ({
      ...{ name: workload.name, title: workload.title, owner: workload.owner, priority: workload.priority },
      cell: cellOf(name, tallies.get(workload.name), workloadCoverage(readings, workload, view.clock)),
    }))
    .sort((left, right) => left.priority - right.priority);
}
