import type { CheckLine, ReadContext, Reading } from '@leeway/connector-kit';
import { failed, ok, type Problem, problem, type Result } from '@leeway/core';
import { openService, readMetadata, readPages, type Service, systemOf } from './client.ts';
import type { Metadata } from './metadata.ts';
import { type NamedSet, resourceOf, settleKey } from './record.ts';
import type { ODataSettings } from './settings.ts';

/** Reads every entity set the settings name, page by page. */
export async function* readOData(settings: ODataSettings, context: ReadContext): AsyncIterable<Reading> {
  const opened = await openSets(settings, context);
  if (!opened.ok) {
    for (const found of opened.problems) yield { type: 'notice', problem: found };
    return;
  }
  const { service, sets } = opened.value;
  for (const [name, set] of sets) {
    const kind = `odata.${name}`;
    if (set.ok) yield* readSet(service, set.value, settings, context);
    else for (const found of set.problems) yield { type: 'notice', kind, problem: found };
  }
}

async function* readSet(
  service: Service,
  set: NamedSet,
  settings: ODataSettings,
  context: ReadContext,
): AsyncIterable<Reading> {
  const kind = `odata.${set.name}`;
  const seen = new Map<string, number>();
  for await (const page of readPages(service, context, set.name, { ...set.set, key: [...set.key] })) {
    if (!page.ok) {
      for (const found of page.problems) yield { type: 'notice', kind, problem: found };
      return;
    }
    for (const record of page.value) {
      const resource = resourceOf(record, set, settings);
      const count = (seen.get(resource.key) ?? 0) + 1;
      seen.set(resource.key, count);
      if (count === 1) yield { type: 'resource', resource };
      else {
        yield { type: 'notice', kind, problem: sameKey(service, set, resource.key) };
        return;
      }
    }
  }
  yield { type: 'complete', kind };
}

/** Asks for the first page of every set. */
export async function checkOData(settings: ODataSettings, context: ReadContext): Promise<readonly CheckLine[]> {
  const opened = await openSets(settings, context);
  if (!opened.ok) return [lineOf(systemOf(settings), opened)];
  const { service, sets } = opened.value;
  const lines: CheckLine[] = [];
  for (const [name, set] of sets) {
    lines.push(lineOf(name, set.ok ? await firstPage(service, set.value, context) : set));
  }
  return lines;
}

async function firstPage(service: Service, set: NamedSet, context: ReadContext): Promise<Result<unknown>> {
  for await (const page of readPages(service, context, set.name, { ...set.set, key: [...set.key] })) return page;
  return ok([]);
}

function lineOf(what: string, result: Result<unknown>): CheckLine {
  const [found] = result.ok ? [] : result.problems;
  return { what, ok: result.ok, ...(found && { problem: found }) };
}

export interface OpenedSets {
  readonly service: Service;
  readonly metadata: Metadata | undefined;
  readonly sets: readonly (readonly [string, Result<NamedSet>])[];
}

/** Signs in and settles keys; $metadata, which may be large, is only read where a key is not in the settings. */
export async function openSets(settings: ODataSettings, context: ReadContext): Promise<Result<OpenedSets>> {
  const service = await openService(settings, context);
  if (!service.ok) return service;
  const { system } = service.value;
  const entries = Object.entries(settings.entitySets);
  const needed = entries.some(([, { key }]) => key === undefined);
  const metadata = needed ? await readMetadata(service.value, context) : undefined;
  const known = metadata?.ok ? metadata.value : undefined;
  const sets = entries.map(([name, set]) => {
    const missing = metadata && !metadata.ok && set.key === undefined;
    return [name, missing ? failed<NamedSet>(...metadata.problems) : settleKey(name, set, known, system)] as const;
  });
  return ok({ service: service.value, metadata: known, sets });
}

function sameKey({ system }: Service, { name, key }: NamedSet, text: string): Problem {
  const reason = `two records have the key ${text}: ${key.join(', ')} do not tell them apart`;
  return problem('LW3006', { system, what: name, reason });
}
