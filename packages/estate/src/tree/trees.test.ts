import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type FileTree, ProblemError } from '@leeway/core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type GitTree, gitTree } from './git-tree.ts';
import { memoryTree } from './memory-tree.ts';
import { workingTree } from './working-tree.ts';

let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'leeway-trees-'));
  git('init', '--quiet', '--initial-branch', 'main');
  write('estate/leeway.yaml', 'estate: one\n');
  write('estate/deploy/wms.yaml', 'kind: A\n');
  write('estate/deploy/sp ace "ü"\n.yaml', 'odd\n');
  write('estate/big.bin', 'x'.repeat(300_000));
  write('outside.txt', 'secret\n');
  symlinkSync('../outside.txt', join(root, 'estate/link.yaml'));
  symlinkSync('..', join(root, 'estate/up'));
  commit('First', '2026-01-02T03:04:05Z');
  git('tag', 'v1.0.0');
  write('estate/leeway.yaml', 'estate: two\n');
  write('estate/deploy/wms.yaml', 'kind: B\n');
  commit('Second', '2026-02-02T03:04:05+02:00');
  git('branch', 'release-2');
  write('estate/deploy/wms.yaml', 'kind: C\n');
  write('estate/deploy/new.yaml', 'kind: D\n');
  write('estate/node_modules/x.yaml', 'no\n');
});

afterAll(() => rmSync(root, { recursive: true }));

function git(...args: string[]): void {
  const identity = {
    GIT_AUTHOR_NAME: 'Jane Doe',
    GIT_AUTHOR_EMAIL: 'jane@example.com',
    GIT_COMMITTER_NAME: 'CI',
    GIT_COMMITTER_EMAIL: 'ci@example.com',
  };
  execFileSync('git', ['-C', root, '-c', 'commit.gpgsign=false', ...args], { env: { ...process.env, ...identity } });
}

