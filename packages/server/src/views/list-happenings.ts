import { ProblemError, problem } from '@leeway/core';
import type { ServerStore } from '@leeway/store';
import { z } from 'zod';
import type { timelineContracts } from '../contract/timeline.ts';
import type { Principal } from '../identity/principal.ts';
import { byNewest, findingHappening, type Happening, releaseHappening, sightsOf } from './happenings.ts';
import type { View } from './views.ts';

type Query = z.output<(typeof timelineContracts)['listHappenings']['query']>;

const cursorForm = z.tuple([z.iso.datetime(), z.int()]);
const mostReleases = 200;

/**
 * A page of what happened, newest first. Pages go by what scans saw of findings; the releases of the same stretch of time
 * stand among them.
 */
export async function listHappenings(
  view: View,
  store: ServerStore['views'],
  principal: Principal,
  { from, to, environment, layer, limit, cursor }: Query,
): Promise<{ items: Happening[]; next?: string }> {
  const { estate } = view.current;
  const before = cursor === undefined ? undefined : readCursor(cursor);
  const sights = sightsOf(principal, estate, environment);
  const seen = await store.happened(estate.name, { from, to, layers: layer, before, sights }, limit + 1);
  const page = seen.slice(0, limit);
  const last = page.at(-1);
  const hasMore = seen.length > limit && last !== undefined;
  const stretch = { from: hasMore ? instant(last.at) : from, to: before?.at ?? to };
  // A release belongs to no layer: where layers are asked for, there is none.
  const deployments = layer === undefined ? await store.deployments(estate.name, stretch, mostReleases) : [];
  const names = new Set(
    view.environments.map(({ name }) => name).filter((name) => environment?.includes(name) ?? true),
  );
  const releases = deployments.filter((one) => names.has(one.environment)).map((one) => releaseHappening(one, estate));
  return {
    items: [...page.map(findingHappening), ...releases].sort(byNewest),
    ...(hasMore && { next: writeCursor(instant(last.at), last.seq) }),
  };
}

function instant(time: unknown): string {
  return new Date(String(time)).toISOString();
}

function writeCursor(at: string, seq: number): string {
  return Buffer.from(JSON.stringify([at, seq])).toString('base64url');
}

/** Throws LW8004 for a cursor this list did not give. */
function readCursor(cursor: string): { readonly at: string; readonly seq: number } {
  try {
    const [at, seq] = cursorForm.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return { at, seq };
  } catch {
    throw new ProblemError(problem('LW8004', { where: 'querystring/cursor', reason: 'it is not one this list gave' }));
  }
}
