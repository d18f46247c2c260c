import type { Policy, Violation } from '@leeway/core';
import type { PolicyEnvironment } from '../cel/environment.ts';
import type { LoadedBundle } from '../rego/bundle.ts';
import { kindOf } from './kind-of.ts';
import type { BatchReply, BatchRequest, ParameterOverrides } from './protocol.ts';
import { matchesKind } from './rules.ts';
import { PolicyThread, type Strike } from './thread.ts';

export interface PolicyRunnerOptions {
  readonly policies: readonly Policy[];
  readonly bundles?: readonly LoadedBundle[];
  readonly parameters?: ParameterOverrides;
  /** Milliseconds one evaluation of one policy on one resource may take; 1000 unless given. */
  readonly deadlineMs?: number;
  /** Megabytes of heap all of it may take; 512 unless given. */
  readonly heapMb?: number;
}

/** A resource to judge. */
export interface PolicyItem {
  /** The caller's name for it, unique within one call: results come back by it. */
  readonly hash: string;
  readonly environment: string;
  /** `{"kind":…,"key":…,"attributes":…}` as JSON, keys in any order. */
  readonly text: string;
  /** Where the caller knows it, so that the text need not be searched. */
  readonly kind?: string;
}

export interface PolicyStatistics {
  readonly evaluations: number;
  /** Time inside the worker. */
  readonly parseMilliseconds: number;
  readonly evaluateMilliseconds: number;
  /** Worker threads started: 0 when no policy matched anything. */
  readonly threads: number;
}

export interface PolicyRunner {
  /** Whether some rule looks at this kind; what none looks at need not be handed in. */
  readonly matches: (kind: string) => boolean;
  /**
   * Violations by hash; a resource that is in order has no entry. A rule that throws, hangs or exhausts memory on a
   * resource is a violation with outcome `error`. `now` is ISO 8601. Calls are served one after the other.
   */
  readonly evaluate: (
    items: readonly PolicyItem[],
    environments: Readonly<Record<string, PolicyEnvironment>>,
    now: string,
  ) => Promise<ReadonlyMap<string, readonly Violation[]>>;
  readonly statistics: () => PolicyStatistics;
  readonly close: () => Promise<void>;
}

/** Resources sent at once: enough to make messages cheap, few enough to repeat after a strike. */
const sliceItems = 2000;
const sliceCharacters = 8_000_000;
/** A rule that struck this often is not run any more; after so many strikes in all, one is enough. */
const strikesPerRule = 3;
const strikesInAll = 20;

/** Prepares rules to be run in a thread of their own. The thread starts with the first resource a rule looks at. */
export function createPolicyRunner(options: PolicyRunnerOptions): PolicyRunner {
  const session = new RunnerSession(options);
  let last: Promise<unknown> = Promise.resolve();
  return {
    matches: (kind) => session.matches(kind),
    evaluate: (items, environments, now) => {
      const result = last.then(() => session.evaluate(items, environments, now));
      last = result.catch(() => undefined);
      return result;
    },
    statistics: () => session.statistics(),
    close: () => session.close(),
  };
}

class RunnerSession {
  readonly #options: PolicyRunnerOptions;
  readonly #kinds: readonly (readonly string[])[];
  readonly #matchByKind = new Map<string, boolean>();
  readonly #strikes = new Map<number, number>();
  readonly #skippedRules = new Map<number, string>();
  #thread: PolicyThread | undefined;
  #batch = 0;
  #totals: PolicyStatistics = { evaluations: 0, parseMilliseconds: 0, evaluateMilliseconds: 0, threads: 0 };

  constructor(options: PolicyRunnerOptions) {
    this.#options = options;
    this.#kinds = [...options.policies, ...(options.bundles ?? [])].map((rule) => rule.kinds);
  }

  matches(kind: string): boolean {
    const known = this.#matchByKind.get(kind);
    if (known !== undefined) return known;
    const found = this.#kinds.some((kinds) => matchesKind(kinds, kind));
    this.#matchByKind.set(kind, found);
    return found;
  }

  async evaluate(
    items: readonly PolicyItem[],
    environments: Readonly<Record<string, PolicyEnvironment>>,
    now: string,
  ): Promise<ReadonlyMap<string, readonly Violation[]>> {
    const found = new Map<string, readonly Violation[]>();
    const relevant = items.filter((item) => {
      const kind = item.kind ?? kindOf(item.text);
      return kind === undefined || this.matches(kind);
    });
    for (const slice of cutSlices(relevant)) {
      const reply = await this.#runSlice(slice, environments, now);
      for (const [at, violations] of reply.violations) found.set(slice[at]?.hash ?? '', violations);
    }
    return found;
  }

  /** Repeats a slice until it comes through; every strike takes the evaluation that caused it out of the next round. */
  async #runSlice(
    slice: readonly PolicyItem[],
    environments: Readonly<Record<string, PolicyEnvironment>>,
    now: string,
  ): Promise<BatchReply> {
    const skippedPairs = new Map<string, string>();
    const items = slice.map(({ environment, text }) => ({ environment, text }));
    for (;;) {
      this.#thread ??= this.#startThread();
      const batch = ++this.#batch;
      const request: BatchRequest = { batch, items, environments, now, skippedPairs, skippedRules: this.#skippedRules };
      const outcome = await this.#thread.run(request);
      if (outcome.state === 'done') {
        this.#count(outcome.reply);
        return outcome.reply;
      }
      await this.close();
      this.#countStrike(outcome.strike);
      skippedPairs.set(`${outcome.strike.item}:${outcome.strike.rule}`, outcome.strike.reason);
    }
  }

  #startThread(): PolicyThread {
    const { policies, bundles = [], parameters = {}, deadlineMs = 1000, heapMb = 512 } = this.#options;
    this.#totals = { ...this.#totals, threads: this.#totals.threads + 1 };
    return new PolicyThread({ policies, bundles, parameters }, { deadlineMs, heapMb });
  }

  /** Bounds the time lost to rules that hang: at most {@link strikesInAll} deadlines and one more for each rule. */
  #countStrike(strike: Strike): void {
    if (strike.rule < 0) throw new Error(`The policy worker is broken: ${strike.reason}`);
    const count = (this.#strikes.get(strike.rule) ?? 0) + 1;
    this.#strikes.set(strike.rule, count);
    const all = [...this.#strikes.values()].reduce((sum, each) => sum + each, 0);
    for (const [rule, strikes] of this.#strikes) {
      const isOut = strikes >= strikesPerRule || all >= strikesInAll;
      if (isOut) this.#skippedRules.set(rule, `it is not run any more in this scan: ${strike.reason}`);
    }
  }

  #count(reply: BatchReply): void {
    this.#totals = {
      evaluations: this.#totals.evaluations + reply.evaluations,
      parseMilliseconds: this.#totals.parseMilliseconds + reply.parseMilliseconds,
      evaluateMilliseconds: this.#totals.evaluateMilliseconds + reply.evaluateMilliseconds,
      threads: this.#totals.threads,
    };
  }

  statistics(): PolicyStatistics {
    return this.#totals;
  }

  async close(): Promise<void> {
    const thread = this.#thread;
    this.#thread = undefined;
    await thread?.stop();
  }
}

function* cutSlices(items: readonly PolicyItem[]): Iterable<readonly PolicyItem[]> {
  let slice: PolicyItem[] = [];
  let characters = 0;
  for (const item of items) {
    slice.push(item);
    characters += item.text.length;
    if (slice.length < sliceItems && characters < sliceCharacters) continue;
    yield slice;
    slice = [];
    characters = 0;
  }
  if (slice.length > 0) yield slice;
}
