import { digestHex, failed, type KindIndex, ok, type Result } from '@leeway/core';
import { type ComparedResource, compareResource, type ResourceName } from '@leeway/engine/compare/compare-resource.ts';
import { compareSides } from '@leeway/engine/compare/compare-sides.ts';
import type { Comparison } from '@leeway/engine/compare/comparison.ts';
import { estateKinds } from '@leeway/engine/compare/estate-kinds.ts';
import { type FoundSide, findSide, type OpenSide, openSide } from '@leeway/engine/compare/open-side.ts';
import { parseSide, type Side } from '@leeway/engine/compare/side.ts';
import type { ScanOptions } from '@leeway/engine/scan/options.ts';
import type { CurrentEstate, EstateHolder } from '../context.ts';
import { Recent } from './recent.ts';
import { createSharedWork } from './shared-work.ts';

/** A comparison that was made. */
export interface MadeComparison {
  /** Names what was compared and under which rules: the same key is the same answer for ever. */
  readonly key: string;
  readonly comparison: Comparison;
}

/** Compares sides and keeps what came of it. */
export interface Comparisons {
  /** The kinds the estate in force knows. */
  kinds(): Promise<KindIndex>;
  /** One that is kept; undefined where it went. */
  kept(key: string): MadeComparison | undefined;
  /** Problems: LW3018, LW3022, LW8301, LW8302, LW1020 to LW1023. */
  compare(left: string, right: string, signal: AbortSignal): Promise<Result<MadeComparison>>;
  /** Problems: the same, and LW8003 for a resource neither side has. */
  compareResource(
    left: string,
    right: string,
    name: ResourceName,
    signal: AbortSignal,
  ): Promise<Result<ComparedResource>>;
}

interface Kept extends MadeComparison {
  readonly left: OpenSide;
  readonly right: OpenSide;
}

/** Bytes of kept comparisons and declarations that were read; what does not fit is made again. */
const mostBytes = 192 * 2 ** 20;
/** A row with its sentence, about. */
const rowBytes = 1500;
/** Comparisons made at the same time. */
const atOnce = 2;
/** How long a branch's declaration is taken for its newest. */
const freshMilliseconds = 15_000;

/** Comparisons over the estate in force; `now` is the one clock. */
export function createComparisons(estate: EstateHolder, now: () => Date): Comparisons {
  return new KeptComparisons(estate, now);
}

