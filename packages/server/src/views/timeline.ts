import { type Layer, layers } from '@leeway/core';
import type { DayDelta, ServerStore } from '@leeway/store';
import type { z } from 'zod';
import type { timelineContracts } from '../contract/timeline.ts';
import { drawLanes, type Lane, type Move } from './lanes.ts';
import { takesOne, type View } from './views.ts';

type Timeline = z.output<(typeof timelineContracts)['getTimeline']['response']>;
type Query = z.output<(typeof timelineContracts)['getTimeline']['query']>;

const day = 86_400_000;
/** Ranges longer than this are drawn by day: nobody sees the hours of a year. */
const byMoment = 35 * day;
const usualRange = 7 * day;
/** Releases shown at most, newest first. */
const mostMarks = 500;

/** How environments or layers stood over a range, and the releases in it. */
export async function makeTimeline(view: View, store: ServerStore['views'], query: Query): Promise<Timeline> {
  const { index, clock, current, environments } = view;
  const to = query.to === undefined ? clock : Date.parse(query.to);
  const from = Math.min(query.from === undefined ? to - usualRange : Date.parse(query.from), to - 1);
  const shown = environments.filter(({ name }) => takesOne(query.environment, [name]));
  const range = { from, to };
  const sees = (one: { readonly environment: string; readonly workload: string | null }) =>
    shown.some(({ name }) => name === one.environment) &&
    view.sees({ environment: one.environment, ...(one.workload !== null && { workload: one.workload }) });
  const moves = (await movesOf(view, store, range)).filter(sees);
  const open = index.entries
    .filter(({ silenced, environment, workload = null }) => !silenced && sees({ environment, workload }))
    .map(({ environment, layer, verdict, severity }) => ({ environment, layer, verdict, severity }));
  const names = namesOf(
    shown.map(({ name }) => name),
    query.by,
    [...open, ...moves],
  );
  const releases = await store.deployments(current.estate.name, { from: iso(from), to: iso(to) }, mostMarks);
  return {
    from: iso(from),
    to: iso(to),
    lanes: drawLanes(range, open, moves, names, index.scans.firstAt),
    marks: releases
      .filter(({ environment }) => shown.some(({ name }) => name === environment))
      .map(({ environment, source, revision, at, actor }) => ({
        what: 'release' as const,
        environment,
        from: iso(Date.parse(at)),
        title: `${source} at ${revision.slice(0, 12)}`,
        ...(actor !== undefined && { actor }),
      })),
  };
}

type Moved = Move & { readonly workload: string | null };

/** What moved within a range and after it, up to now: lanes are drawn back from what is open now. */
async function movesOf(
  { index, current, clock }: View,
  store: ServerStore['views'],
  { from, to }: { from: number; to: number },
): Promise<readonly Moved[]> {
  if (clock - from <= byMoment) {
    // A scan may be recorded with a later instant than the clock of the view.
    const rows = await store.momentDeltas(current.estate.name, iso(from), iso(Math.max(to, clock) + day));
    return rows.map((row) => ({ ...row, at: Date.parse(String(row.at)) }));
  }
  const first = iso(from).slice(0, 10);
  return [...index.days]
    .filter(([name]) => name >= first)
    .flatMap(([name, deltas]) =>
      deltas.map((delta: DayDelta) => ({ ...delta, at: Date.parse(`${name}T00:00:00Z`) + day / 2 })),
    );
}

/** A lane an environment, or one a layer that ever had something in it. */
function namesOf(
  environments: readonly string[],
  by: Query['by'],
  counted: readonly { readonly environment: string; readonly layer: string }[],
): Pick<Lane, 'environment' | 'layer'>[] {
  if (by === 'environment') return environments.map((environment) => ({ environment }));
  return environments.flatMap((environment) =>
    layers
      .filter((layer: Layer) => counted.some((one) => one.environment === environment && one.layer === layer))
      .map((layer) => ({ environment, layer })),
  );
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
