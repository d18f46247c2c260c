import { ok, type Result } from '@leeway/core';
import { z } from 'zod';
import type { HostingClient } from '../client.ts';
import { decodeContent, type Provider, type Repository, stated } from '../provider.ts';
import type { DeployEnvironment, Protection } from '../schema.ts';

const Name = z.string().min(1);

const Project = z.looseObject({
  path_with_namespace: Name,
  default_branch: Name.nullish(),
  visibility: z.string().optional(),
  archived: z.boolean().optional(),
  merge_method: z.string().optional(),
  only_allow_merge_if_pipeline_succeeds: z.boolean().optional(),
});

/** A level, or one user or group: docs.gitlab.com/api/protected_branches */
const Level = z.looseObject({
  access_level: z.int().nullish(),
  access_level_description: z.string().nullish(),
  user_id: z.int().nullish(),
  group_id: z.int().nullish(),
});
const Branch = z.looseObject({
  name: Name,
  push_access_levels: z.array(Level).default([]),
  merge_access_levels: z.array(Level).default([]),
  allow_force_push: z.boolean().default(false),
  code_owner_approval_required: z.boolean().default(false),
});

const ApprovalRule = z.looseObject({
  approvals_required: z.int(),
  applies_to_all_protected_branches: z.boolean().default(false),
  protected_branches: z.array(z.looseObject({ name: Name })).default([]),
});
const Approvals = z.looseObject({ reset_approvals_on_push: z.boolean().optional() });

const Key = z.looseObject({ title: z.string(), key: Name, can_push: z.boolean().default(false) });
const ProtectedEnvironment = z.looseObject({
  name: Name,
  deploy_access_levels: z.array(Level).default([]),
  approval_rules: z.array(Level.extend({ required_approvals: z.int().default(0) })).default([]),
  required_approval_count: z.int().default(0),
});

const File = z.looseObject({ content: z.string() });
const Commit = z.looseObject({ author_name: z.string().optional(), committed_date: z.string().optional() });

const maintainer = 'the scope read_api and the role Maintainer';
const root = (name: string) => `/api/v4/projects/${encodeURIComponent(name)}`;

