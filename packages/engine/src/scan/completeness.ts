import { type Completeness, type CompletenessState, matchesWildcard, type Problem } from '@leeway/core';

interface Notice {
  readonly problem: Problem;
  readonly kind?: string;
}

/** Keeps what a reading said about its kinds and sums it up. */
export class CompletenessTracker {
  readonly #complete = new Set<string>();
  readonly #notices: Notice[] = [];

  complete(kind: string): void {
    this.#complete.add(kind);
  }

  notice(problem: Problem, kind?: string): void {
    this.#notices.push({ problem, ...(kind !== undefined && { kind }) });
  }

  /** One record for every kind or pattern that was read, closed or complained about; sorted by kind. */
  summarize(countByKind: ReadonlyMap<string, number>): readonly Completeness[] {
    const kinds = new Set([...countByKind.keys(), ...this.#complete, ...this.#notices.map(({ kind }) => kind ?? '*')]);
    return [...kinds].sort().map((kind) => this.#record(kind, countByKind.get(kind) ?? 0));
  }

  #record(kind: string, count: number): Completeness {
    const problems = this.#notices.filter((notice) => concerns(notice, kind)).map(({ problem }) => problem);
    return { kind, state: this.#state(kind, count, problems.length > 0), count, problems };
  }

  #state(kind: string, count: number, complained: boolean): CompletenessState {
    const closed = [...this.#complete].some((pattern) => pattern === kind || matchesWildcard(pattern, kind));
    if (closed && !complained) return 'complete';
    return count > 0 ? 'partial' : 'failed';
  }
}

/** A notice without a kind bears on all of them; one about a pattern on what it matches. */
function concerns(notice: Notice, kind: string): boolean {
  return notice.kind === undefined || notice.kind === kind || matchesWildcard(notice.kind, kind);
}

/**
 * Whether absence of a resource of this kind means that it is absent: the kind itself was read to the end, or else the
 * narrowest pattern that covers it was.
 */
export function isComplete(completeness: readonly Completeness[], kind: string): boolean {
  const exact = completeness.find((record) => record.kind === kind);
  if (exact) return exact.state === 'complete';
  const patterns = completeness.filter((record) => matchesWildcard(record.kind, kind));
  const narrowest = patterns.sort((left, right) => right.kind.length - left.kind.length)[0];
  return narrowest?.state === 'complete';
}
