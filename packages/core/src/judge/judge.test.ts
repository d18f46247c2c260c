import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { headlineText } from '../finding/finding.ts';
import { groupFindings } from '../finding/group.ts';
import type { Json } from '../json/value.ts';
import { problem } from '../problem/problem.ts';
import type { Kind } from '../resource/kind.ts';
import { indexKinds } from '../resource/kind-index.ts';
import { compileNeutralizer } from '../resource/neutral.ts';
import type { Resource } from '../resource/resource.ts';
import type { ApprovedDifference, Constraint } from './approved.ts';
import type { Case, DeclaredCase, EnvironmentFacts, JudgeContext, ReferenceCase } from './case.ts';
import { judge } from './judge.ts';

const kind: Kind = {
  name: 'app',
  title: 'application',
  layer: 'runtime',
  version: 1,
  severity: [{ path: '/open', severity: 'critical' }],
};
const now = Date.parse('2026-06-01T12:00:00Z');
const production: EnvironmentFacts = environment('production', 1, ['prod']);
const staging: EnvironmentFacts = environment('staging', 2, ['stg']);

function environment(name: string, criticality: number, stage: readonly string[]): EnvironmentFacts {
  return { name, criticality, neutralizer: compileNeutralizer({ stage }) };
}

function context(approved: readonly ApprovedDifference[] = []): JudgeContext {
  return {
    estate: 'test',
    now,
    kinds: indexKinds([kind]),
    strict: false,
    approved,
    expiryWarningDays: 14,
    matchesPattern: (pattern, text) => new RegExp(`^(?:${pattern})$`).test(text),
    ownershipOf: () => ({ priority: 2, workload: 'wms', owner: 'team-wms' }),
  };
}

function app(attributes: Record<string, Json>, origin?: Resource['origin'], key = 'wms-prod'): Resource {
  return { kind: 'app', key, attributes, ...(origin && { origin }) };
}

function declared(parts: Partial<DeclaredCase>): DeclaredCase {
  return {
    type: 'declared',
    environment: production,
    source: 'cluster',
    applied: 'unknown',
    declaredComplete: true,
    observedComplete: true,
    unmanaged: 'report',
    ...parts,
  };
}

function approval(
  allow: Constraint,
  parts: { readonly expires?: string; readonly path?: string; readonly key?: string } = {},
): ApprovedDifference {
  const expires = parts.expires ?? '2026-12-31T23:59:00Z';
  return {
    id: 'AD-1',
    match: { kind: 'app', key: parts.key ?? 'wms-*', ...(parts.path !== '' && { path: parts.path ?? '/replicas' }) },
    allow,
    category: 'sizing',
    reason: 'smaller by design',
    owner: 'team-wms',
    approver: 'head-of-ops',
    expires,
    expiresAt: Date.parse(expires),
    place: { file: 'approved/sizing.yaml', line: 3 },
  };
}

describe('three planes', () => {
  const value = (replicas: number) => app({ replicas });
  test.each([
    ['drift', { declared: value(1), applied: value(1), observed: value(2) }],
    ['pending', { declared: value(2), applied: value(1), observed: value(1) }],
    ['conflict', { declared: value(2), applied: value(1), observed: value(3) }],
    ['drift', { declared: value(1), applied: 'unknown', observed: value(2) }],
    ['missing', { declared: value(1), applied: value(1) }],
    ['missing', { declared: value(1), applied: 'unknown' }],
    ['pending', { declared: value(1), applied: undefined }],
    ['unmanaged', { observed: value(1), applied: undefined }],
    ['unmanaged', { observed: value(1), applied: 'unknown' }],
    ['pending', { observed: value(1), applied: value(1) }],
  ] as const)('%s', (verdict, planes) => {
    expect(judge([declared(planes)], context()).open.map((finding) => finding.verdict)).toEqual([verdict]);
  });

  test('each field has its own verdict', () => {
    const found = judge(
      [
        declared({
          declared: app({ a: 1, b: 2, c: 2 }),
          applied: app({ a: 1, b: 1, c: 1 }),
          observed: app({ a: 9, b: 1, c: 9 }),
        }),
      ],
      context(),
    );
    expect(Object.fromEntries(found.open.map(({ path, verdict }) => [path, verdict]))).toEqual({
      '/a': 'drift',
      '/b': 'pending',
      '/c': 'conflict',
    });
  });

  test('a side that was not read completely makes nothing missing or unmanaged', () => {
    expect(judge([declared({ declared: app({}), observedComplete: false })], context()).open).toEqual([]);
    expect(judge([declared({ observed: app({}), declaredComplete: false })], context()).open).toEqual([]);
    expect(judge([declared({ observed: app({}), unmanaged: 'ignore' })], context()).open).toEqual([]);
  });
});

