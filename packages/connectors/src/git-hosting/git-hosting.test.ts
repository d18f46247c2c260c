import { testConnector } from '@leeway/connector-kit/test-contract.ts';
import { runScenario, type Scenario } from '@leeway/connector-kit/testing/scenario.ts';
import { describe, expect, it } from 'vitest';
import { connector } from './index.ts';
import { strictest } from './strictest.ts';
import { fingerprintOf, readPipeline } from './texts.ts';

const marker = 'Tr0ub4dor-and-3';
const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGq2cWWVE2NpGR0ZNVpNkWqNTFWc9lsWfrV3VqcEGcrN argocd@cluster';
const owners = '# who looks at what\n*  @northwind/platform\n/deploy/ @northwind/release @anna # release\n';
const workflow = `name: deploy
on: {push: {branches: [main]}}
permissions: {contents: read}
jobs:
  deploy:
    environment: production
    runs-on: ubuntu-24.04
    env: {API_TOKEN: ${marker}}
    steps:
      - uses: actions/checkout@v4
      - run: |
          helm upgrade orders ./chart
`;
const base64 = (text: string) => Buffer.from(text).toString('base64');
const missing = { status: 404, json: { message: 'Not Found' } };

type Answer = Scenario['recordings'] extends readonly (infer Each)[] | undefined ? Each : never;
const answers = (root: string, all: Readonly<Record<string, unknown>>): Answer[] =>
  Object.entries(all).map(([path, json]) => ({
    request: { url: `${root}${path}` },
    response: json === missing ? { ...missing } : { json: json as never },
  }));

/** Written after the examples of docs.github.com/rest. */
const github: Scenario = {
  name: 'GitHub',
  settings: { hosting: 'github', tokenFrom: 'TOKEN', repositories: ['northwind/orders'] },
  variables: { TOKEN: marker },
  recordings: answers('https://api.github.com/repos/northwind/orders', {
    '': { full_name: 'northwind/orders', default_branch: 'main', visibility: 'private', allow_squash_merge: true },
    '/branches?protected=true&per_page=100&page=1': [{ name: 'main', protected: true }],
    '/branches/main/protection': {
      required_status_checks: { strict: true, contexts: ['build', 'test'] },
      required_pull_request_reviews: { required_approving_review_count: 1, require_code_owner_reviews: true },
      enforce_admins: { enabled: true },
      allow_force_pushes: { enabled: false },
      restrictions: { users: [{ login: 'anna' }], teams: [{ slug: 'release' }], apps: [] },
    },
    '/rules/branches/main?per_page=100&page=1': [
      { type: 'pull_request', parameters: { required_approving_review_count: 2 } },
      { type: 'required_status_checks', parameters: { required_status_checks: [{ context: 'scan' }] } },
      { type: 'deletion' },
    ],
    '/contents/.github/CODEOWNERS?ref=main': missing,
    '/contents/CODEOWNERS?ref=main': { content: base64(owners), encoding: 'base64' },
    '/commits?path=CODEOWNERS&sha=main&per_page=1': [
      { author: { login: 'anna' }, commit: { committer: { name: 'Anna', date: '2026-05-04T10:00:00Z' } } },
    ],
    '/keys?per_page=100&page=1': [{ id: 1, title: 'argocd', key, read_only: true }],
    '/environments?per_page=100': {
      total_count: 2,
      environments: [
        {
          name: 'production',
          protection_rules: [
            {
              type: 'required_reviewers',
              prevent_self_review: true,
              reviewers: [
                { type: 'User', reviewer: { login: 'anna' } },
                { type: 'Team', reviewer: { slug: 'release' } },
              ],
            },
            { type: 'wait_timer', wait_timer: 30 },
          ],
          deployment_branch_policy: { protected_branches: true, custom_branch_policies: false },
        },
        { name: 'staging', protection_rules: [] },
      ],
    },
    '/contents/.github/workflows?ref=main': [
      { path: '.github/workflows/deploy.yml', type: 'file' },
      { path: '.github/workflows/readme.md', type: 'file' },
    ],
    '/contents/.github/workflows/deploy.yml?ref=main': { content: base64(workflow) },
    '/commits?path=.github%2Fworkflows%2Fdeploy.yml&sha=main&per_page=1': [
      { author: null, commit: { committer: { name: 'Ben', date: '2026-05-05T10:00:00Z' } } },
    ],
  }),
  resources: 7,
};

