import { setImmediate } from 'node:timers/promises';
import {
  comparisonSentence,
  failed,
  type JudgeContext,
  type KindIndex,
  layers,
  ok,
  ProblemError,
  problem,
  type Result,
  type Snapshot,
  type SnapshotHeader,
  severities,
  verdicts,
} from '@leeway/core';
import type { Source } from '@leeway/estate';
import { judgeContext } from '../scan/judge-context.ts';
import type { ScanOptions } from '../scan/options.ts';
import { type ComparedRow, type ComparedSide, type Comparison, isWhollyApproved } from './comparison.ts';
import { judgePairs } from './judge-pairs.ts';
import { layeredChunks } from './layered-chunks.ts';
import { type NotChecked, notCheckedOf } from './not-checked.ts';
import type { OpenSide } from './open-side.ts';
import { otherOf, otherRules, type PairCase, type PairScope, pairCases } from './pair-cases.ts';
import { type Orientation, orient, type PlanePair, planePairs } from './plane-pairs.ts';
import { isDeclared } from './side.ts';

/** Most resources of one source that are listed as different: what a person may look at, and what fits in memory. */
const mostRows = 100_000;
/** Most resources whose bodies are all compared, where digests were made under other rules. */
const mostBodies = 200_000;
/** Cases judged before others get their turn. */
const casesAtOnce = 500;

/**
 * Compares two sides from their snapshots, through the one evaluator: approved differences, severities and sentences are those
 * of a scan. Costs what differs, not what there is; ends at `options.signal`.
 * Problems: LW3022 (nothing in common), LW8302.
 */
export async function compareSides(
  left: OpenSide,
  right: OpenSide,
  options: ScanOptions,
  kinds: KindIndex,
): Promise<Result<Comparison>> {
  const orientation = orient(left, right);
  const sources = commonSources(left, right, options);
  if (sources.length === 0) return failed(problem('LW3022', { left: left.side.text, right: right.side.text }));
  const work = new SideComparison(orientation, options, await judgeContext(options, kinds));
  try {
    for (const source of sources) await work.add(source, left, right);
  } catch (error) {
    if (error instanceof ProblemError) return failed(error.problem);
    throw error;
  }
  return ok(work.finish(left, right));
}

/** Sources that both environments have; one that takes no part in parity is compared within an environment only. */
export function commonSources(
  left: OpenSide,
  right: OpenSide,
  { estate }: Pick<ScanOptions, 'estate'>,
): readonly Source[] {
  const [one, two] = [left.side.environment.name, right.side.environment.name];
  const needsDeclaration = isDeclared(left.side) || isDeclared(right.side);
  return estate.sources.filter(
    ({ environments, parity, declared }) =>
      environments.includes(one) &&
      environments.includes(two) &&
      (parity || one === two) &&
      (!needsDeclaration || declared !== undefined),
  );
}

/** The store with what only these two sides have in memory. */
export function storeOf({ own, other }: Orientation, { store }: Pick<ScanOptions, 'store'>): ScanOptions['store'] {
  const extra = [own.read, other.read].flatMap((read) => read?.layer ?? []);
  return extra.length > 0 ? { ...store, chunks: layeredChunks(store.chunks, extra) } : store;
}

class SideComparison {
  readonly #orientation: Orientation;
  readonly #options: ScanOptions;
  readonly #context: JudgeContext;
  readonly #rows: ComparedRow[] = [];
  readonly #notChecked: NotChecked[] = [];
  #equal = 0;

  constructor(orientation: Orientation, options: ScanOptions, context: JudgeContext) {
    this.#orientation = orientation;
    this.#options = options;
    this.#context = context;
  }

