import {
  type Connector,
  createReadContext,
  type Limiters,
  maskSecrets,
  type OwnedReadContext,
  type Reading,
} from '@leeway/connector-kit';
import {
  type BuiltIndex,
  compileNeutralizer,
  digestHex,
  type FileTree,
  type KindIndex,
  loadIndex,
  loadResources,
  type Plane,
  type Problem,
  ProblemError,
  problem,
  type Resource,
  type Snapshot,
  SnapshotBuilder,
} from '@leeway/core';
import { compileExclusions, type Environment, fillSettings, type Source, type SourcePlane } from '@leeway/estate';
import type { SnapshotSlot } from '../ports.ts';
import { CompletenessTracker } from './completeness.ts';
import type { ScanOptions, ScanProgress } from './options.ts';

/** One reading to be done. */
export interface ReadJob {
  readonly environment: Environment;
  readonly source: Source;
  readonly plane: Plane;
  readonly settings: SourcePlane;
  readonly files: FileTree;
  readonly revision?: string;
  /** Set when the connector was chosen and its settings made already, as for `leeway diff` of two files. */
  readonly opened?: OpenedConnector;
}

/** A connector with its settings checked. */
export interface OpenedConnector {
  readonly connector: Connector;
  readonly settings: unknown;
}

/** What came of it. `problems` are mistakes in the estate; trouble with the system is in the snapshot's completeness. */
export interface PlaneReading {
  readonly job: ReadJob;
  readonly connector?: Connector;
  readonly snapshot: Snapshot;
  readonly milliseconds: number;
  readonly problems: readonly Problem[];
}

/** What all readings of one scan share. */
export interface ReadRun {
  readonly options: ScanOptions;
  readonly kinds: KindIndex;
  readonly limiters: Limiters;
}

/** Packs waiting to be stored before reading pauses for them. */
const packsAtOnce = 16;
const progressEvery = 1000;

/** Reads one plane of one source in one environment into a snapshot. Never throws for what a system does. */
export async function readPlane(job: ReadJob, run: ReadRun): Promise<PlaneReading> {
  const started = performance.now();
  const opened = await openConnector(job, run.options);
  const reader = new PlaneReader(job, run, await createBuilder(job, run));
  if ('problems' in opened) for (const found of opened.problems) reader.tracker.notice(found);
  else await reader.read(opened);
  return {
    job,
    ...('connector' in opened && { connector: opened.connector }),
    snapshot: await reader.close(),
    milliseconds: Math.round(performance.now() - started),
    problems: 'problems' in opened ? opened.problems : [],
  };
}

/** The connector of a job with its settings filled in and checked, or what is wrong with them. */
export async function openConnector(
  job: ReadJob,
  { connectors }: Pick<ScanOptions, 'connectors'>,
): Promise<OpenedConnector | { readonly problems: readonly Problem[] }> {
  if (job.opened) return job.opened;
  const { place, connector: id } = job.settings;
  const connector = await connectors.load(id);
  if (!connector)
    return { problems: [problem('LW3015', { connector: id, allowed: connectors.ids.join(', ') }, place)] };
  const filled = fillSettings(job.settings.settings, job.environment);
  if (!filled.ok) return { problems: filled.problems.map((found) => ({ place, ...found })) };
  const parsed = connector.settings.safeParse(filled.value);
  if (parsed.success) return { connector, settings: parsed.data };
  const describe = (issue: { readonly path: readonly PropertyKey[]; readonly message: string }) =>
    problem(
      'LW3014',
      { source: job.source.id, field: issue.path.join('.') || 'as a whole', reason: issue.message },
      place,
    );
  return { problems: parsed.error.issues.map(describe) };
}

function slotOf({ environment, source, plane }: ReadJob, { estate }: ScanOptions): SnapshotSlot {
  return { estate: estate.name, environment: environment.name, source: source.id, plane };
}

function normalizerOf(job: ReadJob, kinds: KindIndex): string {
  return `${kinds.version}.${digestHex(JSON.stringify(job.environment.tokens), 16)}`;
}

async function createBuilder(job: ReadJob, { options, kinds }: ReadRun): Promise<SnapshotBuilder> {
  const last = await options.store.snapshots.latest(slotOf(job, options));
  // Digests made under other rules say nothing about these: everything is then packed anew, once.
  const reusable = last && last.header.normalizer === normalizerOf(job, kinds) ? last.index : undefined;
  return new SnapshotBuilder({
    kinds,
    neutralizer: compileNeutralizer(job.environment.tokens),
    strict: options.strict === true,
    mask: (resource) => maskSecrets(resource, kinds.find(resource.kind), options.seal),
    ...(reusable && { previous: await loadIndex(options.store.chunks, reusable) }),
  });
}

