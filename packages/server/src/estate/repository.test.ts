import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProblemError } from '@leeway/core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createEstateRepository, type Proposal } from './repository.ts';
import type { HostingSettings } from './settings.ts';

let folder: string;
let estate: string;
const git = (...args: readonly string[]) =>
  execFileSync('git', ['-C', estate, '-c', 'user.name=w', '-c', 'user.email=w@example', ...args], {
    encoding: 'utf8',
    stdio: 'pipe',
  }).trim();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'leeway-repository-'));
  estate = join(folder, 'estate');
  execFileSync('git', ['init', '--quiet', '-b', 'main', estate]);
  writeFileSync(join(estate, 'leeway.yaml'), 'estate: shop\n');
  git('add', '-A');
  git('commit', '--quiet', '-m', 'Begin');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Given {
  readonly remote?: string;
  readonly merge?: boolean;
  readonly hosting?: HostingSettings;
}

const repository = ({ remote, merge = false, hosting }: Given = {}) =>
  createEstateRepository({
    directory: estate,
    settings: () => ({ repository: { merge, ...(remote && { remote }) }, ...(hosting && { hosting }) }),
    variable: (name) => (name === 'HOSTING_TOKEN' ? 'planted-token' : undefined),
  });

const proposal = (over: Partial<Proposal> = {}): Proposal => ({
  branch: 'leeway/approve-1',
  change: { path: 'approved/sizing.yaml', text: 'approved: {}\n' },
  author: { name: 'p.smit\n<x>', email: 'p.smit@example' },
  title: 'Approve it',
  body: 'Because.',
  pullRequest: true,
  ...over,
});

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'none';
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.code;
    throw error;
  }
}

it('commits as the person, on a branch of its own, and leaves the working tree as it is', async () => {
  writeFileSync(join(estate, 'leeway.yaml'), 'estate: being-edited\n');
  const made = await repository().propose(proposal());
  expect(made).toMatchObject({ branch: 'leeway/approve-1', pushed: false });
  expect(git('show', '-s', '--format=%an|%ae|%cn|%s|%b', made.commit)).toBe(
    'p.smit  x|p.smit@example|Leeway|Approve it|Because.',
  );
  expect(git('show', `${made.commit}:approved/sizing.yaml`)).toBe('approved: {}');
  expect(git('status', '--porcelain')).toBe('M leeway.yaml');
  expect(await repository().read(made.commit, 'approved/sizing.yaml')).toBe('approved: {}\n');
  expect(await repository().read('HEAD', 'approved/sizing.yaml')).toBeUndefined();
});

it.each(['../x.yaml', '/etc/x.yaml', '.git/config', 'a/.GIT/hooks/x', 'a//b.yaml', 'a\0b', 'a\\b.yaml', ''])(
  'writes nowhere but in the estate: %j',
  async (path) => {
    expect(await codeOf(repository().propose(proposal({ change: { path, text: '' } })))).toBe('LW7016');
    expect(git('branch', '--list', 'leeway/*')).toBe('');
  },
);

it.each(['main', 'leeway/--force', 'leeway/a..b', 'leeway/A b', '--mirror', 'leeway/x\ny', 'refs/heads/leeway/x'])(
  'writes to no other branch: %j',
  async (branch) => {
    expect(await codeOf(repository().propose(proposal({ branch })))).toBe('LW8312');
  },
);

it('does not overwrite what somebody else put on the branch', async () => {
  const first = await repository().propose(proposal());
  expect(await codeOf(repository().propose(proposal()))).toBe('LW8313');
  const second = await repository().propose(proposal({ from: first.commit, title: 'Again' }));
  expect(git('rev-parse', `${second.commit}^`)).toBe(first.commit);
  expect(await codeOf(repository().propose(proposal({ from: first.commit })))).toBe('LW8313');
  expect(git('rev-parse', 'leeway/approve-1')).toBe(second.commit);
});

