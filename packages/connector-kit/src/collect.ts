import type { Problem, Resource } from '@leeway/core';
import type { Connector, ReadContext } from './connector.ts';

/** Everything one reading yielded, in the order it came. */
export interface Collected {
  readonly resources: readonly Resource[];
  readonly notices: readonly { readonly problem: Problem; readonly kind?: string }[];
  /** Kinds (or patterns of kinds) that were read to the end. */
  readonly complete: readonly string[];
}

/** Reads a source to the end into memory: for tests, `leeway diff` and small sources. */
export async function collect<Settings>(
  connector: Connector<Settings>,
  settings: Settings,
  context: ReadContext,
): Promise<Collected> {
  const collected = {
    resources: [] as Resource[],
    notices: [] as Collected['notices'][number][],
    complete: [] as string[],
  };
  for await (const reading of connector.read(settings, context)) {
    if (reading.type === 'resource') collected.resources.push(reading.resource);
    else if (reading.type === 'complete') collected.complete.push(reading.kind);
    else collected.notices.push({ problem: reading.problem, ...(reading.kind && { kind: reading.kind }) });
  }
  return collected;
}
