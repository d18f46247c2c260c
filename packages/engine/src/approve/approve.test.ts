import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Finding, Json, Result } from '@leeway/core';
import { approvedEntry } from '@leeway/estate/schema/approved.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { approveFinding } from './approve.ts';
import { buildRecord } from './build-record.ts';
import type { ApprovalRequest } from './request.ts';

const now = new Date('2026-11-23T14:32:00Z');

const found = (given: Partial<Finding> & { value?: Json } = {}): Finding => ({
  fingerprint: '9599390cb1f14516',
  cause: '032e9b39ec61ec4c',
  axis: 'reference',
  verdict: 'parity',
  severity: 'low',
  environment: 'staging-eu',
  reference: 'production-eu',
  source: 'cluster',
  layer: 'runtime',
  kind: 'apps/Deployment',
  key: 'wms/wms-api',
  name: 'wms/wms-api',
  path: '/spec/replicas',
  expected: { from: 'production-eu', present: true, value: 6 },
  actual: { from: 'staging-eu', present: true, value: given.value === undefined ? 2 : given.value },
  attribution: {},
  headline: [],
  advice: '',
  trace: [],
  ...given,
});

const request: ApprovalRequest = {
  reason: 'Staging runs at a third of the load.',
  owner: 'warehouse',
  approver: 'a.jansen',
  requester: 'p.smit',
  expires: '2027-03-31T23:59[Europe/Amsterdam]',
  category: 'sizing',
};

const codes = (result: Result<unknown>) => (result.ok ? [] : result.problems.map((each) => each.code));
const allowed = (finding: Finding, over: Partial<ApprovalRequest> = {}) => {
  const built = buildRecord(finding, { ...request, ...over }, now);
  return built.ok ? built.value.entry.allow : codes(built);
};

describe('buildRecord', () => {
  it('allows this finding and nothing more, and pins the present value', () => {
    const built = buildRecord(found(), request, now);
    expect(built.ok && built.value).toMatchObject({
      id: 'staging-eu-wms-wms-api-replicas',
      entry: {
        match: {
          environments: ['staging-eu'],
          source: 'cluster',
          kind: 'apps/Deployment',
          key: 'wms/wms-api',
          path: '/spec/replicas',
        },
        allow: { equals: 2 },
      },
    });
    expect(built.ok && approvedEntry.safeParse(built.value.entry).success).toBe(true);
  });

  it('pins absence as absence and a large structure by its digest', () => {
    expect(allowed(found({ actual: { from: 'observed', present: false }, verdict: 'missing', path: '' }))).toEqual({
      absent: true,
    });
    const large = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`field${index}`, index]));
    expect(allowed(found({ value: large, verdict: 'unmanaged', path: '' }))).toEqual({
      digest: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
  });

  it.each<[Partial<ApprovalRequest>, unknown]>([
    [{ atMost: 'reference' }, { atMost: 'reference' }],
    [{ atMost: '4' }, { atMost: 4 }],
    [{ atLeast: '1' }, { atLeast: 1 }],
    [{ oneOf: ['2', '3'] }, { oneOf: [2, 3] }],
    [{ ratio: '0.25:0.5' }, { ratio: { min: 0.25, max: 0.5 } }],
    [{ ratio: ':0.5' }, { ratio: { max: 0.5 } }],
    [{ matches: '[0-9]' }, { matches: '[0-9]' }],
  ])('takes the constraint %j', (over, expected) => {
    expect(allowed(found(), over)).toEqual(expected);
  });

  it.each<[Partial<ApprovalRequest>, string[]]>([
    [{ atMost: '1' }, ['LW7014']],
    [{ matches: '(' }, ['LW7001']],
    [{ ratio: '1' }, ['LW7001']],
    [{ atMost: '4', oneOf: ['2'] }, ['LW7001']],
    [{ approver: 'Warehouse ' }, ['LW7009']],
    [{ approver: 'P.Smit' }, ['LW7009']],
    [{ expires: '2027-03-31' }, ['LW1010']],
    [{ expires: '2026-11-23T14:32:00Z' }, ['LW7011']],
    [{ category: 'whatever' }, ['LW7001']],
    [{ reason: ' ', owner: '' }, ['LW7010']],
    [{ approver: 'p.smit', expires: '2020-01-01T00:00Z' }, ['LW7009', 'LW7011']],
  ])('refuses %j', (over, expected) => {
    expect(codes(buildRecord(found(), { ...request, ...over }, now))).toEqual(expected);
  });

  it.each(['not-checked', 'stale', 'pending', 'expired'] as const)('refuses to approve what is %s', (verdict) => {
    expect(codes(buildRecord(found({ verdict }), request, now))).toEqual(['LW7008']);
  });

  it('names the policy it is an exception to', () => {
    const built = buildRecord(found({ verdict: 'policy', policy: 'NET001' }), request, now);
    expect(built.ok && built.value.entry.match.policy).toBe('NET001');
  });
});