const developers = { access_level: 30, access_level_description: 'Developers + Maintainers' };
/** Written after the examples of docs.gitlab.com/api. */
const gitlab: Scenario = {
  name: 'GitLab',
  settings: { hosting: 'gitlab', url: 'https://git.test', tokenFrom: 'TOKEN', repositories: ['northwind/*'] },
  variables: { TOKEN: marker },
  recordings: [
    ...answers('https://git.test/api/v4', {
      '/groups/northwind/projects?per_page=100&page=1': [{ path_with_namespace: 'northwind/orders' }],
    }),
    ...answers('https://git.test/api/v4/projects/northwind%2Forders', {
      '': {
        path_with_namespace: 'northwind/orders',
        default_branch: 'main',
        visibility: 'private',
        merge_method: 'ff',
        only_allow_merge_if_pipeline_succeeds: true,
      },
      '/protected_branches?per_page=100&page=1': [
        { name: 'main', push_access_levels: [{ user_id: 7 }], merge_access_levels: [developers] },
        { name: 'release/*', push_access_levels: [], merge_access_levels: [developers], allow_force_push: true },
      ],
      '/approval_rules?per_page=100': [
        { approvals_required: 2, protected_branches: [{ name: 'main' }] },
        { approvals_required: 1, protected_branches: [] },
      ],
      '/approvals': { reset_approvals_on_push: true },
      '/repository/files/CODEOWNERS?ref=main': missing,
      '/repository/files/docs%2FCODEOWNERS?ref=main': missing,
      '/repository/files/.gitlab%2FCODEOWNERS?ref=main': missing,
      '/deploy_keys?per_page=100&page=1': [{ id: 1, title: 'argocd', key, can_push: true }],
      '/environments?per_page=100&page=1': [{ name: 'production' }, { name: 'staging' }],
      '/protected_environments?per_page=100': [
        {
          name: 'production',
          deploy_access_levels: [developers],
          approval_rules: [{ group_id: 4, required_approvals: 2 }],
        },
      ],
      '/repository/files/.gitlab-ci.yml?ref=main': {
        content: base64(`stages: [test]\ntest: {script: [npm ci, npm test], variables: {PASSWORD: ${marker}}}\n`),
      },
      '/repository/commits?path=.gitlab-ci.yml&ref_name=main&per_page=1': [
        { author_name: 'Anna', committed_date: '2026-05-04T10:00:00Z' },
      ],
    }),
  ],
  lists: [''],
  resources: 7,
};

/** Written after modules/structs of Gitea; the page says what was seen of a real one. */
const gitea: Scenario = {
  name: 'Gitea',
  settings: { hosting: 'gitea', url: 'http://git.test', tokenFrom: 'TOKEN', repositories: ['northwind/orders'] },
  variables: { TOKEN: marker },
  recordings: answers('http://git.test/api/v1/repos/northwind/orders', {
    '': { full_name: 'northwind/orders', default_branch: 'main', private: true, allow_merge_commits: true },
    '/branch_protections': [
      {
        rule_name: 'main',
        enable_push: true,
        enable_push_whitelist: true,
        push_whitelist_usernames: ['anna'],
        required_approvals: 2,
        enable_status_check: true,
        status_check_contexts: ['build'],
        protected_file_patterns: 'deploy/**; .gitea/**',
      },
    ],
    '/contents/CODEOWNERS?ref=main': { content: base64(owners) },
    '/commits?path=CODEOWNERS&sha=main&limit=1&stat=false&files=false': [
      { author: { login: 'anna' }, created: '2026-05-04T10:00:00Z' },
    ],
    '/keys?limit=50&page=1': [{ id: 1, title: 'argocd', key, read_only: true }],
    '/contents/.gitea/workflows?ref=main': missing,
    '/contents/.forgejo/workflows?ref=main': missing,
    '/contents/.github/workflows?ref=main': [{ path: '.github/workflows/deploy.yml', type: 'file' }],
    '/contents/.github/workflows/deploy.yml?ref=main': { content: base64(workflow) },
    '/commits?path=.github%2Fworkflows%2Fdeploy.yml&sha=main&limit=1&stat=false&files=false': [
      { author: null, commit: { author: { name: 'Ben' } }, created: '2026-05-05T10:00:00Z' },
    ],
  }),
  resources: 5,
};

const files: Scenario = {
  name: 'declared repositories',
  settings: { files: 'git/*.yaml' },
  files: {
    'git/orders.yaml': `repositories:
  northwind/orders:
    settings: {defaultBranch: main, visibility: private, merge: [merge]}
    protectedBranches:
      main: {approvals: 2, checks: [build], pushers: [anna], files: ['deploy/**', '.gitea/**']}
    deployKeys:
      argocd: {fingerprint: '${fingerprintOf(key)}'}
`,
  },
  resources: 3,
};