function commit(message: string, date: string): void {
  git('add', '--all');
  execFileSync(
    'git',
    [
      '-C',
      root,
      '-c',
      'user.name=Jane Doe',
      '-c',
      'user.email=jane@example.com',
      '-c',
      'commit.gpgsign=false',
      'commit',
      '--quiet',
      '-m',
      message,
    ],
    {
      env: { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date },
    },
  );
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

async function readText(tree: FileTree, path: string): Promise<string> {
  return new TextDecoder().decode(await tree.read(path));
}

async function codeOf(reading: Promise<unknown>): Promise<string> {
  try {
    await reading;
    return 'read';
  } catch (error) {
    return error instanceof ProblemError ? error.problem.code : String(error);
  }
}

async function openGit(ref: string): Promise<GitTree> {
  const opened = await gitTree(join(root, 'estate'), ref);
  if (!opened.ok) throw new Error(opened.problems[0]?.message);
  return opened.value;
}

describe('workingTree', () => {
  test('lists regular files that match, without links and dependencies, sorted', async () => {
    const tree = workingTree(join(root, 'estate'));
    expect(await tree.list(['**/*.yaml'])).toEqual([
      'deploy/new.yaml',
      'deploy/sp ace "ü"\n.yaml',
      'deploy/wms.yaml',
      'leeway.yaml',
    ]);
    expect(await tree.list(['deploy/*.yaml', 'nowhere/*', 'leeway.yaml'])).toHaveLength(4);
    expect(await tree.list(['../*.txt', 'up/*.txt', 'up/**'])).toEqual([]);
  });

  test('reads files and gives a coded problem for everything else', async () => {
    const tree = workingTree(join(root, 'estate'));
    expect(await readText(tree, 'deploy/wms.yaml')).toBe('kind: C\n');
    expect(await codeOf(tree.read('none.yaml'))).toBe('LW2001');
    expect(await codeOf(tree.read('leeway.yaml/x'))).toBe('LW2001');
    expect(await codeOf(tree.read('deploy'))).toBe('LW2002');
    expect(await codeOf(tree.read('big.bin', 1000))).toBe('LW2004');
    for (const path of [
      '../outside.txt',
      '/etc/passwd',
      'deploy/../../outside.txt',
      'link.yaml',
      'up/outside.txt',
      'a\0b',
    ]) {
      expect([path, await codeOf(tree.read(path))]).toEqual([path, 'LW1019']);
    }
  });

  test('a named pipe does not hang the read', async () => {
    execFileSync('mkfifo', [join(root, 'estate/pipe')]);
    expect(await codeOf(workingTree(join(root, 'estate')).read('pipe'))).toBe('LW2002');
    rmSync(join(root, 'estate/pipe'));
  });

  test('knows who changed a file last, unless the change is not committed', async () => {
    const tree = workingTree(join(root, 'estate'));
    expect(await tree.lastChange?.('leeway.yaml')).toMatchObject({
      actor: 'Jane Doe',
      at: '2026-02-02T03:04:05+02:00',
    });
    expect(await tree.lastChange?.('deploy/wms.yaml')).toBeUndefined();
    expect(await tree.lastChange?.('deploy/new.yaml')).toBeUndefined();
    expect(await workingTree(tmpdir()).lastChange?.('x')).toBeUndefined();
  });
});

describe('gitTree', () => {
  test('reads a folder of the repository as it was at a tag, a branch and a commit', async () => {
    const tagged = await openGit('v1.0.0');
    expect([
      tagged.revision,
      await readText(tagged, 'leeway.yaml'),
      await readText(tagged, './deploy/wms.yaml'),
    ]).toEqual(['v1.0.0', 'estate: one\n', 'kind: A\n']);
    const branch = await openGit('release-2');
    expect(await readText(branch, 'leeway.yaml')).toBe('estate: two\n');
    const short = await openGit(tagged.commit.slice(0, 10));
    expect(await readText(short, 'leeway.yaml')).toBe('estate: one\n');
    for (const tree of [tagged, branch, short]) tree.close();
  });

  test('lists files of that revision only, whatever their names, and no links', async () => {
    const tree = await openGit('HEAD');
    expect(await tree.list(['**'])).toEqual(['big.bin', 'deploy/sp ace "ü"\n.yaml', 'deploy/wms.yaml', 'leeway.yaml']);
    expect(await readText(tree, 'deploy/sp ace "ü"\n.yaml')).toBe('odd\n');
    tree.close();
  });

  test('answers many reads at once, each with its own file', async () => {
    const tree = await openGit('HEAD');
    const paths = Array.from(
      { length: 60 },
      (_, index) => ['leeway.yaml', 'big.bin', 'deploy/wms.yaml'][index % 3] ?? '',
    );
    const lengths = await Promise.all(paths.map(async (path) => (await tree.read(path)).length));
    expect(lengths).toEqual(paths.map((path) => ({ 'leeway.yaml': 12, 'big.bin': 300_000 })[path] ?? 8));
    tree.close();
    expect(await readText(tree, 'leeway.yaml')).toBe('estate: two\n');
    tree.close();
  });

  test('gives coded problems for files', async () => {
    const tree = await openGit('HEAD');
    expect(await codeOf(tree.read('deploy/new.yaml'))).toBe('LW2001');
    expect(await codeOf(tree.read('link.yaml'))).toBe('LW2001');
    expect(await codeOf(tree.read('../outside.txt'))).toBe('LW1019');
    expect(await codeOf(tree.read('big.bin', 1000))).toBe('LW2004');
    tree.close();
  });

  test('knows the last change before its revision', async () => {
    const tree = await openGit('v1.0.0');
    expect(await tree.lastChange?.('leeway.yaml')).toEqual({
      actor: 'Jane Doe',
      at: '2026-01-02T03:04:05Z',
      commit: tree.commit,
    });
    expect(await tree.lastChange?.('none')).toBeUndefined();
  });

  test.each([
    ['v1.0.1', 'LW1022', 'Did you mean "v1.0.0"?'],
    ['realease-2', 'LW1022', 'Did you mean "release-2"?'],
    ['--upload-pack=touch x', 'LW1022', ''],
    ['-h', 'LW1022', ''],
    ['', 'LW1022', ''],
    ['HEAD:leeway.yaml', 'LW1022', ''],
    ['v1.0.0\nx', 'LW1022', ''],
  ])('refuses the revision %j', async (ref, code, hint) => {
    const opened = await gitTree(join(root, 'estate'), ref);
    expect(opened.ok ? [] : [opened.problems[0]?.code, opened.problems[0]?.hint.startsWith(hint)]).toEqual([
      code,
      true,
    ]);
  });

  test('outside a repository, and without git', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'leeway-none-'));
    vi.stubEnv('GIT_CEILING_DIRECTORIES', tmpdir());
    const opened = await gitTree(outside, 'HEAD');
    expect(opened.ok ? '' : opened.problems[0]?.code).toBe('LW1021');
    vi.stubEnv('PATH', outside);
    const missing = await gitTree(join(root, 'estate'), 'HEAD');
    expect(missing.ok ? '' : missing.problems[0]?.code).toBe('LW1020');
    vi.unstubAllEnvs();
    rmSync(outside, { recursive: true });
  });
});

test('memoryTree behaves like the others', async () => {
  const tree = memoryTree({ 'b.yaml': 'b', 'a/x.yaml': new Uint8Array([1, 2, 3]) });
  expect(await tree.list(['**/*.yaml'])).toEqual(['a/x.yaml', 'b.yaml']);
  expect(await codeOf(tree.read('none'))).toBe('LW2001');
  expect(await codeOf(tree.read('a/x.yaml', 2))).toBe('LW2004');
});
