import { ProblemError, problem } from '@leeway/core';
import { z } from 'zod';
import type { HostingSettings } from './settings.ts';

/** A branch that is proposed to be merged. */
export interface PullRequest {
  readonly branch: string;
  readonly into: string;
  readonly title: string;
  readonly body: string;
}

const timeLimit = 15_000;

/** Opens a pull request and gives its address. Throws ProblemError LW8316; the token is in no message. */
export async function openPullRequest(
  settings: HostingSettings,
  request: PullRequest,
  token: string | undefined,
): Promise<string> {
  const fail = (reason: string) => new ProblemError(problem('LW8316', { hosting: settings.kind, reason }));
  if (!token) throw fail(`the variable ${settings.token} is not set`);
  const { url, headers, body } = calls[settings.kind](settings, request, token);
  let response: Response;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', accept: 'application/json', 'user-agent': 'leeway' },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(timeLimit),
    });
  } catch (error) {
    throw fail(
      error instanceof Error && error.name === 'TimeoutError' ? 'it did not answer in time' : 'it is not reachable',
    );
  }
  if (!response.ok) throw fail(`it answered ${response.status}`);
  const answer = opened.safeParse(await response.json().catch(() => undefined));
  if (!answer.success) throw fail('its answer names no pull request');
  return (answer.data.html_url ?? answer.data.web_url) as string;
}

const address = z.url({ protocol: /^https?$/ });
const opened = z
  .object({ html_url: address.optional(), web_url: address.optional() })
  .refine(({ html_url, web_url }) => html_url !== undefined || web_url !== undefined);

interface Call {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, string>>;
}

/** https://docs.github.com/rest/pulls, https://docs.gitlab.com/api/merge_requests, https://docs.gitea.com/api */
const calls: Readonly<
  Record<HostingSettings['kind'], (settings: HostingSettings, request: PullRequest, token: string) => Call>
> = {
  github: ({ url, project }, { branch, into, title, body }, token) => ({
    url: `${base(url)}/repos/${project}/pulls`,
    headers: { authorization: `Bearer ${token}`, 'x-github-api-version': '2022-11-28' },
    body: { head: branch, base: into, title, body },
  }),
  gitlab: ({ url, project }, { branch, into, title, body }, token) => ({
    url: `${base(url)}/api/v4/projects/${encodeURIComponent(project)}/merge_requests`,
    headers: { 'private-token': token },
    body: { source_branch: branch, target_branch: into, title, description: body },
  }),
  gitea: ({ url, project }, { branch, into, title, body }, token) => ({
    url: `${base(url)}/api/v1/repos/${project}/pulls`,
    headers: { authorization: `token ${token}` },
    body: { head: branch, base: into, title, body },
  }),
};

function base(url: string): string {
  return url.replace(/\/+$/, '');
}
