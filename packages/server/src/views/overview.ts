import { type Layer, layers } from '@leeway/core';
import type { Workload } from '@leeway/estate';
import type { ViewStore } from '@leeway/store';
import type { z } from 'zod';
import type { overview } from '../contract/overview.ts';
import { may, type Principal } from '../identity/principal.ts';
import { type Coverage, cellOf, tallyCells } from './cells.ts';
import { byNewest, findingHappening, type Happening, releaseHappening, sightsOf } from './happenings.ts';
import { gapsOf, type Reading, stateOfReading } from './readings.ts';
import { stateOf } from './select.ts';
import { groupEnvironments } from './topology.ts';
import { trends } from './trend.ts';
import { takesOne, type View } from './views.ts';

export type Overview = z.output<typeof overview>;
export type RowKind = 'layer' | 'workload';

const dayMilliseconds = 86_400_000;
const trendDays = 30;
const happeningsShown = 100;
/** Row of what belongs to no workload. */
const noWorkload = '';

/** The first screen: environments by layers or by workloads, and what changed within a day. */
export async function makeOverview(
  view: View,
  views: ViewStore,
  principal: Principal,
  rows: RowKind,
): Promise<Overview> {
  const { index, clock, current } = view;
  const { estate } = current;
  const dayAgo = clock - dayMilliseconds;
  const readings = await view.readings();
  const open = index.entries.filter((entry) => stateOf(entry, clock) === 'open' && view.sees(entry));
  const states = readings.map((reading) => stateOfReading(reading, clock));
  const [waiting, today] = await Promise.all([
    waitingFor(view, views, principal),
    happenedSince(view, views, principal, new Date(dayAgo).toISOString()),
  ]);
  return {
    ...(index.scans.newestAt !== undefined && { asOf: index.scans.newestAt }),
    sources: {
      total: readings.length,
      stale: states.filter((state) => state === 'stale').length,
      notChecked: states.filter((state) => state !== 'complete' && state !== 'stale').length,
    },
    open: open.length,
    newSinceYesterday: open.filter(({ firstSeen }) => Date.parse(firstSeen) >= dayAgo).length,
    waiting,
    expiring: expiringRecords(view),
    groups: groupEnvironments(estate, view.environments),
    rows: matrixRows(view, readings, rows),
    today,
  };
}

/** Requests that the one who asks may decide; nobody decides their own. */
async function waitingFor({ current, index }: View, views: ViewStore, principal: Principal): Promise<number> {
  if (!may(principal, 'approvals:decide')) return 0;
  const requests = await views.openRequests(current.estate.name);
  return requests.filter(({ fingerprint, requester_id }) => {
    const entry = index.byFingerprint.get(fingerprint);
    const target = { environment: entry?.environment, workload: entry?.workload };
    return requester_id !== principal.id && may(principal, 'approvals:decide', target);
  }).length;
}

const expiringDays = 14;

function expiringRecords({ current, clock, environments, sees }: View): number {
  const names = environments.map(({ name }) => name);
  return current.estate.approved.filter(
    ({ match, expiresAt }) =>
      expiresAt - clock < expiringDays * dayMilliseconds &&
      names.some(
        (environment) => takesOne(match.environments, [environment]) && seesRecord(environment, match.workload),
      ),
  ).length;

  function seesRecord(environment: string, workload: string | undefined): boolean {
    return sees({ environment, ...(workload !== undefined && { workload }) });
  }
}

async function happenedSince(view: View, views: ViewStore, principal: Principal, from: string): Promise<Happening[]> {
  const { estate } = view.current;
  const to = new Date(view.clock).toISOString();
  const [seen, deployments] = await Promise.all([
    views.happened(estate.name, { from, to, sights: sightsOf(principal, estate) }, happeningsShown),
    views.deployments(estate.name, { from, to }, happeningsShown),
  ]);
  const names = new Set(view.environments.map(({ name }) => name));
  const releases = deployments.filter(({ environment }) => names.has(environment));
  return [...seen.map(findingHappening), ...releases.map((release) => releaseHappening(release, estate))]
    .sort(byNewest)
    .slice(0, happeningsShown);
}