const reference = (parts: Partial<ReferenceCase>): ReferenceCase => ({
  type: 'reference',
  environment: staging,
  reference: production,
  source: 'cluster',
  plane: 'declared',
  acrossEnvironments: true,
  ownComplete: true,
  otherComplete: true,
  ...parts,
});

describe('a field at its default', () => {
  const counted: Kind = { ...kind, noise: { defaults: { '/replicas': 1 } } };
  const judged = (own: Record<string, Json>, allow: Constraint) => {
    const sides = { own: app(own, undefined, 'wms-stg'), other: app({ replicas: 2 }) };
    const rules = { ...context([approval(allow)]), kinds: indexKinds([counted]) };
    return judge([reference(sides)], rules);
  };

  test.each([{ replicas: 1 }, {}])('counts in a constraint: %j', (own) => {
    expect(judged(own, { atMost: 'reference' })).toMatchObject({ open: [], approved: [{ path: '/replicas' }] });
    expect(judged(own, { equals: 2 }).approved).toEqual([]);
  });

  test.each([{ replicas: 1 }, {}])('is shown, written or not: %j', (own) => {
    expect(judged(own, { equals: 7 }).open[0]?.actual).toMatchObject({ present: true, value: 1 });
  });
});

describe('headlines', () => {
  const sentence = (input: Case) => headlineText(judge([input], context()).open[0]?.headline ?? []);

  test('say when and with what, where nobody recorded by whom', () => {
    const at = '2026-05-31T21:41:07Z';
    const moved = declared({
      declared: app({ replicas: 2 }),
      observed: app({ replicas: 5 }, { at, via: 'kubectl edit' }),
    });
    expect(sentence(moved)).toMatch(/ Changed 2026-05-31 21:41 UTC with kubectl edit; by whom is not recorded\.$/);
  });

  test('name the place of what could not be read', () => {
    const place = { file: 'live/runtime.json', line: 98, column: 3 };
    const found = problem('LW2005', { format: 'JSON', reason: 'a string is not closed' }, place);
    const completeness = { kind: '*', state: 'failed', count: 0, problems: [found] } as const;
    const rest = { environment: staging, source: 'cluster', plane: 'observed', layer: 'runtime' } as const;
    expect(sentence({ type: 'completeness', ...rest, completeness })).toBe(
      'Source cluster was not checked in staging: This is not valid JSON: a string is not closed (live/runtime.json:98:3).',
    );
  });

  test('drift says both values, place, time and actor', () => {
    const observed = app({ replicas: 5 }, { actor: 'j.wouters', at: '2026-05-31T20:14:00Z', via: 'kubectl edit' });
    expect(sentence(declared({ declared: app({ replicas: 3 }), observed }))).toBe(
      'Application wms-prod has replicas 5 in production; Git has 3. Changed 2026-05-31 20:14 UTC by j.wouters with kubectl edit.',
    );
  });

  test('says so when nobody knows who', () => {
    expect(sentence(declared({ declared: app({ replicas: 3 }), observed: app({ replicas: 5 }) }))).toMatch(
      /Who changed it is not known\.$/,
    );
  });

  test('missing names the declaration', () => {
    const input = declared({ declared: app({}, { place: 'deploy/wms.yaml:1' }) });
    expect(sentence(input)).toBe('Application wms-prod is missing in production; Git declares it (deploy/wms.yaml:1).');
  });

  test('control characters of live systems do not get through', () => {
    expect(
      sentence(declared({ declared: app({ note: 'a' }), observed: app({ note: '\u001b[31mred\u0007' }) })),
    ).not.toMatch(
      // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there.
      /[\u0000-\u001f]/,
    );
  });
});

