import { indexKinds, type Kind, type Layer, layers, type SnapshotHeader } from '@leeway/core';
import { type Estate, planes, type Source } from '@leeway/estate';
import type { ViewStore } from '@leeway/store';
import type { z } from 'zod';
import type { CurrentEstate } from '../context.ts';
import type { sourceReading } from '../contract/sources.ts';
import { problemOf } from '../http/problem-of.ts';

export type SourceReading = z.output<typeof sourceReading>;

/** One source in one environment: what was last read, and what of it could not be. */
export interface Reading {
  readonly source: Source;
  readonly environment: string;
  readonly layers: readonly Layer[];
  readonly headers: readonly SnapshotHeader[];
  /** Layer of a kind; undefined where the source does not tell its kinds beforehand. */
  readonly layerOf: (kind: string) => Layer | undefined;
}

/** Every source in every environment it is read for, from the newest snapshots. */
export async function readReadings(views: ViewStore, { estate, options }: CurrentEstate): Promise<readonly Reading[]> {
  const places = estate.sources.flatMap((source) =>
    source.environments.map((environment) => ({ source, environment })),
  );
  const slots = places.flatMap(({ source, environment }) =>
    planes.filter((plane) => source[plane]).map((plane) => ({ source: source.id, environment, plane })),
  );
  const headers = Map.groupBy(await views.headers(estate.name, slots), placeOf);
  const kinds = await kindsOfConnectors(estate, options.connectors);
  return places.map(({ source, environment }) => {
    const own = planes.flatMap((plane) => kinds.get(source[plane]?.connector ?? '') ?? []);
    const index = indexKinds(own);
    const layerOf = (kind: string) => (own.length === 0 ? undefined : index.find(kind)?.layer);
    const read = headers.get(placeOf({ source: source.id, environment })) ?? [];
    const possible = layers.filter((layer) => own.some((kind) => kind.layer === layer));
    return { source, environment, headers: read, layers: layersRead(possible, read, layerOf), layerOf };
  });
}

/**
 * The layers a source has to do with: those of the kinds it looked for. A connector may know kinds of every layer, and a
 * layer nobody looks at must not seem clean. One that was never read may hold any of them.
 */
function layersRead(
  possible: readonly Layer[],
  headers: readonly SnapshotHeader[],
  layerOf: Reading['layerOf'],
): readonly Layer[] {
  if (headers.length === 0) return possible;
  const looked = headers.flatMap(({ completeness }) => completeness.map(({ kind }) => layerOf(kind)));
  return possible.filter((layer) => looked.some((one) => one === undefined || one === layer));
}

function placeOf({ source, environment }: Pick<SnapshotHeader, 'source' | 'environment'>): string {
  return `${source}\n${environment}`;
}

async function kindsOfConnectors(
  estate: Estate,
  connectors: CurrentEstate['options']['connectors'],
): Promise<ReadonlyMap<string, readonly Kind[]>> {
  const ids = estate.sources.flatMap((source) => planes.flatMap((plane) => source[plane]?.connector ?? []));
  const loaded = [...new Set(ids)].map(async (id) => [id, (await connectors.load(id))?.kinds ?? []] as const);
  return new Map(await Promise.all(loaded));
}

/** What a reading lacks, as one line a gap; `layer` narrows it to one layer. Empty means complete. `now` in milliseconds. */
export function gapsOf(reading: Reading, now: number, layer?: Layer): readonly string[] {
  const { source, headers } = reading;
  if (headers.length === 0) return [`${source.title}: never read`];
  const unread = planes.filter((plane) => source[plane] && !headers.some((header) => header.plane === plane));
  const kinds = headers.flatMap(({ completeness }) =>
    completeness.filter(({ state, kind }) => {
      const own = reading.layerOf(kind);
      return state !== 'complete' && (layer === undefined || own === undefined || own === layer);
    }),
  );
  return [
    ...unread.map((plane) => `${source.title}: the ${plane} plane was never read`),
    ...new Set(kinds.map(({ kind, state }) => `${source.title}: ${kindText(kind)} ${stateText[state]}`)),
    ...headers
      .filter((header) => isStale(header, source, now))
      .map(({ takenAt }) => `${source.title}: last read at ${takenAt}`),
  ];
}

const stateText = { complete: 'read', partial: 'partly read', failed: 'not read' } as const;

function kindText(kind: string): string {
  return kind === '*' ? 'everything' : kind;
}

/** What Git declares does not age: it is read anew at its revision. */
function isStale({ plane, takenAt }: SnapshotHeader, { freshness }: Source, now: number): boolean {
  return plane !== 'declared' && freshness !== undefined && now - Date.parse(takenAt) > freshness * 1000;
}

export function stateOfReading({ source, headers }: Reading, now: number): SourceReading['state'] {
  if (headers.length === 0) return 'never';
  const all = headers.map(({ completeness }) => completeness);
  if (all.some((kinds) => kinds.length > 0 && kinds.every(({ state }) => state === 'failed'))) return 'failed';
  if (headers.some((header) => isStale(header, source, now))) return 'stale';
  const isWhole = planes.every((plane) => !source[plane] || headers.some((header) => header.plane === plane));
  return isWhole && all.flat().every(({ state }) => state === 'complete') ? 'complete' : 'partial';
}

/** A reading as the API shows it. */
export function shownReading(reading: Reading, now: number): SourceReading {
  const { source, environment, headers } = reading;
  return {
    source: source.id,
    title: source.title,
    environment,
    layers: [...reading.layers],
    planes: planes.flatMap((plane) => {
      const settings = source[plane];
      if (!settings) return [];
      const header = headers.find((one) => one.plane === plane);
      return {
        plane,
        connector: settings.connector,
        resources: header?.count ?? 0,
        ...(header && { takenAt: header.takenAt }),
        ...(header?.revision !== undefined && { revision: header.revision }),
        kinds: (header?.completeness ?? []).map(({ problems, ...rest }) => ({
          ...rest,
          problems: problems.map(problemOf),
        })),
      };
    }),
    state: stateOfReading(reading, now),
    ...(source.freshness !== undefined && { freshness: source.freshness }),
  };
}
