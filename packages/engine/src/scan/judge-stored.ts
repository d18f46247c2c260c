import { type Case, type Judgement, judge } from '@leeway/core';
import { type Environment, planes } from '@leeway/estate';
import { estateKinds } from '../compare/estate-kinds.ts';
import { buildCases } from './build-cases.ts';
import { judgeContext } from './judge-context.ts';
import type { ScanOptions } from './options.ts';
import { runBounded } from './read-estate.ts';
import type { PlaneReading } from './read-plane.ts';

/** What the last readings say under the rules in force now: nothing is read anew and nothing is recorded. */
export async function judgeStored(options: ScanOptions): Promise<Judgement> {
  const readings = (
    await runBounded(options.estate.environments, 4, (environment) => storedReadings(environment, options))
  ).flat();
  const cases: Case[] = [];
  for await (const found of buildCases(readings, options)) cases.push(found);
  options.signal?.throwIfAborted();
  return judge(cases, await judgeContext(options, await estateKinds(options)));
}

async function storedReadings(environment: Environment, options: ScanOptions): Promise<readonly PlaneReading[]> {
  const { estate, store, files } = options;
  const sources = estate.sources.filter(({ environments }) => environments.includes(environment.name));
  const slots = sources.flatMap(({ id }) => planes.map((plane) => ({ source: id, plane })));
  const heads = await store.snapshots.heads(estate.name, environment.name, slots);
  const snapshots = await runBounded(heads, 4, ({ id }) => store.snapshots.get(id));
  return snapshots.flatMap((snapshot) => {
    const source = sources.find(({ id }) => id === snapshot?.header.source);
    if (!snapshot || !source) return [];
    const { plane } = snapshot.header;
    const settings = source[plane] ?? source.declared;
    if (!settings) return [];
    const job = { environment, source, plane, settings, files: files.working };
    return [{ job, snapshot, milliseconds: 0, problems: [] }];
  });
}
