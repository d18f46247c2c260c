import { z } from 'zod';
import { variableName } from '../settings/values.ts';

/** What of server.yaml says where proposals to the estate go. */
export const repositorySettings = z.strictObject({
  remote: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,99}$/)
    .optional()
    .meta({ title: 'the name of a remote', description: 'Where branches are pushed to; nowhere without.' }),
  merge: z
    .boolean()
    .default(false)
    .meta({ description: 'Whether an approved request is merged at once; only without "hosting".' }),
});
export type RepositorySettings = z.output<typeof repositorySettings>;

/** Who takes pull requests. */
export const hostingSettings = z.strictObject({
  kind: z.enum(['github', 'gitlab', 'gitea']).meta({ title: 'github, gitlab or gitea (also for Forgejo)' }),
  url: z
    .url({ protocol: /^https?$/ })
    .meta({ title: 'an address', description: 'Of its REST API, without a path of a project.' }),
  project: z
    .string()
    .regex(/^[A-Za-z0-9_.-]+(?:\/[A-Za-z0-9_.-]+)+$/)
    .meta({ title: 'owner/name', examples: ['northwind/estate'] }),
  token: variableName.describe('Variable with the token that opens pull requests.'),
});
export type HostingSettings = z.output<typeof hostingSettings>;
