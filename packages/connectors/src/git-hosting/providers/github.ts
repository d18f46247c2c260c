import { ok, type Result } from '@leeway/core';
import { z } from 'zod';
import type { HostingClient } from '../client.ts';
import { decodeContent, encodePath, type Provider, type Repository, stated } from '../provider.ts';
import type { DeployEnvironment, Protection } from '../schema.ts';
import { strictest } from '../strictest.ts';

const Name = z.string().min(1);
const On = z.looseObject({ enabled: z.boolean() }).optional();
const Actors = z
  .looseObject({
    users: z.array(z.looseObject({ login: Name })).default([]),
    teams: z.array(z.looseObject({ slug: Name })).default([]),
    apps: z.array(z.looseObject({ slug: Name })).default([]),
  })
  .nullish();

const Repo = z.looseObject({
  full_name: Name,
  default_branch: Name,
  visibility: z.string().optional(),
  archived: z.boolean().optional(),
  allow_merge_commit: z.boolean().optional(),
  allow_squash_merge: z.boolean().optional(),
  allow_rebase_merge: z.boolean().optional(),
});

/** docs.github.com/rest/branches/branch-protection#get-branch-protection */
const BranchProtection = z.looseObject({
  required_status_checks: z
    .looseObject({ strict: z.boolean().default(false), contexts: z.array(Name).default([]) })
    .nullish(),
  required_pull_request_reviews: z
    .looseObject({
      required_approving_review_count: z.int().default(0),
      dismiss_stale_reviews: z.boolean().default(false),
      require_code_owner_reviews: z.boolean().default(false),
    })
    .nullish(),
  enforce_admins: On,
  required_linear_history: On,
  required_signatures: On,
  allow_force_pushes: On,
  allow_deletions: On,
  restrictions: Actors,
});

/** docs.github.com/rest/repos/rules#get-rules-for-a-branch */
const Rule = z.looseObject({ type: Name, parameters: z.record(z.string(), z.json()).optional() });
const ReviewRule = z.looseObject({
  required_approving_review_count: z.int().default(0),
  dismiss_stale_reviews_on_push: z.boolean().default(false),
  require_code_owner_review: z.boolean().default(false),
});
const CheckRule = z.looseObject({
  required_status_checks: z.array(z.looseObject({ context: Name })).default([]),
  strict_required_status_checks_policy: z.boolean().default(false),
});

const Environment = z.looseObject({
  name: Name,
  protection_rules: z
    .array(
      z.looseObject({
        type: Name,
        wait_timer: z.int().optional(),
        prevent_self_review: z.boolean().optional(),
        reviewers: z
          .array(
            z.looseObject({ type: Name, reviewer: z.looseObject({ login: z.string(), slug: z.string() }).partial() }),
          )
          .optional(),
      }),
    )
    .default([]),
  deployment_branch_policy: z.looseObject({ protected_branches: z.boolean() }).nullish(),
});

const Entry = z.looseObject({ path: Name, type: Name });
const File = z.looseObject({ content: z.string() });
const Commit = z.looseObject({
  author: z.looseObject({ login: z.string() }).nullish(),
  commit: z.looseObject({ committer: z.looseObject({ name: z.string(), date: z.string() }).partial().nullish() }),
});

const permissions = {
  contents: 'Contents: read',
  administration: 'Administration: read',
  environments: 'Environments: read',
};
const root = ({ name }: Repository) => `/repos/${name}`;

export const github: Provider = {
  codeOwnerPaths: ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'],
  pipelinePaths: ['.github/workflows'],

  async repositoriesOf(client, owner) {
    const found = await client.list({ path: `/orgs/${owner}/repos`, what: `the repositories of ${owner}` }, Repo);
    return found.ok ? ok(found.value.map(({ full_name }) => full_name)) : found;
  },

  async repository(client, name) {
    const found = await client.ask({ path: `/repos/${name}`, what: name, permission: 'Metadata: read' }, Repo);
    if (!found.ok) return found;
    const { default_branch: branch, visibility, archived, ...repo } = found.value;
    const ways = [
      ['merge', repo.allow_merge_commit],
      ['squash', repo.allow_squash_merge],
      ['rebase', repo.allow_rebase_merge],
    ] as const;
    const merge = ways.flatMap(([way, isAllowed]) => (isAllowed ? [way] : []));
    return ok({ name, branch, attributes: stated({ defaultBranch: branch, visibility, archived, merge }) });
  },

  async branches(client, repository) {
    const path = `${root(repository)}/branches?protected=true`;
    const found = await client.list(
      { path, what: `the branches of ${repository.name}` },
      z.looseObject({ name: Name }),
    );
    if (!found.ok) return found;
    // A branch that is to be made is not there yet, and rulesets speak of the default branch without protecting it.
    const names = [...new Set([repository.branch, ...found.value.map(({ name }) => name)])].sort();
    const protections: (readonly [string, Protection])[] = [];
    for (const name of names) {
      const one = await readBranch(client, repository, name);
      if (!one.ok) return one;
      if (one.value) protections.push([name, one.value]);
    }
    return ok(protections);
  },

  async keys(client, repository) {
    const Key = z.looseObject({ title: z.string(), key: Name, read_only: z.boolean() });
    const question = { path: `${root(repository)}/keys`, what: 'deploy keys', permission: permissions.administration };
    const found = await client.list(question, Key);
    return found.ok ? ok(found.value.map(({ title, key, read_only }) => ({ title, key, readOnly: read_only }))) : found;
  },

  async environments(client, repository) {
    const question = {
      path: `${root(repository)}/environments?per_page=100`,
      what: `the environments of ${repository.name}`,
      permission: permissions.environments,
    };
    const found = await client.ask(question, z.looseObject({ environments: z.array(Environment) }));
    return found.ok ? ok(found.value.environments.map((each) => [each.name, toEnvironment(each)] as const)) : found;
  },

  async filesAt(client, repository, path) {
    const question = { path: contents(repository, path), what: path, permission: permissions.contents };
    const found = await client.find(question, z.array(Entry));
    if (!found.ok) return found;
    return ok((found.value ?? []).flatMap(({ type, path: file }) => (type === 'file' ? [file] : [])));
  },

  async file(client, repository, path) {
    const question = { path: contents(repository, path), what: path, permission: permissions.contents };
    const found = await client.find(question, File);
    return found.ok ? ok(found.value && decodeContent(found.value.content)) : found;
  },

  async lastChange(client, repository, path) {
    const query = `path=${encodeURIComponent(path)}&sha=${encodeURIComponent(repository.branch)}&per_page=1`;
    const question = { path: `${root(repository)}/commits?${query}`, what: `the history of ${path}` };
    const found = await client.ask({ ...question, permission: permissions.contents }, z.array(Commit));
    if (!found.ok) return found;
    const [commit] = found.value;
    return ok(
      stated({
        actor: commit?.author?.login ?? commit?.commit.committer?.name,
        at: commit?.commit.committer?.date,
      }),
    );
  },
};

