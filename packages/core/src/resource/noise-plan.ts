import type { Json } from '../json/value.ts';
import type { Kind, Noise, PathPattern, QuantityUnit } from './kind.ts';

/** What the noise rules say about the value at one place. */
export interface NoiseEffects {
  readonly computed: boolean;
  readonly unordered: boolean;
  readonly empty: boolean;
  readonly secret: boolean;
  /** Identifies this very instance: left out when environments are compared with each other. */
  readonly instance: boolean;
  /** Filled in by the system where nobody does: absence on one side is no difference. */
  readonly assigned: boolean;
  /** False and 0 are the same as absence. */
  readonly zero: boolean;
  readonly identity: readonly string[] | undefined;
  readonly quantity: QuantityUnit | undefined;
  /** Known defaults; undefined when there is none (null is a possible default). */
  readonly defaults: readonly Json[] | undefined;
}

/**
 * The noise rules of a kind as a deterministic automaton over path tokens. A place no rule can reach below has the plan
 * `null`, so that most of a resource costs nothing. States are made when a resource first leads to them: patterns with
 * `**` have more states together than any resource visits, and making them all takes seconds.
 */
export interface NoisePlan extends NoiseEffects {
  /** True when no rule applies to this very place (one may apply further down). */
  readonly plain: boolean;
  /** The plan of any item of a list and of fields that no pattern names. */
  readonly item: NoisePlan | null;
  /** The plan of a field. */
  field(key: string): NoisePlan | null;
}

/** The plan of a named field. */
export function fieldPlan(plan: NoisePlan, key: string): NoisePlan | null {
  return plan.field(key);
}

interface Rule {
  readonly tokens: readonly string[];
  readonly effects: Partial<NoiseEffects>;
}

const plans = new WeakMap<Noise, NoisePlan | null>();
const strictPlans = new WeakMap<Noise, NoisePlan | null>();

/**
 * The compiled plan of a kind's noise rules; null when it has none. Memoised. With `strict` only the rules that align
 * and mask are kept: nothing is folded.
 */
export function noisePlan(kind: Kind, strict = false): NoisePlan | null {
  if (!kind.noise) return null;
  const known = strict ? strictPlans : plans;
  let plan = known.get(kind.noise);
  if (plan === undefined) {
    const rules = rulesOf(strict ? withoutFolding(kind.noise) : kind.noise);
    plan = rules.length ? new Automaton(rules).start() : null;
    known.set(kind.noise, plan);
  }
  return plan;
}

function withoutFolding({ identity, unordered, secret, instance }: Noise): Noise {
  return {
    ...(identity && { identity }),
    ...(unordered && { unordered }),
    ...(secret && { secret }),
    ...(instance && { instance }),
  };
}

function rulesOf(noise: Noise): readonly Rule[] {
  const flags = ['computed', 'unordered', 'empty', 'secret', 'instance', 'assigned', 'zero'] as const;
  return [
    ...flags.flatMap((flag) => (noise[flag] ?? []).map((pattern) => rule(pattern, { [flag]: true }))),
    ...Object.entries(noise.identity ?? {}).map(([pattern, identity]) => rule(pattern, { identity })),
    ...Object.entries(noise.quantity ?? {}).map(([pattern, quantity]) => rule(pattern, { quantity })),
    ...Object.entries(noise.defaults ?? {}).map(([pattern, value]) => rule(pattern, { defaults: [value] })),
  ];
}

function rule(pattern: PathPattern, effects: Partial<NoiseEffects>): Rule {
  // Such a pattern fits the wrapped item as well, which would be wrapped again, without end.
  if (effects.quantity === 'one-or-many' && pattern.endsWith('*') && pattern.includes('**')) {
    throw new TypeError(`A one-or-many list is named by its own path, not by ${JSON.stringify(pattern)}`);
  }
  return { tokens: tokensOf(pattern), effects };
}

