import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProblemError, problem } from '@leeway/core';
import { askGit, gitReason, runGit } from './git-command.ts';
import { openPullRequest } from './hosting.ts';
import type { HostingSettings, RepositorySettings } from './settings.ts';

/** Who a commit is by. */
export interface Author {
  readonly name: string;
  readonly email?: string | undefined;
}

/** One file that is to say something else. */
export interface FileChange {
  /** Relative to the estate, with `/`. */
  readonly path: string;
  readonly text: string;
}

export interface Proposal {
  /** Below `leeway/`. */
  readonly branch: string;
  /** Where the branch is now; absent for a new one. */
  readonly from?: string | undefined;
  readonly change: FileChange;
  readonly author: Author;
  /** First line and body of the commit, and of the pull request. */
  readonly title: string;
  readonly body: string;
  /** Whether a pull request is opened where there is hosting. */
  readonly pullRequest: boolean;
}

export interface Proposed {
  readonly branch: string;
  readonly commit: string;
  readonly pushed: boolean;
  readonly pullRequest?: string;
}

/** The commit that is in force, and the branch it is on where it is on one. */
export interface Head {
  readonly commit: string;
  readonly branch?: string;
}

export interface PastChange {
  readonly at: string;
  readonly actor: string;
  readonly commit: string;
  readonly text: string;
}

/** Writes decisions into the estate's repository. Nobody's working tree is touched by proposing. */
export interface EstateRepository {
  /** Throws ProblemError LW8311 where the estate is not under Git. */
  head(): Promise<Head>;
  /** Text of a file at a commit; undefined where there is none. */
  read(commit: string, path: string): Promise<string | undefined>;
  /** Commits on a branch, pushes it and opens a pull request, or undoes what was begun and throws. */
  propose(proposal: Proposal): Promise<Proposed>;
  /** Moves the branch in force forward to a commit, where `merge` is set. False where that is left to others. */
  merge(commit: string): Promise<boolean>;
  /** Removes a branch, here and where it was pushed to. */
  drop(branch: string, commit: string): Promise<void>;
  /** Commits that touched a file, or the lines of it, newest first. */
  history(path: string, lines?: { readonly from: number; readonly to: number }): Promise<readonly PastChange[]>;
}

export interface RepositoryOptions {
  /** Folder of leeway.yaml. */
  readonly directory: string;
  /** Revision the estate is read at; HEAD without. */
  readonly ref?: string | undefined;
  readonly settings: () => { readonly repository: RepositorySettings; readonly hosting?: HostingSettings | undefined };
  readonly variable: (name: string) => string | undefined;
}

const none = '0000000000000000000000000000000000000000';
const branchName = /^leeway\/[a-z0-9][a-z0-9-]{0,99}$/;

export function createEstateRepository(options: RepositoryOptions): EstateRepository {
  return new GitRepository(options);
}

class GitRepository implements EstateRepository {
  readonly #options: RepositoryOptions;

  constructor(options: RepositoryOptions) {
    this.#options = options;
  }

