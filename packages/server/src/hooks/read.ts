import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import type { Delivery, HookEvent } from './event.ts';
import type { HookKind } from './settings.ts';

/** Bodies are permissive: senders add fields. What is missing makes an event one of nothing, never an error of ours. */
type Read = (body: unknown, headers: IncomingHttpHeaders) => Delivery;

const word = z.string().min(1).max(500);
const nothing = (why: string): HookEvent => ({ what: 'nothing', why });

function header(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function withId(event: HookEvent, id: string | undefined, at?: string | undefined): Delivery {
  return { event, ...(id !== undefined && { id }), ...(at !== undefined && { at }) };
}

const push = z.object({ ref: word });

function pushEvent(body: unknown): HookEvent {
  const { data } = push.safeParse(body);
  const branch = data?.ref.startsWith('refs/heads/') ? data.ref.slice('refs/heads/'.length) : undefined;
  return branch === undefined ? nothing('a push of no branch') : { what: 'push', branch };
}

const githubDeployment = z.object({
  deployment_status: z.object({ state: word, environment: word.optional() }),
  deployment: z.object({ sha: word, environment: word }),
  sender: z.object({ login: word }).optional(),
});

/** GitHub webhook events `push` and `deployment_status`. */
const readGithub: Read = (body, headers) => {
  const id = header(headers, 'x-github-delivery');
  const kind = header(headers, 'x-github-event');
  if (kind === 'push') return withId(pushEvent(body), id);
  if (kind !== 'deployment_status') return withId(nothing(`an event "${kind ?? ''}"`), id);
  const { data } = githubDeployment.safeParse(body);
  if (data?.deployment_status.state !== 'success') return withId(nothing('a deployment that did not succeed'), id);
  const { deployment, sender } = data;
  const actor = sender && { actor: sender.login };
  return withId({ what: 'deployment', environment: deployment.environment, revision: deployment.sha, ...actor }, id);
};

const gitlabDeployment = z.object({
  object_kind: z.literal('deployment'),
  status: word,
  environment: word,
  commit_url: word.optional(),
  short_sha: word.optional(),
  user: z.object({ username: word }).optional(),
});

/** GitLab "Push events" and "Deployment events". */
const readGitlab: Read = (body, headers) => {
  const id = header(headers, 'x-gitlab-event-uuid') ?? header(headers, 'idempotency-key');
  if (header(headers, 'x-gitlab-event') === 'Push Hook') return withId(pushEvent(body), id);
  const { data } = gitlabDeployment.safeParse(body);
  if (data?.status !== 'success') return withId(nothing('no deployment that succeeded'), id);
  const revision = /\/commit\/([0-9a-f]{7,64})$/.exec(data.commit_url ?? '')?.[1] ?? data.short_sha;
  return withId(
    {
      what: 'deployment',
      environment: data.environment,
      ...(revision !== undefined && { revision }),
      ...(data.user && { actor: data.user.username }),
    },
    id,
  );
};

const argocd = z.object({
  application: word,
  environment: word.optional(),
  revision: word.optional(),
  finishedAt: word.optional(),
  actor: word.optional(),
});

/** The body our page tells people to give Argo CD's notification template. */
const readArgocd: Read = (body) => {
  const { data } = argocd.safeParse(body);
  if (!data) return { event: nothing('no application') };
  const { application, environment = application, revision, finishedAt, actor } = data;
  const event: HookEvent = {
    what: 'deployment',
    environment,
    ...(revision !== undefined && { revision }),
    ...(actor !== undefined && { actor }),
  };
  return withId(event, finishedAt && [application, revision, finishedAt].join(' '), finishedAt);
};

const flux = z.object({
  involvedObject: z.object({ kind: word, namespace: word.optional(), name: word }),
  severity: word,
  timestamp: word,
  reason: word,
  metadata: z.record(z.string(), z.string()).optional(),
});

const fluxDone: ReadonlySet<string> = new Set([
  'ReconciliationSucceeded',
  'InstallSucceeded',
  'UpgradeSucceeded',
  'RollbackSucceeded',
]);

/** Events of Flux's notification-controller, provider `generic-hmac`. */
const readFlux: Read = (body) => {
  const { data } = flux.safeParse(body);
  if (!data) return { event: nothing('no event of Flux') };
  const { involvedObject, timestamp, reason, metadata } = data;
  const name = [involvedObject.namespace, involvedObject.name].filter((part) => part !== undefined).join('/');
  const id = `${timestamp} ${involvedObject.kind} ${name} ${reason}`;
  if (!fluxDone.has(reason)) return withId(nothing(`a reason "${reason}"`), id, timestamp);
  const written = Object.entries(metadata ?? {}).find(([key]) => /(?:^|\/)revision$/.test(key))?.[1];
  const revision = /(?:sha1|sha256):([0-9a-f]{7,64})$/.exec(written ?? '')?.[1];
  return withId({ what: 'deployment', environment: name, ...(revision !== undefined && { revision }) }, id, timestamp);
};

const octopus = z.object({
  Timestamp: word,
  Payload: z.object({
    Event: z.object({
      Id: word,
      Category: word,
      Username: word.optional(),
      RelatedDocumentIds: z.array(z.string()).default([]),
    }),
  }),
});

/** Subscriptions of Octopus Deploy. */
const readOctopus: Read = (body) => {
  const { data } = octopus.safeParse(body);
  if (!data) return { event: nothing('no event of Octopus') };
  const { Id, Category, Username, RelatedDocumentIds } = data.Payload.Event;
  const environment = RelatedDocumentIds.find((id) => id.startsWith('Environments-'));
  const isDeployed = Category === 'DeploymentSucceeded' && environment !== undefined;
  const event: HookEvent = isDeployed
    ? { what: 'deployment', environment, ...(Username !== undefined && { actor: Username }) }
    : nothing(`an event "${Category}"`);
  return withId(event, Id, data.Timestamp);
};

const eventbridge = z.object({ id: word, time: word, source: word });

/** Events that Amazon EventBridge sends to an API destination: CloudTrail's among them. */
const readEventbridge: Read = (body) => {
  const { data } = eventbridge.safeParse(body);
  return data ? withId({ what: 'change' }, data.id, data.time) : { event: nothing('no event of EventBridge') };
};

const cloudevent = z.object({ id: word, source: word, specversion: z.literal('1.0'), time: word.optional() });
const cloudData = z.object({ environment: word, revision: word.optional(), actor: word.optional() });

/** CloudEvents 1.0 over HTTP, structured or binary. With `data.environment` it tells of a deployment there. */
const readCloudevents: Read = (body, headers) => {
  const isBinary = header(headers, 'ce-specversion') !== undefined;
  const ofHeaders = Object.fromEntries(
    ['id', 'source', 'specversion', 'time'].map((name) => [name, header(headers, `ce-${name}`)]),
  );
  const envelope = cloudevent.safeParse(isBinary ? ofHeaders : body).data;
  if (!envelope) return { event: nothing('no CloudEvent') };
  const held = isBinary ? body : (body as { readonly data?: unknown }).data;
  const data = cloudData.safeParse(held).data;
  const event: HookEvent = data
    ? {
        what: 'deployment',
        environment: data.environment,
        ...(data.revision !== undefined && { revision: data.revision }),
        ...(data.actor !== undefined && { actor: data.actor }),
      }
    : { what: 'change' };
  return withId(event, `${envelope.source} ${envelope.id}`, envelope.time);
};

const readers: Readonly<Record<HookKind, Read>> = {
  github: readGithub,
  gitlab: readGitlab,
  argocd: readArgocd,
  flux: readFlux,
  octopus: readOctopus,
  eventbridge: readEventbridge,
  cloudevents: readCloudevents,
};

/** What a verified call says. */
export function readDelivery(kind: HookKind, body: unknown, headers: IncomingHttpHeaders): Delivery {
  return readers[kind](body, headers);
}