function contents(repository: Repository, path: string): string {
  return `${root(repository)}/contents/${encodePath(path)}?ref=${encodeURIComponent(repository.branch)}`;
}

/** Protection and rulesets together: what either asks for holds. Undefined where neither asks for anything. */
async function readBranch(
  client: HostingClient,
  repository: Repository,
  name: string,
): Promise<Result<Protection | undefined>> {
  const branch = encodeURIComponent(name);
  const asked = { what: `the protection of ${name} in ${repository.name}`, permission: permissions.administration };
  const protection = await client.find(
    { path: `${root(repository)}/branches/${branch}/protection`, ...asked },
    BranchProtection,
  );
  if (!protection.ok) return protection;
  const rules = await client.list({ path: `${root(repository)}/rules/branches/${branch}`, ...asked }, Rule);
  if (!rules.ok) return rules;
  const asRules = rules.value.flatMap(toRule);
  const all = [...(protection.value ? [toProtection(protection.value)] : []), ...asRules];
  // Rulesets forbid by a rule; protection allows by a setting.
  if (asRules.length > 0) all.push({ forcePush: true, deletion: true });
  return ok(all.length === 0 ? undefined : strictest(all));
}

function toProtection(found: z.infer<typeof BranchProtection>): Protection {
  const { required_status_checks: checks, required_pull_request_reviews: reviews, restrictions } = found;
  return stated<Protection>({
    approvals: reviews?.required_approving_review_count,
    codeOwners: reviews?.require_code_owner_reviews,
    dismissStale: reviews?.dismiss_stale_reviews,
    checks: checks?.contexts,
    upToDate: checks?.strict,
    signed: found.required_signatures?.enabled,
    linear: found.required_linear_history?.enabled,
    admins: found.enforce_admins?.enabled,
    forcePush: found.allow_force_pushes?.enabled ?? false,
    deletion: found.allow_deletions?.enabled ?? false,
    pushers: restrictions
      ? [
          ...restrictions.users.map(({ login }) => login),
          ...restrictions.teams.map(({ slug }) => `team ${slug}`),
          ...restrictions.apps.map(({ slug }) => `app ${slug}`),
        ]
      : undefined,
    mergers: undefined,
    files: undefined,
  });
}

function toRule({ type, parameters = {} }: z.infer<typeof Rule>): Protection[] {
  if (type === 'non_fast_forward') return [{ forcePush: false }];
  if (type === 'deletion') return [{ deletion: false }];
  if (type === 'required_signatures') return [{ signed: true }];
  if (type === 'required_linear_history') return [{ linear: true }];
  if (type === 'pull_request') {
    const review = ReviewRule.safeParse(parameters).data;
    if (!review) return [];
    return [
      {
        approvals: review.required_approving_review_count,
        dismissStale: review.dismiss_stale_reviews_on_push,
        codeOwners: review.require_code_owner_review,
      },
    ];
  }
  const check = type === 'required_status_checks' ? CheckRule.safeParse(parameters).data : undefined;
  if (!check) return [];
  const names = check.required_status_checks.map(({ context }) => context);
  return [{ checks: names, upToDate: check.strict_required_status_checks_policy }];
}

function toEnvironment({ protection_rules: rules, deployment_branch_policy: policy }: z.infer<typeof Environment>) {
  const review = rules.find(({ type }) => type === 'required_reviewers');
  const approvers = (review?.reviewers ?? []).map(({ type, reviewer }) =>
    type === 'Team' ? `team ${reviewer.slug}` : (reviewer.login ?? ''),
  );
  return stated<DeployEnvironment>({
    approvers,
    approvals: review && 1,
    deployers: undefined,
    selfReview: review?.prevent_self_review === undefined ? undefined : !review.prevent_self_review,
    waitMinutes: rules.find(({ type }) => type === 'wait_timer')?.wait_timer,
    branches: policy ? (policy.protected_branches ? 'protected' : 'selected') : undefined,
  });
}