  get #folder(): string {
    return this.#options.directory;
  }

  async head(): Promise<Head> {
    const { ref = 'HEAD' } = this.#options;
    const outcome = await runGit(this.#folder, [
      'rev-parse',
      '--verify',
      '--quiet',
      '--end-of-options',
      `${ref}^{commit}`,
    ]);
    const commit = outcome.stdout.trim();
    if (outcome.code !== 0 || commit === '') throw new ProblemError(problem('LW8311', { folder: this.#folder }));
    const name = await runGit(this.#folder, ['rev-parse', '--symbolic-full-name', '--end-of-options', ref]);
    const branch = /^refs\/heads\/(.+)$/m.exec(name.stdout)?.[1];
    return { commit, ...(branch !== undefined && { branch }) };
  }

  async read(commit: string, path: string): Promise<string | undefined> {
    const entry = await this.#entry(commit, path);
    return entry && askGit(this.#folder, 'read a file', ['cat-file', 'blob', entry.id]);
  }

  async propose(proposal: Proposal): Promise<Proposed> {
    const { branch, from, title, body } = proposal;
    if (!branchName.test(branch)) throw new ProblemError(problem('LW8312', { branch }));
    const head = await this.head();
    const commit = await this.#commit(proposal, head.commit);
    await this.#move(`refs/heads/${branch}`, commit, from ?? none);
    try {
      const pushed = await this.#push(`${commit}:refs/heads/${branch}`);
      const { hosting } = this.#options.settings();
      if (!hosting || !proposal.pullRequest) return { branch, commit, pushed };
      const request = { branch, into: head.branch ?? 'main', title, body };
      const pullRequest = await openPullRequest(hosting, request, this.#options.variable(hosting.token));
      return { branch, commit, pushed, pullRequest };
    } catch (error) {
      await this.#undo(branch, commit, from);
      throw error;
    }
  }

  async merge(commit: string): Promise<boolean> {
    const { repository, hosting } = this.#options.settings();
    const head = await this.head();
    if (!repository.merge || hosting || head.branch === undefined) return false;
    const ahead = await runGit(this.#folder, ['merge-base', '--is-ancestor', head.commit, commit]);
    if (ahead.code !== 0) throw new ProblemError(problem('LW8313', { branch: head.branch }));
    await this.#push(`${commit}:refs/heads/${head.branch}`);
    // Where the branch is checked out its files move along, or nothing does: git refuses to lose what somebody changed.
    const checkedOut = await this.#isCheckedOut(head.branch);
    if (!checkedOut) await this.#move(`refs/heads/${head.branch}`, commit, head.commit);
    else
      await askGit(this.#folder, `move ${head.branch} forward`, [
        'merge',
        '--ff-only',
        '--no-verify',
        '--quiet',
        commit,
      ]);
    return true;
  }

  async drop(branch: string, commit: string): Promise<void> {
    if (branchName.test(branch)) await this.#undo(branch, commit, undefined);
  }

  async history(path: string, lines?: { readonly from: number; readonly to: number }): Promise<readonly PastChange[]> {
    const { commit } = await this.head();
    const format = '--format=%x01%cI%x00%an%x00%H%x00%s';
    const file = await this.#fromRoot(path);
    const range = lines
      ? [`-L${lines.from},${lines.to}:${file}`, '--no-patch', format, commit]
      : [format, commit, '--', file];
    const { code, stdout } = await runGit(await this.#root(), ['log', '--max-count=100', ...range]);
    if (code !== 0) return lines ? this.history(path) : [];
    return stdout
      .split('\u0001')
      .slice(1)
      .map((entry) => {
        const [at = '', actor = '', id = '', text = ''] = entry.trim().split('\0');
        return { at: new Date(at).toISOString(), actor, commit: id, text };
      });
  }

  async #isCheckedOut(branch: string): Promise<boolean> {
    const listed = await askGit(this.#folder, 'list working trees', ['worktree', 'list', '--porcelain']);
    return listed.split('\n').includes(`branch refs/heads/${branch}`);
  }

  async #root(): Promise<string> {
    return (await askGit(this.#folder, 'find its repository', ['rev-parse', '--show-toplevel'])).trimEnd();
  }

  /** A path of the estate as the repository knows it. */
  async #fromRoot(path: string): Promise<string> {
    const isSafe = path !== '' && !path.startsWith('/') && !/[\0\n\\]/.test(path);
    const parts = path.split('/');
    if (
      !isSafe ||
      parts.some((part) => part === '' || part === '.' || part === '..' || part.toLowerCase() === '.git')
    ) {
      throw new ProblemError(problem('LW7016', { file: path.replaceAll(/[\0\n]/g, '?') }));
    }
    const prefix = await askGit(this.#folder, 'find its repository', ['rev-parse', '--show-prefix']);
    return `${prefix.replace(/\n$/, '')}${path}`;
  }

  async #entry(commit: string, path: string): Promise<{ readonly mode: string; readonly id: string } | undefined> {
    const file = await this.#fromRoot(path);
    const listed = await askGit(this.#folder, 'list files', ['ls-tree', '-z', '--full-tree', commit, '--', file]);
    const [, mode, type, id] = /^(\d+) (\w+) ([0-9a-f]+)\t/.exec(listed) ?? [];
    if (mode === undefined || id === undefined) return undefined;
    if (type !== 'blob' || !mode.startsWith('100')) throw new ProblemError(problem('LW8314', { file: path }));
    return { mode, id };
  }

  /** Writes the commit's objects through an index of its own; nothing points to them yet. */
  async #commit({ from, change, author, title, body }: Proposal, head: string): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'leeway-index-'));
    const env = { GIT_INDEX_FILE: join(folder, 'index') };
    try {
      const mode = (await this.#entry(head, change.path))?.mode ?? '100644';
      const file = await this.#fromRoot(change.path);
      const ask = (what: string, args: readonly string[], input?: string) =>
        askGit(this.#folder, what, args, { env, ...(input !== undefined && { input }) });
      await ask('read the tree', ['read-tree', head]);
      const blob = (await ask('keep the file', ['hash-object', '-w', '--stdin'], change.text)).trim();
      await ask('put the file in', ['update-index', '--add', '--cacheinfo', `${mode},${blob},${file}`]);
      const tree = (await ask('write the tree', ['write-tree'])).trim();
      // A branch that went on, or that the estate went past, joins what is in force.
      const parents = from === undefined || from === head ? [head] : await this.#parents(from, head);
      const args = ['commit-tree', tree, ...parents.flatMap((parent) => ['-p', parent]), '-F', '-'];
      const people = peopleOf(author);
      const input = `${title}\n\n${body}\n`;
      return (await askGit(this.#folder, 'commit', args, { env: { ...env, ...people }, input })).trim();
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  async #parents(from: string, head: string): Promise<readonly string[]> {
    const contained = await runGit(this.#folder, ['merge-base', '--is-ancestor', head, from]);
    return contained.code === 0 ? [from] : [head, from];
  }

  /** Moves a ref only from where it is expected to be. */
  async #move(ref: string, to: string, from: string): Promise<void> {
    const outcome = await runGit(this.#folder, ['update-ref', '-m', 'leeway', ref, to, from]);
    if (outcome.code === 0) return;
    throw new ProblemError(problem('LW8313', { branch: ref.replace('refs/heads/', '') }));
  }

  async #push(refspec: string): Promise<boolean> {
    const { remote } = this.#options.settings().repository;
    if (remote === undefined) return false;
    const outcome = await runGit(this.#folder, ['push', '--no-verify', '--quiet', '--end-of-options', remote, refspec]);
    if (outcome.code === 0) return true;
    throw new ProblemError(problem('LW8315', { remote, reason: gitReason(outcome) }));
  }

  /** Takes a branch back to where it was, here and at the remote as far as that answers. */
  async #undo(branch: string, commit: string, from: string | undefined): Promise<void> {
    const ref = `refs/heads/${branch}`;
    const { remote } = this.#options.settings().repository;
    if (remote !== undefined) {
      const lease = `--force-with-lease=${ref}:${commit}`;
      const target = from === undefined ? `:${ref}` : `${from}:${ref}`;
      await runGit(this.#folder, ['push', '--no-verify', '--quiet', lease, '--end-of-options', remote, target]).catch(
        () => undefined,
      );
    }
    const back = from === undefined ? ['-d', ref, commit] : [ref, from, commit];
    await runGit(this.#folder, ['update-ref', ...back]);
  }
}

/** The person wrote it, Leeway committed it. Names are texts of people: what git gives a meaning to is taken out. */
function peopleOf({ name, email }: Author): Readonly<Record<string, string>> {
  const plain = (text: string) => text.replaceAll(/[\p{Cc}<>]/gu, ' ').trim();
  return {
    GIT_AUTHOR_NAME: plain(name) || 'somebody',
    GIT_AUTHOR_EMAIL: plain(email ?? '') || 'nobody@leeway.invalid',
    GIT_COMMITTER_NAME: 'Leeway',
    GIT_COMMITTER_EMAIL: 'leeway@leeway.invalid',
  };
}