describe('reference', () => {
  test('names of the environment itself are no difference', () => {
    const found = judge(
      [
        reference({
          other: app({ host: 'db.prod.example' }),
          own: app({ host: 'db.stg.example' }, undefined, 'wms-stg'),
        }),
      ],
      context(),
    );
    expect(found.open).toEqual([]);
  });

  test('a difference is parity, with the reference as the expected side', () => {
    const [found] = judge(
      [reference({ other: app({ tls: true }), own: app({ tls: false }, undefined, 'wms-stg') })],
      context(),
    ).open;
    expect(found).toMatchObject({
      verdict: 'parity',
      environment: 'staging',
      reference: 'production',
      key: 'wms-{stage}',
    });
    expect(headlineText(found?.headline ?? [])).toBe(
      'Application wms-stg has tls false in staging; production has true.',
    );
  });

  test('absence counts only where the side was read completely', () => {
    expect(judge([reference({ other: app({}) })], context()).open).toHaveLength(1);
    expect(judge([reference({ other: app({}), ownComplete: false })], context()).open).toEqual([]);
    expect(judge([reference({ own: app({}), otherComplete: false })], context()).open).toEqual([]);
  });
});

describe('approved differences', () => {
  const drift = (from: Json, to: Json) =>
    declared({ declared: app({ replicas: from }), observed: app({ replicas: to }) });

  test.each<[Constraint, Json, Json, boolean]>([
    [{ equals: 2 }, 6, 2, true],
    [{ equals: 2 }, 6, 3, false],
    [{ oneOf: [1, 2] }, 6, 2, true],
    [{ oneOf: [1, 2] }, 6, 6.5, false],
    [{ atMost: 'reference' }, 6, 2, true],
    [{ atMost: 'reference' }, 6, 7, false],
    [{ atMost: 4 }, 6, 5, false],
    [{ atLeast: 'reference' }, 6, 7, true],
    [{ atMost: 'reference' }, '1Gi', '512Mi', true],
    [{ atMost: 'reference' }, '1Gi', '2Gi', false],
    [{ atMost: '30s' }, '1m', '15s', true],
    [{ ratio: { min: 0.25, max: 0.5 } }, 8, 3, true],
    [{ ratio: { min: 0.25, max: 0.5 } }, 8, 6, false],
    [{ ratio: { max: 0.5 } }, 0, 1, false],
    [{ matches: 'v1\\.\\d+' }, 'v1.8', 'v1.9', true],
    [{ matches: 'v1\\.\\d+' }, 'v1.8', 'v2.0', false],
    [{ matches: 'v1' }, 'x', 'v1.9', false],
    [{ absent: true }, 6, 2, false],
    [{ atMost: 'reference' }, 'many', 'few', false],
  ])('%j lets %j → %j pass: %s', (allow, from, to, holds) => {
    const { open, approved } = judge([drift(from, to)], context([approval(allow)]));
    expect([open.length, approved.length]).toEqual(holds ? [0, 1] : [1, 0]);
    expect([...open, ...approved][0]?.approval?.state).toBe(holds ? 'holds' : 'broken');
  });

  test('the value that moves again is reported again, and says what was allowed', () => {
    const [found] = judge([drift(6, 3)], context([approval({ equals: 2 })])).open;
    expect(headlineText(found?.headline ?? [])).toContain('Approved difference AD-1 allows exactly 2.');
  });

  test('expiry is an instant: the last millisecond holds, the next does not', () => {
    const at = (expires: string) => judge([drift(6, 2)], context([approval({ equals: 2 }, { expires })]));
    expect(at('2026-06-01T12:00:00.001Z').approved).toHaveLength(1);
    expect(at('2026-06-01T12:00:00Z').open[0]?.approval?.state).toBe('expired');
    expect(at('2026-06-14T00:00:00Z').approved[0]?.approval?.expiring).toBe(true);
    expect(at('2026-06-16T00:00:00Z').approved[0]?.approval?.expiring).toBeUndefined();
  });

  test('another field, key or environment stays a finding', () => {
    const other = declared({ declared: app({ image: 'a' }), observed: app({ image: 'b' }) });
    expect(judge([other], context([approval({ equals: 'b' })])).open).toHaveLength(1);
    expect(judge([drift(6, 2)], context([approval({ equals: 2 }, { key: 'edi-*' })])).open).toHaveLength(1);
  });

  test('what was not looked at cannot be approved', () => {
    const completeness = { kind: 'app', state: 'failed', count: 0, problems: [] } as const;
    const input: Case = {
      type: 'completeness',
      environment: production,
      source: 'cluster',
      plane: 'observed',
      layer: 'runtime',
      completeness,
    };
    const anything = approval({ absent: true }, { key: '*', path: '' });
    expect(judge([input], context([anything])).open).toHaveLength(1);
  });
});