testConnector('git-hosting', connector, {
  secrets: [marker],
  scenarios: [github, gitlab, gitea, files],
  failures: [
    { name: 'another document', settings: { files: '*.yaml' }, files: { 'a.yaml': 'a: 1' }, codes: ['LW2009'] },
    { name: 'a credential that is not set', settings: github.settings, codes: ['LW3055'] },
    {
      name: 'a repository that is not there',
      settings: github.settings,
      variables: { TOKEN: marker },
      recordings: [{ request: { url: 'https://api.github.com/repos/northwind/orders' }, response: { ...missing } }],
      codes: ['LW3007'],
    },
  ],
});

describe('git hosting', () => {
  const find = async (scenario: Scenario, kind: string, end: string) =>
    (await runScenario(connector, scenario)).resources.find(
      (resource) => resource.kind === `git-hosting.${kind}` && resource.key.endsWith(end),
    );

  it('adds up protection and rulesets of GitHub', async () => {
    expect((await find(github, 'protected-branch', 'main'))?.attributes).toEqual({
      approvals: 2,
      codeOwners: true,
      dismissStale: false,
      checks: ['build', 'scan', 'test'],
      upToDate: true,
      admins: true,
      forcePush: false,
      deletion: false,
      pushers: ['anna', 'team release'],
    });
    expect(
      strictest([
        { forcePush: true, approvals: 0 },
        { forcePush: true, signed: true },
      ]),
    ).toEqual({
      forcePush: true,
      approvals: 0,
      signed: true,
    });
  });

  it('reads who lets deployments pass, and who changed a file last', async () => {
    expect((await find(github, 'environment', 'production'))?.attributes).toEqual({
      approvers: ['anna', 'team release'],
      approvals: 1,
      selfReview: false,
      waitMinutes: 30,
      branches: 'protected',
    });
    expect((await find(gitlab, 'environment', 'production'))?.attributes).toMatchObject({ approvals: 2 });
    expect(await find(github, 'code-owners', 'orders')).toMatchObject({
      attributes: { rules: ['* @northwind/platform', '/deploy/ @northwind/release @anna'] },
      origin: { actor: 'anna', at: '2026-05-04T10:00:00Z' },
    });
    expect((await find(gitea, 'pipeline', 'deploy.yml'))?.origin).toMatchObject({ actor: 'Ben' });
  });

  it('takes the approvals of the rules that hold for a branch', async () => {
    expect((await find(gitlab, 'protected-branch', 'main'))?.attributes).toMatchObject({
      approvals: 2,
      checks: ['pipeline'],
      pushers: ['user 7'],
    });
    expect((await find(gitlab, 'protected-branch', 'release/*'))?.attributes).toMatchObject({ approvals: 1 });
  });

  it('reads the same from files as from a server', async () => {
    for (const kind of ['repository', 'deploy-key']) {
      expect((await find(files, kind, ''))?.attributes).toEqual((await find(gitea, kind, ''))?.attributes);
    }
  });

  it('keeps programs of pipelines as digests, and tells a pipeline that is no YAML by its own', () => {
    const [before, after] = [
      readPipeline(workflow, 'a.yml'),
      readPipeline(workflow.replace('upgrade', 'uninstall'), 'a.yml'),
    ];
    expect(before).not.toEqual(after);
    expect(JSON.stringify(before)).not.toContain('helm');
    expect(before).toMatchObject({ jobs: { deploy: { environment: 'production' } } });
    expect(readPipeline('a: [', 'a.yml')).toEqual({ digest: expect.stringMatching(/^sha256:/) });
  });

  it('follows pages as long as there are any, and never the address a server names', async () => {
    const page = (number: number, next: boolean) => ({
      request: { url: `http://git.test/api/v1/orgs/northwind/repos?limit=50&page=${number}` },
      response: {
        json: [{ full_name: `northwind/r${number}`, default_branch: 'main' }],
        ...(next && { headers: { link: '<http://evil.test/steal>; rel="next"' } }),
      },
    });
    const run = await runScenario(connector, {
      name: 'pages',
      settings: { hosting: 'gitea', url: 'http://git.test', repositories: ['northwind/*'] },
      recordings: [page(1, true), page(2, false)],
    });
    expect(run.transport.requests.filter((request) => request.includes('evil'))).toEqual([]);
    expect(run.transport.unexpected[0]).toBe('GET http://git.test/api/v1/repos/northwind/r1');
    expect(run.transport.unexpected).toContain('GET http://git.test/api/v1/repos/northwind/r2');
  });
});