it('runs no hook', async () => {
  writeFileSync(join(estate, '.git/hooks/reference-transaction'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
  expect((await repository().propose(proposal())).commit).toMatch(/^[0-9a-f]{40}$/);
});

it('says so where there is no repository', async () => {
  rmSync(join(estate, '.git'), { recursive: true });
  expect(await codeOf(repository().propose(proposal()))).toBe('LW8311');
});

it('merges a branch that went on from what is in force, files included', async () => {
  const made = await repository().propose(proposal());
  expect(await repository().merge(made.commit)).toBe(false);
  expect(await repository({ merge: true }).merge(made.commit)).toBe(true);
  expect(git('rev-parse', 'main')).toBe(made.commit);
  expect(readFileSync(join(estate, 'approved/sizing.yaml'), 'utf8')).toBe('approved: {}\n');
  expect(git('status', '--porcelain')).toBe('');
});

it('joins a branch that the estate went past', async () => {
  const first = await repository().propose(proposal());
  git('commit', '--quiet', '--allow-empty', '-m', 'Other');
  expect(await codeOf(repository({ merge: true }).merge(first.commit))).toBe('LW8313');
  const joined = await repository().propose(proposal({ from: first.commit }));
  expect(await repository({ merge: true }).merge(joined.commit)).toBe(true);
});

it('tells the history of a file and of lines of it', async () => {
  writeFileSync(join(estate, 'a.yaml'), 'one: 1\ntwo: 2\n');
  git('add', '-A');
  git('commit', '--quiet', '-m', 'First');
  writeFileSync(join(estate, 'a.yaml'), 'one: 1\ntwo: 3\n');
  git('commit', '--quiet', '-am', 'Second');
  const texts = async (from?: number) =>
    (await repository().history('a.yaml', from === undefined ? undefined : { from, to: from })).map(({ text }) => text);
  expect([await texts(), await texts(1), await texts(2)]).toEqual([
    ['Second', 'First'],
    ['First'],
    ['Second', 'First'],
  ]);
});

it('pushes; what is refused, or goes nowhere, leaves nothing behind', async () => {
  const remote = join(folder, 'remote.git');
  execFileSync('git', ['init', '--quiet', '--bare', remote]);
  git('remote', 'add', 'origin', remote);
  const made = await repository({ remote: 'origin' }).propose(proposal());
  expect(made.pushed).toBe(true);
  expect(git('ls-remote', 'origin', 'refs/heads/leeway/approve-1')).toContain(made.commit);
  await repository({ remote: 'origin' }).drop(made.branch, made.commit);
  expect(git('ls-remote', 'origin')).toBe('');
  rmSync(remote, { recursive: true });
  expect(await codeOf(repository({ remote: 'origin' }).propose(proposal()))).toBe('LW8315');
  expect(git('branch', '--list', 'leeway/*')).toBe('');
});

it.each([
  ['github', '/repos/shop/estate/pulls', 'html_url', 'authorization', 'Bearer planted-token'],
  ['gitlab', '/api/v4/projects/shop%2Festate/merge_requests', 'web_url', 'private-token', 'planted-token'],
  ['gitea', '/api/v1/repos/shop/estate/pulls', 'html_url', 'authorization', 'token planted-token'],
] as const)(
  'opens a pull request at %s; one that is refused takes the branch back',
  async (kind, path, field, header, value) => {
    const calls: unknown[] = [];
    let status = 201;
    const server = createServer((request, response) => {
      calls.push([request.url, request.headers[header]]);
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ [field]: 'https://hosting.example/pull/1' }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const hosting = { kind, url, project: 'shop/estate', token: 'HOSTING_TOKEN' };
      expect(await repository({ hosting }).propose(proposal())).toMatchObject({
        pullRequest: 'https://hosting.example/pull/1',
      });
      expect(calls).toEqual([[path, value]]);
      status = 403;
      const refused = repository({ hosting }).propose(proposal({ branch: 'leeway/approve-2' }));
      expect(await codeOf(refused)).toBe('LW8316');
      expect(git('branch', '--list', 'leeway/approve-2')).toBe('');
    } finally {
      server.close();
    }
  },
);