function tokensOf(pattern: PathPattern): readonly string[] {
  if (pattern === '') return [];
  if (!pattern.startsWith('/')) throw new TypeError(`A path pattern begins with "/": ${JSON.stringify(pattern)}`);
  return pattern
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

const noEffects: NoiseEffects = {
  computed: false,
  unordered: false,
  empty: false,
  secret: false,
  instance: false,
  assigned: false,
  zero: false,
  identity: undefined,
  quantity: undefined,
  defaults: undefined,
};

type Position = readonly [rule: number, token: number];
type Positions = ReadonlyMap<string, Position>;

/** Finds the state for each set of positions; equal sets, written as a sorted text, are one state. */
class Automaton {
  readonly #rules: readonly Rule[];
  readonly #states = new Map<string, NoisePlan | null>();

  constructor(rules: readonly Rule[]) {
    this.#rules = rules;
  }

  start(): NoisePlan | null {
    return this.#state(this.#closure(this.#rules.map((_, rule) => [rule, 0] as const)));
  }

  /** The state one token further; `undefined` stands for any key that no pattern names. */
  after(positions: Positions, key: string | undefined): NoisePlan | null {
    return this.#state(this.#advance(positions, key));
  }

  /** Adds the positions that `**` lets one be at without consuming a token. */
  #closure(positions: readonly Position[]): Positions {
    const closed = new Map<string, Position>();
    const open = [...positions];
    for (let next = open.pop(); next; next = open.pop()) {
      const [rule, at] = next;
      const id = `${rule}:${at}`;
      if (closed.has(id)) continue;
      closed.set(id, next);
      if (this.#rules[rule]?.tokens[at] === '**') open.push([rule, at + 1]);
    }
    return closed;
  }

  #state(positions: Positions): NoisePlan | null {
    if (positions.size === 0) return null;
    const id = [...positions.keys()].sort().join(' ');
    const known = this.#states.get(id);
    if (known !== undefined) return known;
    const state = new State(this, positions, this.#effects(positions), this.#literals(positions));
    this.#states.set(id, state);
    return state;
  }

  /** Effects of the rules that end here, in the order they were declared, so that overlapping patterns give one answer. */
  #effects(positions: Positions): NoiseEffects {
    const ended = [...positions.values()].filter(([at, token]) => this.#rules[at]?.tokens.length === token);
    const applied = ended.sort((a, b) => a[0] - b[0]).map(([at]) => this.#rules[at]?.effects ?? {});
    const defaults = applied.flatMap((effects) => effects.defaults ?? []);
    return Object.assign({}, noEffects, ...applied, { defaults: defaults.length ? defaults : undefined });
  }

  #literals(positions: Positions): ReadonlySet<string> {
    const literals = new Set<string>();
    for (const [rule, at] of positions.values()) {
      const token = this.#rules[rule]?.tokens[at];
      if (token !== undefined && token !== '*' && token !== '**') literals.add(token);
    }
    return literals;
  }

  #advance(positions: Positions, key: string | undefined): Positions {
    const next: Position[] = [];
    for (const [rule, at] of positions.values()) {
      const token = this.#rules[rule]?.tokens[at];
      if (token === '**') next.push([rule, at]);
      else if (token === '*' || (token !== undefined && token === key)) next.push([rule, at + 1]);
    }
    return this.#closure(next);
  }
}

/**
 * Where the automaton stands at one place. Only fields that patterns name are kept: others have no bound. A class, so that
 * all have one layout in memory: their flags are read for every value of every resource.
 */
class State implements NoisePlan {
  readonly plain: boolean;
  readonly computed: boolean;
  readonly unordered: boolean;
  readonly empty: boolean;
  readonly secret: boolean;
  readonly instance: boolean;
  readonly assigned: boolean;
  readonly zero: boolean;
  readonly identity: readonly string[] | undefined;
  readonly quantity: QuantityUnit | undefined;
  readonly defaults: readonly Json[] | undefined;
  readonly #automaton: Automaton;
  readonly #positions: Positions;
  readonly #literals: ReadonlySet<string>;
  readonly #fields = new Map<string, NoisePlan | null>();
  #item: NoisePlan | null | undefined;

  constructor(automaton: Automaton, positions: Positions, effects: NoiseEffects, literals: ReadonlySet<string>) {
    this.plain = isPlain(effects);
    this.computed = effects.computed;
    this.unordered = effects.unordered;
    this.empty = effects.empty;
    this.secret = effects.secret;
    this.instance = effects.instance;
    this.assigned = effects.assigned;
    this.zero = effects.zero;
    this.identity = effects.identity;
    this.quantity = effects.quantity;
    this.defaults = effects.defaults;
    this.#automaton = automaton;
    this.#positions = positions;
    this.#literals = literals;
  }

  get item(): NoisePlan | null {
    if (this.#item === undefined) this.#item = this.#automaton.after(this.#positions, undefined);
    return this.#item;
  }

  field(key: string): NoisePlan | null {
    if (!this.#literals.has(key)) return this.item;
    let plan = this.#fields.get(key);
    if (plan === undefined) {
      plan = this.#automaton.after(this.#positions, key);
      this.#fields.set(key, plan);
    }
    return plan;
  }
}

function isPlain(effects: NoiseEffects): boolean {
  return Object.values(effects).every((effect) => effect === false || effect === undefined);
}
