import type { Connector } from '@leeway/connector-kit';
import { gitHostingKinds } from './kinds.ts';
import { checkHosting, readHosting } from './read.ts';
import { GitHostingSettings } from './schema.ts';

export const connector: Connector<GitHostingSettings> = {
  id: 'git-hosting',
  title: 'Git hosting',
  summary:
    'Protected branches, code owners, deploy keys, environments and pipelines on GitHub, GitLab, Gitea and Forgejo.',
  settings: GitHostingSettings,
  kinds: gitHostingKinds,
  verification: {
    state: 'built-to-published-api',
    api: 'the REST APIs of GitHub (2022-11-28), GitLab (v4) and Gitea (v1)',
  },
  permissions: [
    'GitHub: a fine-grained token with Metadata, Contents, Administration and Environments, all read-only',
    'GitLab: a token with the scope read_api and the role Maintainer in the projects',
    'Gitea, Forgejo: a token with the scopes read:repository and read:organization, of a user who administers the repositories',
  ],
  check: checkHosting,
  read: readHosting,
};
