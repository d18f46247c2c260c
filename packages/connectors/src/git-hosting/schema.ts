import { httpAddress } from '@leeway/connector-kit';
import { z } from 'zod';

const Name = z.string().min(1);
const Texts = z.union([Name, z.array(Name).min(1)]);
const Repository = z
  .string()
  .regex(/^[\w.-]+(?:\/[\w.-]+)*\/(?:[\w.-]+|\*)$/, 'expected owner/name, or owner/* for all of an owner');

export const hostings = ['github', 'gitlab', 'gitea'] as const;
export type Hosting = (typeof hostings)[number];

/** Where each one answers when no address is given; Gitea and Forgejo are always at an own one. */
export const publicAddress: Readonly<Partial<Record<Hosting, string>>> = {
  github: 'https://api.github.com',
  gitlab: 'https://gitlab.com',
};

/** What stands under `declared:` or `observed:` of a source with repositories. */
export const GitHostingSettings = z
  .strictObject({
    files: Texts.optional().describe('YAML files that declare repositories. Paths or globs.'),
    hosting: z.enum(hostings).optional().describe('gitea stands for Forgejo too'),
    url: httpAddress.optional().describe('Address; of GitHub Enterprise with /api/v3, of the others without'),
    tokenFrom: Name.optional().describe('Environment variable with an access token'),
    repositories: z.array(Repository).min(1).optional().describe('owner/name, or owner/* for all of an owner'),
    pipelines: z.boolean().default(true).describe('Whether to read pipeline definitions'),
  })
  .superRefine(({ files, hosting, url, tokenFrom, repositories }, context) => {
    const say = (message: string) => context.addIssue({ code: 'custom', message });
    const live = [hosting, url, tokenFrom, repositories].filter((field) => field !== undefined);
    if ((files === undefined) === (live.length === 0)) return say('Give either "files" or "hosting"');
    if (files !== undefined) return;
    if (hosting === undefined) return say('Name the "hosting"');
    if (repositories === undefined) say('Name the "repositories" to read');
    if (url === undefined && publicAddress[hosting] === undefined) say('Give the "url" of the server');
  });
export type GitHostingSettings = z.infer<typeof GitHostingSettings>;

const Names = z.array(Name).optional();
const Flag = z.boolean().optional();

export const Protection = z.strictObject({
  approvals: z.int().min(0).optional(),
  codeOwners: Flag,
  dismissStale: Flag,
  checks: Names,
  upToDate: Flag,
  signed: Flag,
  linear: Flag,
  admins: Flag,
  forcePush: Flag,
  deletion: Flag,
  pushers: Names,
  mergers: Names,
  files: Names,
});
/** What protects a branch, whatever the hosting calls it. */
export type Protection = z.infer<typeof Protection>;

export const DeployEnvironment = z.strictObject({
  approvers: Names,
  approvals: z.int().min(0).optional(),
  deployers: Names,
  selfReview: Flag,
  waitMinutes: z.int().min(0).optional(),
  branches: z.enum(['all', 'protected', 'selected']).optional(),
});
/** Who lets a deployment to an environment pass. */
export type DeployEnvironment = z.infer<typeof DeployEnvironment>;

export const Repositories = z.strictObject({
  repositories: z.record(
    z.string().regex(/^[\w.-]+(?:\/[\w.-]+)+$/, 'owner/name'),
    z.strictObject({
      settings: z
        .strictObject({ defaultBranch: Name.optional(), visibility: Name.optional(), archived: Flag, merge: Names })
        .optional(),
      protectedBranches: z.record(Name, Protection).optional(),
      deployKeys: z.record(Name, z.strictObject({ fingerprint: Name, readOnly: z.boolean().default(true) })).optional(),
      environments: z.record(Name, DeployEnvironment).optional(),
    }),
  ),
});