test('a policy exception silences its policy on its resource alone', () => {
  const input = (code: string): Case => ({
    type: 'policy',
    environment: production,
    source: 'cluster',
    plane: 'observed',
    resource: app({ open: true }),
    policy: { code, title: 'Nothing open', severity: 'high', remediation: 'Close it.' },
    violation: { code, outcome: 'fails', message: 'is open', path: '/open' },
  });
  const exception = approval({ equals: true }, { path: '' });
  const record = { ...exception, match: { kind: 'app', key: 'wms-*', policy: 'NET001' } };
  const { open, approved } = judge([input('NET001'), input('NET002')], context([record]));
  expect(approved.map(({ policy }) => policy)).toEqual(['NET001']);
  expect(open.map(({ policy }) => policy)).toEqual(['NET002']);
});

test('severity follows change, workload and environment', () => {
  const opened = (where: EnvironmentFacts) =>
    judge([declared({ environment: where, declared: app({ open: false }), observed: app({ open: true }) })], context())
      .open[0]?.severity;
  expect(opened(production)).toBe('critical');
  expect(opened(environment('test', 4, ['test']))).toBe('high');
});

test('one cause in many places is one group', () => {
  const places = Array.from({ length: 40 }, (_, at) =>
    declared({
      declared: app({ tls: 'on' }, undefined, `app${at}`),
      observed: app({ tls: 'off' }, undefined, `app${at}`),
    }),
  );
  const groups = groupFindings(
    judge([...places, declared({ declared: app({ tls: 'on' }), observed: app({ tls: '1.0' }) })], context()).open,
  );
  expect(groups.map(({ resources }) => resources)).toEqual([40, 1]);
});

test('fingerprints do not depend on values or on the order of cases', () => {
  const cases = fc.shuffledSubarray([1, 2, 3, 4], { minLength: 4 });
  fc.assert(
    fc.property(cases, fc.integer({ min: 5, max: 9 }), (order, to) => {
      const inputs = order.map((at) =>
        declared({
          declared: app({ replicas: 1 }, undefined, `app${at}`),
          observed: app({ replicas: to }, undefined, `app${at}`),
        }),
      );
      const { open } = judge(inputs, context());
      expect(open.map(({ key }) => key)).toEqual(['app1', 'app2', 'app3', 'app4']);
      const again = judge([...inputs].reverse(), context()).open;
      expect(again).toEqual(open);
      const moved = judge(
        inputs.map((input) => ({ ...input, observed: app({ replicas: 77 }, undefined, input.declared?.key) })),
        context(),
      ).open;
      expect(moved.map(({ fingerprint }) => fingerprint)).toEqual(open.map(({ fingerprint }) => fingerprint));
    }),
  );
});

test('a missing whole explains its missing parts', () => {
  const part: Kind = {
    name: 'part',
    title: 'part',
    layer: 'runtime',
    version: 1,
    severity: [{ path: '', severity: 'critical' }],
    partOf: ({ app: key }) => ({ kind: 'app', key: String(key) }),
  };
  const partOf = (key: string): Case =>
    declared({ declared: { kind: 'part', key: `${key}.part`, attributes: { app: key } } });
  const cases = [partOf('wms-prod'), declared({ declared: app({}) }), partOf('edi-prod')];
  const { open } = judge(cases, { ...context(), kinds: indexKinds([kind, part]) });
  const groups = groupFindings(open);
  expect(groups.map(({ findings }) => findings.map(({ name }) => name))).toEqual([
    ['wms-prod', 'wms-prod.part'],
    ['edi-prod.part'],
  ]);
  expect(groups[0]).toMatchObject({
    severity: 'critical',
    findings: [{ kind: 'app' }, { partOf: expect.any(String) }],
  });
});
