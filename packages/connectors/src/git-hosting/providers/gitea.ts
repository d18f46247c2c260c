import { ok } from '@leeway/core';
import { z } from 'zod';
import { decodeContent, encodePath, type Provider, type Repository, stated } from '../provider.ts';
import type { Protection } from '../schema.ts';

const Name = z.string().min(1);
const Names = z.array(z.string()).nullish();

const Repo = z.looseObject({
  full_name: Name,
  default_branch: z.string(),
  private: z.boolean().optional(),
  internal: z.boolean().optional(),
  archived: z.boolean().optional(),
  allow_merge_commits: z.boolean().optional(),
  allow_squash_merge: z.boolean().optional(),
  allow_rebase: z.boolean().optional(),
  allow_rebase_explicit: z.boolean().optional(),
  allow_fast_forward_only_merge: z.boolean().optional(),
});

/** modules/structs/repo_branch.go of Gitea and of Forgejo; fields that only one has are optional. */
const BranchProtection = z.looseObject({
  rule_name: z.string().optional(),
  branch_name: z.string().optional(),
  enable_push: z.boolean().default(false),
  enable_push_whitelist: z.boolean().default(false),
  push_whitelist_usernames: Names,
  push_whitelist_teams: Names,
  push_whitelist_deploy_keys: z.boolean().default(false),
  enable_force_push: z.boolean().default(false),
  enable_merge_whitelist: z.boolean().default(false),
  merge_whitelist_usernames: Names,
  merge_whitelist_teams: Names,
  enable_status_check: z.boolean().default(false),
  status_check_contexts: Names,
  required_approvals: z.int().default(0),
  block_on_outdated_branch: z.boolean().default(false),
  dismiss_stale_approvals: z.boolean().default(false),
  require_signed_commits: z.boolean().default(false),
  protected_file_patterns: z.string().default(''),
  block_admin_merge_override: z.boolean().optional(),
  apply_to_admins: z.boolean().optional(),
});

const Key = z.looseObject({ title: z.string(), key: Name, read_only: z.boolean() });
const Entry = z.looseObject({ path: Name, type: Name });
const File = z.looseObject({ content: z.string().nullish() });
const Commit = z.looseObject({
  author: z.looseObject({ login: z.string() }).nullish(),
  commit: z.looseObject({ author: z.looseObject({ name: z.string() }).nullish() }).optional(),
  created: z.string().optional(),
});

const administration = 'read:repository, as an administrator of the repository';
const root = ({ name }: Pick<Repository, 'name'>) => `/api/v1/repos/${name}`;

/** Gitea and Forgejo: the API is one, up to a few fields. */
export const gitea: Provider = {
  codeOwnerPaths: ['CODEOWNERS', 'docs/CODEOWNERS', '.gitea/CODEOWNERS', '.forgejo/CODEOWNERS'],
  pipelinePaths: ['.gitea/workflows', '.forgejo/workflows', '.github/workflows'],

  async repositoriesOf(client, owner) {
    const question = {
      path: `/api/v1/orgs/${owner}/repos`,
      what: `the repositories of ${owner}`,
      permission: 'read:organization',
    };
    const found = await client.list(question, Repo);
    return found.ok ? ok(found.value.map(({ full_name }) => full_name)) : found;
  },

  async repository(client, name) {
    const found = await client.ask({ path: root({ name }), what: name, permission: 'read:repository' }, Repo);
    if (!found.ok) return found;
    const { default_branch: branch, archived, ...repo } = found.value;
    const ways = [
      ['merge', repo.allow_merge_commits],
      ['squash', repo.allow_squash_merge],
      ['rebase', repo.allow_rebase],
      ['rebase-merge', repo.allow_rebase_explicit],
      ['fast-forward', repo.allow_fast_forward_only_merge],
    ] as const;
    const visibility = repo.private ? 'private' : repo.internal ? 'internal' : 'public';
    const merge = ways.flatMap(([way, isAllowed]) => (isAllowed ? [way] : []));
    return ok({ name, branch, attributes: stated({ defaultBranch: branch, visibility, archived, merge }) });
  },

  async branches(client, repository) {
    const question = {
      path: `${root(repository)}/branch_protections`,
      what: `the protected branches of ${repository.name}`,
      permission: administration,
    };
    const found = await client.ask(question, z.array(BranchProtection));
    if (!found.ok) return found;
    return ok(found.value.map((each) => [each.rule_name || each.branch_name || '*', toProtection(each)] as const));
  },

  async keys(client, repository) {
    const question = { path: `${root(repository)}/keys`, what: 'deploy keys', permission: administration };
    const found = await client.list(question, Key);
    return found.ok ? ok(found.value.map(({ title, key, read_only }) => ({ title, key, readOnly: read_only }))) : found;
  },

  async filesAt(client, repository, path) {
    const found = await client.find({ path: contents(repository, path), what: path }, z.array(Entry));
    if (!found.ok) return found;
    return ok((found.value ?? []).flatMap(({ type, path: file }) => (type === 'file' ? [file] : [])));
  },

  async file(client, repository, path) {
    const found = await client.find({ path: contents(repository, path), what: path }, File);
    return found.ok ? ok(found.value && decodeContent(found.value.content ?? '')) : found;
  },

  async lastChange(client, repository, path) {
    const query = `path=${encodeURIComponent(path)}&sha=${encodeURIComponent(repository.branch)}&limit=1`;
    const question = {
      path: `${root(repository)}/commits?${query}&stat=false&files=false`,
      what: `the history of ${path}`,
    };
    const found = await client.ask(question, z.array(Commit));
    if (!found.ok) return found;
    const [commit] = found.value;
    return ok(stated({ actor: commit?.author?.login ?? commit?.commit?.author?.name, at: commit?.created }));
  },
};

function contents(repository: Repository, path: string): string {
  return `${root(repository)}/contents/${encodePath(path)}?ref=${encodeURIComponent(repository.branch)}`;
}

function toProtection(found: z.infer<typeof BranchProtection>): Protection {
  const listed = (users: readonly string[] | null | undefined, teams: readonly string[] | null | undefined) => [
    ...(users ?? []),
    ...(teams ?? []).map((team) => `team ${team}`),
  ];
  const pushers = listed(found.push_whitelist_usernames, found.push_whitelist_teams);
  if (found.push_whitelist_deploy_keys) pushers.push('deploy keys');
  const whoPushes = found.enable_push_whitelist ? pushers : ['everyone who may write'];
  return stated<Protection>({
    approvals: found.required_approvals,
    codeOwners: undefined,
    dismissStale: found.dismiss_stale_approvals,
    checks: found.enable_status_check ? (found.status_check_contexts ?? []) : undefined,
    upToDate: found.block_on_outdated_branch,
    signed: found.require_signed_commits,
    linear: undefined,
    admins: found.block_admin_merge_override ?? found.apply_to_admins,
    forcePush: found.enable_force_push,
    deletion: undefined,
    pushers: found.enable_push ? whoPushes : undefined,
    mergers: found.enable_merge_whitelist
      ? listed(found.merge_whitelist_usernames, found.merge_whitelist_teams)
      : undefined,
    files: found.protected_file_patterns.split(';').flatMap((pattern) => pattern.trim() || []),
  });
}
