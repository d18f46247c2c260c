import type { Problem, Resource } from '@leeway/core';
import type { Connector, ReadContext, Reading } from '../connector.ts';
import { createReadContext } from '../context/read-context.ts';
import { sealWith } from '../seal.ts';
import type { FileFaultName } from './file-faults.ts';
import { type ManualClock, manualClock } from './manual-clock.ts';
import { type MemoryFiles, type MemoryFilesOptions, type MemoryFileTree, memoryFiles } from './memory-files.ts';
import { type Disturbance, type RecordedTransport, recordedTransport } from './recorded-transport.ts';
import type { RecordingInput } from './recording.ts';

/** A server or the like that a scenario needs, already running. */
export interface Started {
  /** Settings that depend on it, in place of the scenario's. */
  readonly settings?: unknown;
  stop(): Promise<void>;
}

/** One real situation a connector must read: files, recorded HTTP, or a system that `start` brings up. */
export interface Scenario {
  readonly name: string;
  /** As they stand in `leeway.yaml`. */
  readonly settings: unknown;
  readonly files?: MemoryFiles;
  readonly recordings?: readonly RecordingInput[];
  readonly variables?: Readonly<Record<string, string>>;
  readonly start?: () => Promise<Started>;
  /** Lists in JSON answers and JSON files whose order says nothing (JSON Pointers): they are shuffled. */
  readonly lists?: readonly string[];
  /** How many resources must come out; at least one when absent. */
  readonly resources?: number;
  /** File faults that are no faults in this format, each with the reason. */
  readonly tolerates?: Readonly<Partial<Record<FileFaultName, string>>>;
}

export interface RunOptions {
  readonly files?: MemoryFiles;
  readonly filesOptions?: MemoryFilesOptions;
  readonly recordings?: readonly RecordingInput[];
  readonly disturb?: (
    index: number,
    answer: Response,
    around: { signal: AbortSignal | undefined; clock: ManualClock; cancel: () => void },
  ) => Promise<Response> | Response;
  readonly cancelled?: boolean;
}

/** What a run gave, with the means to ask what it touched. */
export interface Run {
  readonly readings: readonly Reading[];
  readonly resources: readonly Resource[];
  readonly notices: readonly { readonly problem: Problem; readonly kind?: string }[];
  readonly complete: readonly string[];
  readonly transport: RecordedTransport;
  readonly tree: MemoryFileTree;
}

/** The key every test seals with. */
export const testSeal = sealWith('a key for tests only');

/** Parses the scenario's settings and hands `use` a context over its files and recordings. */
export async function withScenario<T>(
  connector: Connector,
  scenario: Scenario,
  options: RunOptions,
  use: (settings: unknown, context: ReadContext, run: Pick<Run, 'transport' | 'tree'>) => Promise<T>,
): Promise<T> {
  const started = await scenario.start?.();
  const clock = manualClock();
  const canceller = new AbortController();
  if (options.cancelled) canceller.abort();
  const { disturb } = options;
  const disturbance: Disturbance | undefined =
    disturb && ((index, answer, signal) => disturb(index, answer, { signal, clock, cancel: () => canceller.abort() }));
  const transport = recordedTransport(options.recordings ?? scenario.recordings ?? [], disturbance);
  const tree = memoryFiles(options.files ?? scenario.files ?? {}, options.filesOptions);
  using context = createReadContext({
    environment: 'test',
    system: connector.title,
    files: tree,
    seal: testSeal,
    variable: (name) => scenario.variables?.[name],
    signal: canceller.signal,
    fetch: transport.fetch,
    limitBytes: 4 * 2 ** 20,
    random: () => 0,
    clock,
  });
  try {
    return await use(connector.settings.parse(started?.settings ?? scenario.settings), context, { transport, tree });
  } finally {
    await started?.stop();
  }
}

/** Reads a scenario to its end. */
export function runScenario(connector: Connector, scenario: Scenario, options: RunOptions = {}): Promise<Run> {
  return withScenario(connector, scenario, options, async (settings, context, around) => {
    const readings: Reading[] = [];
    for await (const reading of connector.read(settings, context)) readings.push(reading);
    return {
      ...around,
      readings,
      resources: readings.flatMap((reading) => (reading.type === 'resource' ? [reading.resource] : [])),
      notices: readings.flatMap((reading) => (reading.type === 'notice' ? [reading] : [])),
      complete: readings.flatMap((reading) => (reading.type === 'complete' ? [reading.kind] : [])),
    };
  });
}