  async add(source: Source, left: OpenSide, right: OpenSide): Promise<void> {
    const orientation = this.#orientation;
    const pairs = planePairs(source, orientation);
    this.#notChecked.push(...notCheckedOf(source, pairs, left, right, orientation.ownIs));
    const scope = { source, orientation, store: storeOf(orientation, this.#options) };
    for (const pair of pairs) await this.#addPair(pair, scope);
  }

  async #addPair(pair: PlanePair, scope: PairScope): Promise<void> {
    const { source } = scope;
    if (otherRules(pair) && Math.max(pair.own.header.count, pair.other.header.count) > mostBodies) {
      const found = problem('LW3017', { left: pair.other.header.id, right: pair.own.header.id });
      this.#notChecked.push({ source: source.id, kind: '*', side: 'both', reason: found.message });
      return;
    }
    // What the reference has and nothing below says otherwise of is equal.
    this.#equal += countTaken(pair.other, pair.takes);
    const before = this.#rows.length;
    let batch: PairCase[] = [];
    for await (const found of pairCases(pair, scope)) {
      batch.push(found);
      if (batch.length < casesAtOnce) continue;
      await this.#judge(batch);
      batch = [];
      if (this.#rows.length - before > mostRows) throw new ProblemError(this.#tooMany(source));
    }
    await this.#judge(batch);
  }

  async #judge(cases: readonly PairCase[]): Promise<void> {
    await setImmediate();
    this.#options.signal?.throwIfAborted();
    for (const { found, row } of judgePairs(cases, this.#context, this.#orientation.ownIs)) {
      if (row) this.#rows.push(row);
      // Both sides there and nothing found: noise. One side there and nothing found: nobody can tell, or it does not count.
      if (otherOf(found) && (row || !isOnBoth(found))) this.#equal--;
    }
  }

  #tooMany({ id }: Source) {
    const { names } = this.#orientation;
    return problem('LW8302', { left: names.own, right: names.other, limit: mostRows, source: id });
  }

  finish(left: OpenSide, right: OpenSide): Comparison {
    const rows = this.#rows.sort(compareRows);
    const approved = rows.filter(isWhollyApproved).length;
    const differing = rows.length - approved;
    const { names } = this.#orientation;
    const counts = { ...names, differing, approved, equal: this.#equal, notChecked: this.#notChecked.length };
    return {
      left: describeSide(left),
      right: describeSide(right),
      sentence: comparisonSentence(counts),
      differing,
      approved,
      equal: this.#equal,
      notChecked: this.#notChecked,
      rows,
    };
  }
}

function isOnBoth(found: PairCase): boolean {
  return found.type === 'declared'
    ? found.declared !== undefined && found.observed !== undefined
    : found.own !== undefined && found.other !== undefined;
}

/** Resources of the kinds taken; what was read of every kind stands in the header. */
function countTaken({ header }: Snapshot, takes: PlanePair['takes']): number {
  return header.completeness.reduce((sum, { kind, count }) => sum + (takes(kind) ? count : 0), 0);
}

function compareRows(left: ComparedRow, right: ComparedRow): number {
  return (
    Number(isWhollyApproved(left)) - Number(isWhollyApproved(right)) ||
    severities.indexOf(right.severity) - severities.indexOf(left.severity) ||
    verdicts.indexOf(left.verdict) - verdicts.indexOf(right.verdict) ||
    layers.indexOf(left.layer) - layers.indexOf(right.layer) ||
    compareTexts(left.kind, right.kind) ||
    compareTexts(left.key, right.key) ||
    compareTexts(left.source, right.source)
  );
}

function compareTexts(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function describeSide({ side, heads }: OpenSide): ComparedSide {
  const isRead = heads.length === 0 || heads.some((head) => head.plane === 'observed');
  const plane = isDeclared(side) || !isRead ? 'declared' : 'observed';
  const taken = newest(heads.filter((head) => head.plane === plane));
  const revision =
    side.what.type === 'revision' ? side.what.revision : plane === 'declared' ? taken?.revision : undefined;
  return {
    side: side.text,
    environment: side.environment.name,
    plane,
    ...(taken && side.what.type !== 'revision' && { at: taken.takenAt }),
    ...(revision !== undefined && { revision }),
  };
}

function newest(heads: readonly SnapshotHeader[]): SnapshotHeader | undefined {
  return heads.reduce<SnapshotHeader | undefined>(
    (last, head) => (last && last.takenAt > head.takenAt ? last : head),
    undefined,
  );
}