/** Everything impure one reading may use, under its source's deadline and rate. */
export function openContext({ environment, source, files }: ReadJob, { options, limiters }: ReadRun): OwnedReadContext {
  return createReadContext({
    environment: environment.name,
    system: source.title,
    files,
    seal: options.seal,
    variable: options.variable,
    deadlineSeconds: source.deadline,
    limiters,
    account: environment.name,
    ...(source.rate !== undefined && { rate: source.rate }),
    ...(options.signal && { signal: options.signal }),
  });
}

/** One reading under way: resources go into the builder, everything else to the tracker. */
class PlaneReader {
  readonly tracker = new CompletenessTracker();
  readonly #job: ReadJob;
  readonly #run: ReadRun;
  readonly #builder: SnapshotBuilder;
  readonly #excludes: ReturnType<typeof compileExclusions>;
  #count = 0;

  constructor(job: ReadJob, run: ReadRun, builder: SnapshotBuilder) {
    this.#job = job;
    this.#run = run;
    this.#builder = builder;
    this.#excludes = compileExclusions(job.source.exclude);
  }

  async read({ connector, settings }: OpenedConnector): Promise<void> {
    const { options } = this.#run;
    using context = openContext(this.#job, this.#run);
    await this.#guarded(connector, context.signal, async () => {
      for await (const reading of connector.read(settings, { ...context, now: () => options.now })) {
        this.#take(reading);
        if (this.#builder.pending >= packsAtOnce) await options.store.chunks.putPacks(this.#builder.takePacks());
      }
    });
    // However the reading ended, what came before is kept.
    await this.#guarded(connector, context.signal, async () => this.#builder.settle());
  }

  async #guarded(connector: Connector, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.tracker.notice(readFailure(error, connector, signal));
    }
  }

  #take(reading: Reading): void {
    if (reading.type === 'complete') this.tracker.complete(reading.kind);
    else if (reading.type === 'notice') this.tracker.notice(reading.problem, reading.kind);
    else this.#takeResource(reading.resource);
  }

  #takeResource(resource: Resource): void {
    const kind = this.#run.kinds.find(resource.kind);
    const { source } = this.#job;
    if (this.#excludes({ source: source.id, kind: resource.kind, key: resource.key, layer: kind.layer })) return;
    this.#builder.add(resource);
    if (++this.#count % progressEvery === 0) reportProgress(this.#job, this.#run.options, 'reading', this.#count);
  }

  /** Stores what was read. A reading that got nothing or was cancelled is not saved: it must not hide the last one that did. */
  async close(): Promise<Snapshot> {
    const { store, signal } = this.#run.options;
    const built = this.#builder.finish();
    await store.chunks.putPacks(this.#builder.takePacks());
    await store.chunks.putChunks(built.chunks);
    for (const { kind, key } of await loadResources(store.chunks, built.duplicates)) {
      this.tracker.notice(problem('LW3008', { kind, key }), kind);
    }
    const snapshot = { header: this.#header(built), index: built.index };
    const { completeness } = snapshot.header;
    const isUseful = completeness.some(({ state }) => state !== 'failed') && !signal?.aborted;
    if (isUseful) await store.snapshots.save(snapshot);
    const whole = completeness.length > 0 && completeness.every(({ state }) => state === 'complete');
    reportProgress(this.#job, this.#run.options, whole ? 'done' : 'failed', built.count);
    return snapshot;
  }

  #header(built: BuiltIndex): Snapshot['header'] {
    const slot = slotOf(this.#job, this.#run.options);
    const takenAt = this.#run.options.now.toISOString();
    const { revision } = this.#job;
    return {
      id: digestHex(JSON.stringify([slot, takenAt, Buffer.from(built.index.chunkIds).toString('base64')]), 32),
      ...slot,
      takenAt,
      ...(revision && { revision }),
      normalizer: normalizerOf(this.#job, this.#run.kinds),
      count: built.count,
      completeness: this.tracker.summarize(built.countByKind),
    };
  }
}

/** A throw in a connector is its bug, not the end of the scan; its text stays out, it may hold a secret. */
function readFailure(error: unknown, connector: Connector, signal: AbortSignal): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (signal.aborted && signal.reason instanceof ProblemError) return signal.reason.problem;
  const name = error instanceof Error ? error.name : 'unknown error';
  return problem('LW3013', { connector: connector.id, what: `the source (${name})` });
}

export function reportProgress(job: ReadJob, options: ScanOptions, state: ScanProgress['state'], count: number): void {
  options.progress?.({ environment: job.environment.name, source: job.source.id, plane: job.plane, state, count });
}