export const gitlab: Provider = {
  codeOwnerPaths: ['CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS'],
  pipelinePaths: ['.gitlab-ci.yml'],

  async repositoriesOf(client, owner) {
    const path = `/api/v4/groups/${encodeURIComponent(owner)}/projects`;
    const found = await client.list({ path, what: `the projects of ${owner}`, permission: 'read_api' }, Project);
    return found.ok ? ok(found.value.map((project) => project.path_with_namespace)) : found;
  },

  async repository(client, name) {
    const found = await readProject(client, name);
    if (!found.ok) return found;
    const { default_branch, visibility, archived, merge_method } = found.value;
    const branch = default_branch ?? 'main';
    const merge = merge_method === undefined ? [] : [merge_method];
    return ok({ name, branch, attributes: stated({ defaultBranch: branch, visibility, archived, merge }) });
  },

  async branches(client, repository) {
    const { name } = repository;
    const asked = { what: `the protected branches of ${name}`, permission: maintainer };
    const project = await readProject(client, name);
    if (!project.ok) return project;
    const found = await client.list({ path: `${root(name)}/protected_branches`, ...asked }, Branch);
    if (!found.ok) return found;
    // Approvals are asked for in Premium alone; elsewhere there is nothing at these addresses.
    const rules = await client.find(
      { path: `${root(name)}/approval_rules?per_page=100`, ...asked },
      z.array(ApprovalRule),
    );
    if (!rules.ok) return rules;
    const approvals = await client.find({ path: `${root(name)}/approvals`, ...asked }, Approvals);
    if (!approvals.ok) return approvals;
    const checks = project.value.only_allow_merge_if_pipeline_succeeds ? ['pipeline'] : [];
    const dismissStale = approvals.value?.reset_approvals_on_push;
    return ok(
      found.value.map((branch) => {
        const needed = (rules.value ?? []).filter((rule) => holdsFor(rule, branch.name));
        const most = Math.max(0, ...needed.map((rule) => rule.approvals_required));
        return [branch.name, toProtection(branch, { approvals: most, checks, dismissStale })] as const;
      }),
    );
  },

  async keys(client, { name }) {
    const question = { path: `${root(name)}/deploy_keys`, what: `the deploy keys of ${name}`, permission: maintainer };
    const found = await client.list(question, Key);
    return found.ok ? ok(found.value.map(({ title, key, can_push }) => ({ title, key, readOnly: !can_push }))) : found;
  },

  async environments(client, { name }) {
    const asked = { what: `the environments of ${name}`, permission: maintainer };
    const all = await client.list({ path: `${root(name)}/environments`, ...asked }, z.looseObject({ name: Name }));
    if (!all.ok) return all;
    const path = `${root(name)}/protected_environments?per_page=100`;
    const held = await client.find({ path, ...asked }, z.array(ProtectedEnvironment));
    if (!held.ok) return held;
    const known = new Map((held.value ?? []).map((each) => [each.name, toEnvironment(each)]));
    const names = new Set([...all.value.map((each) => each.name), ...known.keys()]);
    return ok([...names].sort().map((each) => [each, known.get(each) ?? {}] as const));
  },

  filesAt: async (_, __, path) => ok([path]),

  async file(client, repository, path) {
    const query = `ref=${encodeURIComponent(repository.branch)}`;
    const address = `${root(repository.name)}/repository/files/${encodeURIComponent(path)}?${query}`;
    const found = await client.find({ path: address, what: path, permission: 'read_api' }, File);
    return found.ok ? ok(found.value && decodeContent(found.value.content)) : found;
  },

  async lastChange(client, repository: Repository, path) {
    const query = `path=${encodeURIComponent(path)}&ref_name=${encodeURIComponent(repository.branch)}&per_page=1`;
    const address = `${root(repository.name)}/repository/commits?${query}`;
    const found = await client.ask({ path: address, what: `the history of ${path}` }, z.array(Commit));
    if (!found.ok) return found;
    const [commit] = found.value;
    return ok(stated({ actor: commit?.author_name, at: commit?.committed_date }));
  },
};

function readProject(client: HostingClient, name: string): Promise<Result<z.infer<typeof Project>>> {
  return client.ask({ path: root(name), what: name, permission: 'read_api' }, Project);
}

/** A rule without branches holds for all of them. */
function holdsFor(rule: z.infer<typeof ApprovalRule>, branch: string): boolean {
  const { applies_to_all_protected_branches: isForAll, protected_branches: branches } = rule;
  return isForAll || branches.length === 0 || branches.some(({ name }) => name === branch);
}

/** Levels as GitLab describes them; users and groups by number, for the API names them so. */
function whoMay(levels: readonly z.infer<typeof Level>[]): string[] {
  return levels.map(({ access_level_description: text, access_level: level, user_id: user, group_id: group }) => {
    if (user) return `user ${user}`;
    if (group) return `group ${group}`;
    return text ?? `level ${level ?? 0}`;
  });
}

function toProtection(
  branch: z.infer<typeof Branch>,
  more: Pick<Protection, 'approvals' | 'checks' | 'dismissStale'>,
): Protection {
  return stated<Protection>({
    approvals: more.approvals,
    codeOwners: branch.code_owner_approval_required,
    dismissStale: more.dismissStale,
    checks: more.checks,
    upToDate: undefined,
    signed: undefined,
    linear: undefined,
    admins: undefined,
    forcePush: branch.allow_force_push,
    deletion: undefined,
    pushers: whoMay(branch.push_access_levels),
    mergers: whoMay(branch.merge_access_levels),
    files: undefined,
  });
}

function toEnvironment(found: z.infer<typeof ProtectedEnvironment>): DeployEnvironment {
  const approvals = found.approval_rules.reduce((sum, rule) => sum + rule.required_approvals, 0);
  return stated<DeployEnvironment>({
    approvers: whoMay(found.approval_rules),
    approvals: approvals || found.required_approval_count,
    deployers: whoMay(found.deploy_access_levels),
    selfReview: undefined,
    waitMinutes: undefined,
    branches: undefined,
  });
}
