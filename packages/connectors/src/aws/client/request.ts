import type { ReadContext } from '@leeway/connector-kit';
import { isJsonArray, isJsonObject, type Json, type JsonObject, ProblemError, problem } from '@leeway/core';
import { itemsAt, textAt, valueAt } from '../../shared/cloud/shape.ts';
import { isThrottled, problemOf, readFault } from './errors.ts';
import { locate, type Service, type ServiceId, services } from './services.ts';
import { type Credentials, signRequest } from './sign.ts';
import { parseXml } from './xml.ts';

/** One request to one service. */
export interface Call {
  readonly service: ServiceId;
  /** As the API and IAM policies name it: `DescribeSecurityGroups`. */
  readonly action: string;
  /** Of the query protocols and JSON. */
  readonly parameters?: JsonObject;
  /** Of the REST protocols. */
  readonly path?: string;
  readonly query?: Readonly<Record<string, string>>;
  /** The answer's outermost element, of REST with XML. */
  readonly root?: string;
  /** The answer is a JSON document that is wanted as the text it is. */
  readonly isDocument?: boolean;
  /** The permission it needs, where it is not called as the action is. */
  readonly permission?: string;
}

/** How a list is paged: the field that asks for the next page, and the one that tells it. */
export interface Paging {
  readonly items: string;
  readonly ask: string;
  readonly next: string;
}

/** One account in one region, signed in. */
export interface Region {
  readonly region: string;
  /** The answer to one request. Throws a ProblemError for every expected failure. */
  send(call: Call): Promise<Json>;
  /** The same; undefined where AWS answers with one of the error codes, which mean "there is none". */
  find(call: Call, absent: readonly string[]): Promise<Json | undefined>;
  /** The items of a list, page by page as they are asked for. */
  pages(call: Call, paging: Paging): AsyncGenerator<Json>;
}

export interface RegionOptions {
  readonly context: ReadContext;
  readonly region: string;
  /** Parts the quota: accounts have their own. */
  readonly account: string;
  readonly credentials: Credentials;
  readonly endpoint?: string | undefined;
}

/** Tries of one request that AWS throttles, and the first pause between them in milliseconds. */
const tries = 6;
const firstPause = 500;

export function openRegion(options: RegionOptions): Region {
  const find = async (call: Call, absent: readonly string[]) => {
    const answer = await exchange(call, options);
    if ('body' in answer) return parseAnswer(call, answer.body);
    if (absent.includes(answer.fault.code)) return undefined;
    throw new ProblemError(problemOf(answer.fault, describeCall(call), answer.status));
  };
  const send = async (call: Call): Promise<Json> => (await find(call, [])) ?? null;
  return { region: options.region, find, send, pages: (call, paging) => readPages(call, paging, send) };
}

type Answer = { readonly body: string } | { readonly fault: ReturnType<typeof readFault>; readonly status: number };

/** Sends until AWS no longer throttles: half of its services say so with status 400, which nobody else would retry. */
async function exchange(call: Call, options: RegionOptions): Promise<Answer> {
  const { context, account, region } = options;
  const service: Service = services[call.service];
  const limiter = context.limiter?.(`aws ${account} ${service.isGlobal ? '' : region} ${service.name}`, service.rate);
  for (let tried = 0; ; tried += 1) {
    await limiter?.take(context.signal);
    const response = await fetchSigned(call, service, options);
    const body = await response.text();
    if (response.ok) return { body };
    const fault = readFault(body, response.headers);
    if (!limiter || !isThrottled(fault) || tried + 1 >= tries) return { fault, status: response.status };
    limiter.pauseFor(firstPause * 2 ** tried);
  }
}

async function fetchSigned(
  call: Call,
  service: Service,
  { context, region, credentials, endpoint }: RegionOptions,
): Promise<Response> {
  const { base, region: signedRegion } = locate(service, region, endpoint);
  const { method, url, headers, body } = writeRequest(call, service, base);
  // A signature carries the present, not the instant the scan began.
  const signed = signRequest(
    { method, url, headers, body },
    credentials,
    { region: signedRegion, service: service.name },
    new Date(),
  );
  try {
    return await context.fetch(url, { method, headers: signed, redirect: 'manual', ...(body !== '' && { body }) });
  } catch (error) {
    if (error instanceof ProblemError && error.problem.code === 'LW3003') {
      throw new ProblemError(problem('LW3003', describeCall(call)));
    }
    throw error;
  }
}

function writeRequest({ action, parameters = {}, path = '/', query = {} }: Call, service: Service, base: string) {
  const url = new URL(base + path);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  if (service.protocol === 'query') {
    const body = new URLSearchParams({ Action: action, Version: service.version ?? '' });
    for (const [name, value] of Object.entries(parameters)) body.set(name, String(value));
    const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
    return { method: 'POST', url, headers, body: body.toString() };
  }
  if (service.protocol === 'json') {
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `${service.target}.${action}` };
    return { method: 'POST', url, headers, body: JSON.stringify(parameters) };
  }
  return { method: 'GET', url, headers: {}, body: '' };
}

/** What is asked of whom, and the permission for it, for messages. */
export function describeCall({ service: id, action, permission }: Call) {
  const service: Service = services[id];
  return {
    system: `AWS ${service.title}`,
    what: action,
    permission: permission ?? `${service.prefix ?? service.name}:${action}`,
  };
}

function parseAnswer(call: Call, body: string): Json {
  const { protocol }: Service = services[call.service];
  const isJson = protocol === 'json' || protocol === 'rest-json' || call.isDocument === true;
  const object = isJson ? parseObject(body) : parseRoot(call, body);
  const value = object !== undefined && call.isDocument ? body : object;
  if (value !== undefined) return value;
  const { system, what } = describeCall(call);
  throw new ProblemError(problem('LW3006', { system, what, reason: 'it is not what this API answers' }));
}

function parseObject(body: string): Json | undefined {
  try {
    const value: Json = JSON.parse(body);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Query answers wrap their result twice, apart from EC2's; REST with XML not at all. */
function parseRoot({ service, action, root }: Call, body: string): Json | undefined {
  const document = parseXml(body);
  const roots = [root, `${action}Response`];
  if (!document || !roots.includes(document.root)) return undefined;
  return root !== undefined || service === 'ec2' ? document.value : valueAt(document.value, `${action}Result`);
}

/** More pages than this are a loop, not a list. */
const mostPages = 100_000;

async function* readPages(
  call: Call,
  { items, ask, next }: Paging,
  send: (call: Call) => Promise<Json>,
): AsyncGenerator<Json> {
  const { protocol }: Service = services[call.service];
  const isJson = protocol === 'json' || protocol === 'rest-json';
  let asked = call;
  for (let page = 0; page < mostPages; page += 1) {
    const answer = await send(asked);
    if (isJson && !isJsonArray(valueAt(answer, items))) throw new ProblemError(noList(call, items));
    yield* itemsAt(answer, items);
    const token = textAt(answer, next);
    if (token === undefined) return;
    const inQuery = protocol === 'rest-json' || protocol === 'rest-xml';
    asked = inQuery
      ? { ...call, query: { ...call.query, [ask]: token } }
      : { ...call, parameters: { ...call.parameters, [ask]: token } };
  }
  throw new ProblemError(noList(call, items));
}

function noList(call: Call, items: string) {
  const { system, what } = describeCall(call);
  return problem('LW3006', { system, what, reason: `its list ${items} is missing or has no end` });
}
