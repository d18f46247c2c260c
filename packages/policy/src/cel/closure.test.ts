import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtinPackNames, loadBuiltinPacks } from '../pack/builtin.ts';
import type { TestedPolicy } from '../pack/load.ts';
import { compileClosure, type Frame } from './closure.ts';
import { createScope, environmentValue, operandEnvironment } from './environment.ts';
import { compileExpression } from './expression.ts';
import { toJson } from './value.ts';

const names = ['resource', 'kind', 'key', 'environment', 'now', 'params'];
const slots = new Map(names.map((name, slot) => [name, slot]));
const environment = environmentValue({ name: 'prod', dimensions: { stage: 'production' }, parameters: {} });
const now = new Date('2026-03-01T00:00:00Z');

type Outcome = { readonly value: unknown } | 'error';

function outcomeOf(evaluate: () => unknown): Outcome {
  try {
    return { value: toJson(evaluate()) };
  } catch {
    return 'error';
  }
}

/** The outcome of an expression as closures have it, and as the engine has it. */
function bothWays(source: string, resource: unknown, params: Record<string, never> | object = {}) {
  const scope = createScope(params as Record<string, never>);
  const frame: Frame = [resource, 'kind', 'key', environment, now, scope.paramsValue(params as Record<string, never>)];
  const compiled = compileExpression(source, {
    environment: scope.environment,
    parameters: Object.keys(params),
    variables: { slots, free: names.length },
  });
  if (!compiled.ok) throw new Error(`${source}: ${compiled.fault.message}`);
  const engine = scope.environment.parse(source.replaceAll('.matches(', '.re2Match('));
  const isCompiled = compileClosure(engine.ast, { slots, free: names.length }, operandEnvironment()) !== undefined;
  const context = Object.fromEntries(names.map((name, slot) => [name, frame[slot]]));
  return {
    isCompiled,
    closures: outcomeOf(() => compiled.expression.evaluate([...frame])),
    engine: outcomeOf(() => engine(context)),
  };
}

const resource = {
  a: 1,
  b: 2.5,
  t: 'text',
  yes: true,
  no: false,
  list: [1, 2, 3],
  words: ['x', 'y'],
  items: [{ n: 1, s: 'one' }, { n: 2 }],
  map: { k: 'v', deep: { er: 'x' } },
  empty: [],
};

describe('closures agree with the engine', () => {
  it.each([
    'resource.a == 1 && resource.b > 2 || resource.missing',
    'resource.missing && resource.no',
    'resource.missing || resource.no',
    'resource.t || resource.yes',
    'resource.t && resource.yes',
    '!resource.t',
    'resource.?map.?deep.er.orValue("none")',
    'resource.?map.deep.nothing.orValue("none")',
    'resource.?nothing.deep.er.hasValue()',
    'resource.map[?resource.t].orValue(resource.map["k"])',
    'resource.list[?5].orValue(0.0) + 1',
    'resource.list[5]',
    'resource.list[1] == 2',
    'resource.a.b',
    'has(resource.map.deep.er) && !has(resource.map.nothing)',
    'has(resource.nothing.deep)',
    'has(resource.?nothing.deep)',
    'has(resource.t.x)',
    'has(resource.list.length)',
    'resource.items.all(i, i.n > 0)',
    'resource.items.all(i, i.s == "one")',
    'resource.items.exists(i, i.s == "one")',
    'resource.items.exists(i, i.s == "two")',
    'resource.items.exists_one(i, i.n == 2)',
    'resource.items.filter(i, i.n)',
    'resource.items.filter(i, has(i.s)).map(i, i.s)',
    'resource.items.map(i, i.n > 1, i.n * 2)',
    'resource.map.map(k, k)',
    'resource.t.map(k, k)',
    'resource.list.exists(x, resource.words.exists(y, x == 2 && y == "y"))',
    'resource.list.map(x, resource.list.map(x, x + 1))',
    '1 in resource.list && !("z" in resource.words) && "k" in resource.map',
    'resource.map in [resource.map]',
    'resource.items == resource.items && resource.list != [1, 2]',
    'resource.a == "1"',
    '"1" + resource.t',
    'resource.a + resource.t',
    'resource.list + resource.words',
    'resource.a < resource.t',
    'resource.t < "u"',
    'resource.a / 0',
    '5 / 2 + 7 % 3',
    '-resource.a + -(2)',
    'size(resource.list) + resource.t.size() + size(resource.map)',
    'resource.t.startsWith("te") && resource.t.contains("ex") && !resource.a.endsWith("t")',
    'resource.words.join("-").split("-")[0].upperAscii()',
    'resource.t.lowerAscii() == "text"',
    'resource.t.matches("^t.*t$")',
    'resource.yes ? resource.a : resource.t',
    'resource.a ? 1 : 2',
    'items(resource.?nothing).size() == 0 && items(resource.a) == [1.0]',
    'text(resource.list) + text(resource.?nothing)',
    'resource.a.like("x")',
    'days(now - timestamp("2026-02-01T00:00:00Z")) > 27.5',
    'cel.bind(v, resource.a, v + 1)',
    'optional.of(resource.a).orValue(2.0)',
    '{"a": resource.a, "b": [resource.t]}.b[0]',
    'environment.name == "prod" && environment.dimensions.stage.startsWith("p")',
    'environment.dimensions.?region.orValue("none")',
    'has(environment.dimensions.region)',
  ])('%s', (source) => {
    const { closures, engine } = bothWays(source, resource);
    expect(closures).toEqual(engine);
  });
});