describe('approveFinding', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'leeway-approve-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  const approve = (over: Partial<ApprovalRequest> = {}, known?: ReadonlyMap<string, string>) =>
    approveFinding({ directory, finding: found(), request: { ...request, ...over }, now, ...(known && { known }) });

  it('starts a file, and a second record joins the first with comments and order kept', async () => {
    const first = await approve();
    expect(first.ok && first.value).toMatchObject({ file: 'approved/sizing.yaml', line: 3, constraint: 'exactly 2' });
    const file = join(directory, 'approved/sizing.yaml');
    const before = (await readFile(file, 'utf8')).replace(
      '    category: sizing',
      '    category: sizing # agreed in the May review',
    );
    await writeFile(file, before);
    const second = await approve({ id: 'another' });
    const after = await readFile(file, 'utf8');
    expect(after.startsWith(before.trimEnd())).toBe(true);
    expect(Object.keys(parse(after).approved)).toEqual(['staging-eu-wms-wms-api-replicas', 'another']);
    expect(second.ok && after.split('\n')[second.value.line - 1]).toBe('  another:');
    expect(await readdir(join(directory, 'approved'))).toEqual(['sizing.yaml']);
  });

  it('appends to a file a person wrote without touching the rest', async () => {
    await mkdir(join(directory, 'approved'));
    const file = join(directory, 'approved/sizing.yaml');
    const written = '# ours\nowners:\n  - {owner: a, kind: b}   # why\napproved:   # none yet\n';
    await writeFile(file, written);
    expect((await approve()).ok).toBe(true);
    const text = await readFile(file, 'utf8');
    expect(text.startsWith(`${written}  staging-eu-wms-wms-api-replicas:\n    match:`)).toBe(true);
    expect(parse(text).owners).toEqual([{ owner: 'a', kind: 'b' }]);
  });

  it.each([
    ['records with a comment after them', 'approved:\n    old: {kind: a}   # keep\n\n# the end\nowners: []\n'],
    ['a section in braces', 'approved: {old: {kind: a}} # keep\n'],
    ['an empty section in braces', 'owners: [] # keep\napproved: {}\n'],
    ['no section', 'owners: []   # keep'],
    ['a block text at the end', 'approved:\n  old:\n    reason: |\n      keep # this\n'],
  ])('appends to a file with %s', async (_, written) => {
    const file = join(directory, 'estate.yaml');
    await writeFile(file, written);
    expect((await approve({ file: 'estate.yaml' })).ok).toBe(true);
    const text = await readFile(file, 'utf8');
    const { approved: before, ...rest } = parse(written);
    const { approved: after, ...restAfter } = parse(text);
    expect(restAfter).toEqual(rest);
    expect(after).toEqual({
      ...before,
      'staging-eu-wms-wms-api-replicas': expect.objectContaining({ owner: 'warehouse' }),
    });
    expect(text).toContain('keep');
  });

  it('refuses an id that is in use, in this file or another', async () => {
    await approve();
    expect(codes(await approve())).toEqual(['LW7012']);
    expect(codes(await approve({ id: 'x' }, new Map([['x', 'approved/other.yaml']])))).toEqual(['LW7012']);
  });

  it.each(['../elsewhere.yaml', '/etc/x.yaml', 'approved/x.txt'])(
    'writes nowhere but below the estate: %s',
    async (file) => {
      expect(codes(await approve({ file }))).toEqual(['LW7016']);
    },
  );

  it.each(['approved: [1]\n', '- a\n', 'approved: {a: \n  b\n'])(
    'leaves a file it does not understand as it is: %j',
    async (text) => {
      await mkdir(join(directory, 'approved'));
      const file = join(directory, 'approved/sizing.yaml');
      await writeFile(file, text);
      expect(codes(await approve())).toEqual(['LW7013']);
      expect(await readFile(file, 'utf8')).toBe(text);
    },
  );

  it('keeps hostile text a text', async () => {
    const reason = 'yes: {"a": &x *x} # !!js \n- approved: true';
    await approve({ reason });
    const text = await readFile(join(directory, 'approved/sizing.yaml'), 'utf8');
    expect(parse(text).approved['staging-eu-wms-wms-api-replicas'].reason).toBe(reason);
  });
});