interface MatrixRow {
  readonly id: string;
  readonly title: string;
  readonly coverage: (environment: string) => Coverage;
}

function matrixRows(view: View, readings: readonly Reading[], kind: RowKind): Overview['rows'] {
  const { index, clock, environments, sees } = view;
  const names = new Set(environments.map(({ name }) => name));
  const rowIn = (one: { readonly environment: string; readonly layer: string; readonly workload?: string | null }) =>
    kind === 'layer' ? one.layer : (one.workload ?? noWorkload);
  const seen = index.entries.filter((entry) => names.has(entry.environment) && sees(entry));
  const tallies = tallyCells(seen, (entry) => JSON.stringify([rowIn(entry), entry.environment]), clock);
  const lines = trends(
    index,
    ({ workload, ...place }) => {
      const located = { ...place, ...(workload !== null && { workload }) };
      return names.has(place.environment) && sees(located) ? rowIn({ ...place, workload }) : undefined;
    },
    clock,
    trendDays,
  );
  const byEnvironment = Map.groupBy(readings, ({ environment }) => environment);
  const at = (environment: string) => byEnvironment.get(environment) ?? [];
  const rows = kind === 'layer' ? layerRows(at, clock) : workloadRows(view, at);
  return rows
    .map(({ id, title, coverage }) => ({
      id,
      title,
      cells: environments.map(({ name }) => cellOf(name, tallies.get(JSON.stringify([id, name])), coverage(name))),
      trend: lines.get(id) ?? new Array<number>(trendDays).fill(0),
    }))
    .filter(({ id, cells }) =>
      cells.some((cell) => (cell.applies && id !== noWorkload) || cell.open + cell.approved > 0),
    );
}

function layerRows(at: (environment: string) => readonly Reading[], clock: number): readonly MatrixRow[] {
  return layers.map((layer) => ({
    id: layer,
    title: layer,
    coverage: (environment) => layerCoverage(at(environment), layer, clock),
  }));
}

/** Whether anything reads a layer, and what of it could not be read. */
export function layerCoverage(readings: readonly Reading[], layer: Layer, clock: number): Coverage {
  const own = readings.filter((reading) => reading.layers.includes(layer));
  return coverageOf(own, (reading) => gapsOf(reading, clock, layer));
}

export function coverageOf(readings: readonly Reading[], gaps: (reading: Reading) => readonly string[]): Coverage {
  const missing = readings.flatMap(gaps);
  return { applies: readings.length > 0, complete: missing.length === 0, missing };
}

function workloadRows(view: View, at: (environment: string) => readonly Reading[]): readonly MatrixRow[] {
  const { estate } = view.current;
  const workloads = [...estate.workloads].sort((left, right) => left.priority - right.priority);
  const rows = workloads
    .filter(({ name }) =>
      view.environments.some((environment) => view.sees({ environment: environment.name, workload: name })),
    )
    .map((workload) => ({
      id: workload.name,
      title: workload.title,
      coverage: (environment: string) => workloadCoverage(at(environment), workload, view.clock),
    }));
  const isPlatformSeen = view.environments.some(({ name }) => view.sees({ environment: name }));
  const platform = {
    id: noWorkload,
    title: 'No workload',
    coverage: (environment: string) => coverageOf(at(environment), (reading) => gapsOf(reading, view.clock)),
  };
  return isPlatformSeen ? [...rows, platform] : rows;
}

/** A workload is read in an environment by the sources its selectors may match there. */
export function workloadCoverage(readings: readonly Reading[], { match }: Workload, clock: number): Coverage {
  const own = readings.filter(({ source, layers: read }) =>
    match.some(
      ({ source: wanted, layer }) =>
        (wanted === undefined || takesOne([wanted], [source.id])) && (layer === undefined || read.includes(layer)),
    ),
  );
  return coverageOf(own, (reading) => gapsOf(reading, clock));
}
