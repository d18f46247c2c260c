import {
  allowWriting,
  attempt,
  holdValue,
  type ReadContext,
  type WriteChange,
  type Written,
} from '@leeway/connector-kit';
import {
  failed,
  isJsonObject,
  type Json,
  type JsonObject,
  ok,
  type Problem,
  ProblemError,
  parsePointer,
  problem,
  type Resource,
  type Result,
} from '@leeway/core';
import { readMetadata, readPages, rebase, type Service, systemOf, urlOf } from './client.ts';
import { recordKind } from './kinds.ts';
import { openSets } from './read.ts';
import { type NamedSet, resourceOf } from './record.ts';
import type { ODataSettings } from './settings.ts';
import { toLiteral, toOData } from './value.ts';

interface Found {
  readonly record: JsonObject;
  readonly resource: Resource;
}

/**
 * Writes one property of one record. With the record's ETag the service itself refuses when somebody wrote in between
 * (RFC 9110, section 13.1.1); SAP Gateway also wants a token against forged requests and the session it belongs to.
 */
export async function writeOData(
  change: WriteChange,
  settings: ODataSettings,
  context: ReadContext,
): Promise<Result<Written>> {
  const system = systemOf(settings);
  const allowed = allowWriting(system, settings);
  if (!allowed.ok) return allowed;
  const opened = await openSets(settings, context);
  if (!opened.ok) return opened;
  const { service, sets } = opened.value;
  const set = sets.find(([name]) => `odata.${name}` === change.kind)?.[1];
  if (!set) return failed(problem('LW3163', { system, kind: change.kind, key: change.key }));
  if (!set.ok) return set;
  const found = await findRecord(service, set.value, change.key, { settings, context });
  if (!found.ok) return found;
  const held = holdValue(change, { system, kind: recordKind, found: found.value?.resource }, context);
  if (!held.ok || !found.value) return held.ok ? failed() : held;
  const sent = await replaceProperty(service, { set: set.value, record: found.value.record, change }, context);
  return sent.ok ? ok({ before: held.value, after: change.value, place: set.value.name }) : sent;
}

interface Replacement {
  readonly set: NamedSet;
  readonly record: JsonObject;
  readonly change: WriteChange;
}

async function replaceProperty(service: Service, { set, record, change }: Replacement, context: ReadContext) {
  const { system } = service;
  const [token, ...deeper] = parsePointer(change.path) ?? [];
  if (!token || token.selector || deeper.length > 0 || set.key.includes(token.key)) {
    return failed<true>(
      problem('LW3162', { system, path: change.path, reason: 'only whole properties outside the key are' }),
    );
  }
  const url = await addressOf(service, set, record, context);
  if (!url.ok) return url;
  const body = { [token.key]: toOData(change.value, record[token.key]) };
  return send(
    service,
    { url: url.value, etag: etagOf(record), body, what: `${set.name} ${change.key}`, change },
    context,
  );
}

async function findRecord(
  service: Service,
  set: NamedSet,
  key: string,
  { settings, context }: { readonly settings: ODataSettings; readonly context: ReadContext },
): Promise<Result<Found | undefined>> {
  let sought: Found | undefined;
  for await (const page of readPages(service, context, set.name, { ...set.set, key: [...set.key] })) {
    if (!page.ok) return page;
    for (const record of page.value) {
      const resource = resourceOf(record, set, settings);
      if (resource.key === key) sought = { record, resource };
    }
  }
  return ok(sought);
}

/** Where the record says it is, else where its key puts it. */
async function addressOf(
  service: Service,
  { name }: NamedSet,
  record: JsonObject,
  context: ReadContext,
): Promise<Result<string>> {
  const own = record['@odata.editLink'] ?? record['@odata.id'] ?? metadataOf(record)['uri'];
  if (typeof own === 'string') return ok(withQuery(rebase(own, service), service));
  const metadata = await readMetadata(service, context);
  if (!metadata.ok) return metadata;
  const type = metadata.value.get(name);
  const parts = (type?.key ?? []).map((field) => {
    const literal = toLiteral(record[field] ?? null, type?.properties.get(field) ?? '', service.version);
    return `${field}=${encodeURIComponent(literal)}`;
  });
  return ok(urlOf(service, `${name}(${parts.join(',')})`, {}));
}

function withQuery(url: string, { query }: Service): string {
  const address = new URL(url);
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
  return address.href;
}

function metadataOf(record: JsonObject): JsonObject {
  const found = record['__metadata'];
  return isJsonObject(found) ? found : {};
}

function etagOf(record: JsonObject): string | undefined {
  const etag = record['@odata.etag'] ?? metadataOf(record)['etag'];
  return typeof etag === 'string' ? etag : undefined;
}

interface Update {
  readonly url: string;
  readonly etag: string | undefined;
  readonly body: Readonly<Record<string, Json>>;
  readonly what: string;
  readonly change: WriteChange;
}

/** Merges the property into the record: PATCH, in version 2 MERGE behind POST. */
function send(service: Service, update: Update, context: ReadContext): Promise<Result<true>> {
  const { system, version } = service;
  const { what, change } = update;
  const sent = attempt<true>(async () => {
    const headers = {
      ...service.headers,
      ...(await csrfHeaders(service, context)),
      'content-type': version === 2 ? 'application/json' : 'application/json;IEEE754Compatible=true',
      ...(update.etag !== undefined && { 'if-match': update.etag }),
      ...(version === 2 && { 'x-http-method': 'MERGE' }),
    };
    const method = version === 2 ? 'POST' : 'PATCH';
    const response = await context.fetch(update.url, { method, headers, body: JSON.stringify(update.body) });
    const text = await response.text();
    if (response.status === 412 || response.status === 409) {
      return failed(problem('LW3161', { system, path: change.path, kind: change.kind, key: change.key }));
    }
    if (response.status === 204 || (response.ok && isAnswer(text))) return ok(true);
    if (response.ok) return failed(problem('LW3006', { system, what, reason: 'it is no answer of an OData service' }));
    return failed(problem('LW3164', { system, what, reason: `it answered ${response.status}` }));
  });
  return sent.then((result) =>
    result.ok ? result : failed(...result.problems.map((found) => nameDenial(found, system, what))),
  );
}

function nameDenial(found: Problem, system: string, what: string): Problem {
  return found.code === 'LW3003'
    ? problem('LW3003', { system, what: `and writing ${what}`, permission: `update ${what}` })
    : found;
}

/** The changed record, as services return it that do not answer 204. */
function isAnswer(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** SAP Gateway gives the token for the asking, with cookies that must come back along with it; others ignore the request. */
async function csrfHeaders(service: Service, context: ReadContext): Promise<Readonly<Record<string, string>>> {
  if (service.version !== 2) return {};
  const headers = { ...service.headers, 'x-csrf-token': 'Fetch' };
  const response = await context.fetch(urlOf(service, '', {}), { headers });
  const what = 'a token for writing';
  const { system } = service;
  const isDocument = isAnswer(await response.text());
  if (!response.ok) throw new ProblemError(problem('LW3007', { system, what, status: response.status }));
  if (!isDocument) throw new ProblemError(problem('LW3006', { system, what, reason: 'it is no service document' }));
  const token = response.headers.get('x-csrf-token');
  const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '');
  return { ...(token && { 'x-csrf-token': token }), ...(cookies.length > 0 && { cookie: cookies.join('; ') }) };
}