class KeptComparisons implements Comparisons {
  readonly #estate: EstateHolder;
  readonly #now: () => Date;
  readonly #kept = new Recent<Kept>(mostBytes, bytesOf);
  readonly #revisions = new Recent<{ readonly found: FoundSide; readonly until: number }>(mostBytes, ({ found }) =>
    layerBytes(found),
  );
  readonly #work = createSharedWork<Result<Kept>>(atOnce);
  readonly #reading = createSharedWork<Result<FoundSide>>(1);
  readonly #rules = new WeakMap<CurrentEstate, { readonly id: number; readonly kinds: Promise<KindIndex> }>();
  #estates = 0;

  constructor(estate: EstateHolder, now: () => Date) {
    this.#estate = estate;
    this.#now = now;
  }

  kinds(): Promise<KindIndex> {
    return this.#rulesOf(this.#estate.current()).kinds;
  }

  kept(key: string): MadeComparison | undefined {
    return this.#kept.get(key);
  }

  async compare(left: string, right: string, signal: AbortSignal): Promise<Result<MadeComparison>> {
    return this.#compare(left, right, signal);
  }

  async compareResource(
    left: string,
    right: string,
    name: ResourceName,
    signal: AbortSignal,
  ): Promise<Result<ComparedResource>> {
    const current = this.#estate.current();
    const sides = await this.#findSides(left, right, current, signal);
    if (!sides.ok) return sides;
    const options = this.#options(current, signal);
    // Opening is reading: a comparison that was made has its sides open.
    const kept = this.#kept.get(this.#keyOf(sides.value, current));
    const [one, two] = kept
      ? [kept.left, kept.right]
      : await Promise.all(sides.value.map((side) => openSide(side, options)));
    return compareResource(one as OpenSide, two as OpenSide, name, options, await this.#rulesOf(current).kinds);
  }

  async #compare(left: string, right: string, signal: AbortSignal): Promise<Result<Kept>> {
    const current = this.#estate.current();
    const sides = await this.#findSides(left, right, current, signal);
    if (!sides.ok) return sides;
    const key = this.#keyOf(sides.value, current);
    const kept = this.#kept.get(key);
    if (kept) return ok(kept);
    return this.#work.run(key, signal, (shared) => this.#make(key, sides.value, current, shared));
  }

  async #make(
    key: string,
    sides: readonly [FoundSide, FoundSide],
    current: CurrentEstate,
    signal: AbortSignal,
  ): Promise<Result<Kept>> {
    const options = this.#options(current, signal);
    const [left, right] = await Promise.all([openSide(sides[0], options), openSide(sides[1], options)]);
    const made = await compareSides(left, right, options, await this.#rulesOf(current).kinds);
    if (!made.ok) return made;
    const kept = { key, comparison: made.value, left, right };
    this.#kept.set(key, kept);
    return ok(kept);
  }

  async #findSides(
    left: string,
    right: string,
    current: CurrentEstate,
    signal: AbortSignal,
  ): Promise<Result<readonly [FoundSide, FoundSide]>> {
    const parsed = [parseSide(left, current.estate), parseSide(right, current.estate)] as const;
    const [one, two] = parsed;
    if (!one.ok || !two.ok) return failed(...parsed.flatMap((side) => (side.ok ? [] : side.problems)));
    const found = await Promise.all([
      this.#findSide(one.value, current, signal),
      this.#findSide(two.value, current, signal),
    ]);
    const [before, after] = found;
    if (!before.ok || !after.ok) return failed(...found.flatMap((side) => (side.ok ? [] : side.problems)));
    return ok([before.value, after.value]);
  }

  async #findSide(side: Side, current: CurrentEstate, signal: AbortSignal): Promise<Result<FoundSide>> {
    const { id, kinds } = this.#rulesOf(current);
    if (side.what.type !== 'revision') return findSide(side, this.#options(current, signal), await kinds);
    const key = `${id} ${side.text}`;
    const kept = this.#revisions.get(key);
    if (kept && kept.until > this.#now().getTime()) return ok(kept.found);
    return this.#reading.run(key, signal, async (shared) => {
      const found = await findSide(side, this.#options(current, shared), await kinds);
      if (found.ok) this.#revisions.set(key, { found: found.value, until: this.#freshUntil(side) });
      return found;
    });
  }

  /** A commit stays what it is; a branch moves. */
  #freshUntil({ what }: Side): number {
    const isCommit = what.type === 'revision' && /^[0-9a-f]{7,64}$/.test(what.revision);
    return isCommit ? Number.POSITIVE_INFINITY : this.#now().getTime() + freshMilliseconds;
  }

  #keyOf(sides: readonly [FoundSide, FoundSide], current: CurrentEstate): string {
    const now = this.#clock(current).getTime();
    const expired = current.estate.approved.filter(({ expiresAt }) => expiresAt <= now).length;
    const parts = sides.map(({ side, heads }) => [side.text, ...heads.map(({ id }) => id).sort()]);
    return digestHex(JSON.stringify([this.#rulesOf(current).id, expired, parts]), 32);
  }

  #rulesOf(current: CurrentEstate) {
    const known = this.#rules.get(current);
    if (known) return known;
    const rules = { id: ++this.#estates, kinds: estateKinds({ ...current.options, failOn: 'none' }) };
    this.#rules.set(current, rules);
    return rules;
  }

  #clock({ estate, options }: CurrentEstate): Date {
    return estate.asOf === undefined ? this.#now() : options.now;
  }

  #options(current: CurrentEstate, signal: AbortSignal): ScanOptions {
    return { ...current.options, now: this.#clock(current), failOn: 'none', signal };
  }
}

function bytesOf({ comparison, left, right }: Kept): number {
  return comparison.rows.length * rowBytes + sideBytes(left) + sideBytes(right);
}

function sideBytes(side: OpenSide): number {
  return side.snapshots.reduce((sum, { index }) => sum + index.chunkIds.length, 0);
}

function layerBytes({ read }: FoundSide): number {
  if (!read) return 0;
  const packs = [...read.layer.packs.values()].reduce((sum, { bytes }) => sum + bytes.length, 0);
  return [...read.layer.chunks.values()].reduce((sum, { entries }) => sum + entries.length, packs);
}
