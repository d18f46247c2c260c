import { attempt, type ReadContext, requestJson } from '@leeway/connector-kit';
import { requestShape } from '@leeway/connector-kit/request-shape.ts';
import { authorizationOf } from '@leeway/connector-kit/sign-in.ts';
import { failed, isJsonArray, isJsonObject, type Json, type JsonObject, ok, problem, type Result } from '@leeway/core';
import { z } from 'zod';
import { type Metadata, parseMetadata } from './metadata.ts';
import type { EntitySet, ODataSettings } from './settings.ts';

/** A service one is signed in to. */
export interface Service {
  readonly system: string;
  /** Root of the service, with a slash at its end. */
  readonly root: string;
  readonly version: 2 | 4;
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
}

const Token = z.looseObject({ access_token: z.string().min(1) });

/**
 * One language, so that translated texts are the same everywhere; without it fetch says `*`, which is no language to some
 * services. Numbers of more than 15 digits are asked for as texts (IEEE754Compatible); version 2 writes them
 * so anyway.
 */
const accepts = {
  2: { accept: 'application/json', 'accept-language': 'en' },
  4: {
    'accept-language': 'en',
    accept: 'application/json;odata.metadata=minimal;IEEE754Compatible=true',
    'odata-maxversion': '4.01',
    prefer: 'odata.maxpagesize=1000',
  },
} as const;

export async function openService(settings: ODataSettings, context: ReadContext): Promise<Result<Service>> {
  const system = systemOf(settings);
  const authorization = settings.oauth
    ? await fetchToken(settings.oauth, context, system)
    : authorizationOf(context, settings, system);
  if (!authorization.ok) return authorization;
  const root = `${settings.url.replace(/\/+$/, '')}/`;
  const headers = { ...accepts[settings.version], ...authorization.value };
  return ok({ system, root, version: settings.version, headers, query: settings.query ?? {} });
}

/** For messages: host and path. */
export function systemOf({ url }: ODataSettings): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname.replace(/\/+$/, '')}`;
}

/** RFC 6749, section 4.4. */
async function fetchToken(
  { tokenUrl, clientId, clientSecretFrom, scope }: NonNullable<ODataSettings['oauth']>,
  context: ReadContext,
  system: string,
): Promise<Result<Readonly<Record<string, string>>>> {
  const secret = context.variable(clientSecretFrom);
  if (!secret) return failed(problem('LW3055', { system, variable: clientSecretFrom }));
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: secret,
    ...(scope !== undefined && { scope }),
  });
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: body.toString(),
  };
  const asked = { url: tokenUrl, system: new URL(tokenUrl).host, what: 'a token', init };
  const answer = await requestShape(context, asked, Token);
  if (answer.ok) return ok({ authorization: `Bearer ${answer.value.access_token}` });
  // RFC 6749, section 5.2: a wrong secret is answered with 400.
  const refused = answer.problems.some(({ message }) => message.includes(' 400 '));
  return refused ? failed(problem('LW3002', { system: asked.system })) : answer;
}

/** The service's description of itself. */
export async function readMetadata(service: Service, context: ReadContext): Promise<Result<Metadata>> {
  const { system } = service;
  return attempt(async () => {
    const headers = { ...service.headers, accept: 'application/xml' };
    const response = await context.fetch(urlOf(service, '$metadata', {}), { headers });
    if (!response.ok) return failed(problem('LW3007', { system, what: '$metadata', status: response.status }));
    return parseMetadata(await response.text(), system);
  });
}

/** Address of a resource of the service with its query. */
export function urlOf(
  { root, query }: Service,
  path: string,
  options: Readonly<Record<string, string | undefined>>,
): string {
  const given = Object.entries({ ...query, ...options }).filter(
    (pair): pair is [string, string] => pair[1] !== undefined,
  );
  // URLSearchParams writes spaces as plus signs, which some services take literally.
  const search = given.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  return `${root}${path}${search === '' ? '' : `?${search}`}`;
}

/** Pages of an entity set, however the service pages. Ends with the first that fails. */
export async function* readPages(
  service: Service,
  context: ReadContext,
  name: string,
  set: EntitySet,
): AsyncGenerator<Result<readonly JsonObject[]>> {
  const { pageSize } = set;
  const seen = new Set<string>();
  let skip = 0;
  let next: string | undefined = urlOf(service, name, optionsOf(service, set, skip));
  while (next !== undefined) {
    seen.add(next);
    const asked = {
      url: next,
      system: service.system,
      what: name,
      permission: `read ${name}`,
      init: { headers: service.headers },
    };
    const answer = await requestJson(context, asked);
    const page: Result<Page> = answer.ok ? parsePage(answer.value, service, name) : answer;
    if (!page.ok) return yield page;
    yield ok(page.value.records);
    const { records, link } = page.value;
    skip += records.length;
    const isFull = pageSize !== undefined && records.length >= pageSize;
    next = link ?? (isFull ? urlOf(service, name, optionsOf(service, set, skip)) : undefined);
    if (next !== undefined && seen.has(next))
      return yield unreadable(service, name, 'its pages lead back to one that was read');
  }
}

function optionsOf({ version }: Service, { select, filter, expand, pageSize, key }: EntitySet, skip: number) {
  return {
    $select: select && [...new Set([...select, ...(key ?? []), ...(version === 2 ? (expand ?? []) : [])])].join(','),
    $filter: filter,
    $expand: expand?.join(','),
    $orderby: pageSize === undefined ? undefined : key?.join(','),
    $top: pageSize?.toString(),
    $skip: pageSize === undefined || skip === 0 ? undefined : String(skip),
  };
}

interface Page {
  readonly records: readonly JsonObject[];
  readonly link: string | undefined;
}

function parsePage(answer: Json, service: Service, name: string): Result<Page> {
  const body = isJsonObject(answer) ? (answer['d'] ?? answer) : null;
  const list = isJsonObject(body) ? (body['value'] ?? body['results']) : body;
  if (!isJsonArray(list ?? null) || !isJsonArray(list) || !list.every(isJsonObject))
    return unreadable(service, name, 'it has no list of records');
  const link = isJsonObject(body) ? (body['@odata.nextLink'] ?? body['@nextLink'] ?? body['__next']) : undefined;
  return ok({
    records: list as readonly JsonObject[],
    link: typeof link === 'string' ? rebase(link, service) : undefined,
  });
}

/**
 * A link is followed at the address the source names: services behind a proxy write the address they know themselves by,
 * and credentials go nowhere else.
 */
export function rebase(link: string, { root }: Pick<Service, 'root'>): string {
  const { pathname, search } = new URL(link, root);
  const home = new URL(root);
  const shared = pathname.startsWith(home.pathname) ? pathname : home.pathname + pathname.split('/').slice(-1)[0];
  return `${home.origin}${shared}${search}`;
}

function unreadable({ system }: Service, what: string, reason: string) {
  return failed(problem('LW3006', { system, what, reason }));
}