describe('closures and the built-in packs', () => {
  const loaded = loadBuiltinPacks(builtinPackNames());
  const policies: readonly TestedPolicy[] = loaded.ok ? loaded.value : [];
  /** Expressions that refer to no named value stand for themselves. */
  const own = policies.flatMap((policy) =>
    [policy.where, ...Object.values(policy.let ?? {}), policy.expression]
      .filter((source): source is string => source !== undefined)
      .filter((source) => !Object.keys(policy.let ?? {}).some((name) => new RegExp(`\\b${name}\\b`).test(source)))
      .map((source) => ({ policy, source })),
  );

  it('cover nearly every expression', () => {
    expect(own.length).toBeGreaterThan(80);
    const left = own.filter(({ policy, source }) => !bothWays(source, {}, policy.params).isCompiled);
    expect(left.map(({ policy, source }) => `${policy.code} ${source}`)).toEqual([]);
  });

  it('agree with the engine on resources that are like those of the tests, damaged at random', () => {
    const cases = own.flatMap(({ policy, source }) =>
      [...policy.tests.pass, ...policy.tests.fail].map((test) => ({
        policy,
        source,
        attributes: test.resource?.attributes ?? test.attributes ?? {},
      })),
    );
    const junk = fc.constantFrom<unknown>(
      0,
      443,
      -1,
      true,
      false,
      '',
      '*',
      'all',
      [],
      {},
      ['x'],
      { a: 1 },
      '0.0.0.0/0',
      '{}',
    );
    fc.assert(
      fc.property(fc.nat(cases.length - 1), fc.nat(40), junk, (pick, at, value) => {
        const { policy, source, attributes } = cases[pick] as (typeof cases)[number];
        const damaged = damage(withoutNulls(attributes), at, value);
        const { closures, engine } = bothWays(source, damaged, policy.params);
        expect({ source, damaged, outcome: closures }).toEqual({ source, damaged, outcome: engine });
      }),
      { numRuns: 600 },
    );
  });
});

function withoutNulls(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_key, item) => (item === null ? undefined : item)));
}

/** The value with its `at`-th part (in order of a walk) replaced. */
function damage(value: unknown, at: number, replacement: unknown): unknown {
  let left = at;
  const walk = (part: unknown): unknown => {
    if (left-- === 0) return replacement;
    if (Array.isArray(part)) return part.map(walk);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([name, item]) => [name, walk(item)]));
  };
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).map(([name, item]) => [name, walk(item)]))
    : value;
}
