import { hash } from 'node:crypto';
import { attempt, authorizationOf, type ChallengedInit, parseShape, type ReadContext } from '@leeway/connector-kit';
import { failed, type Json, ok, problem, type Result } from '@leeway/core';
import type { z } from 'zod';
import { Token } from './schema.ts';
import type { RegistrySettings } from './settings.ts';

export const system = 'the registry';

/** One document of a repository: `manifests/<tag>`, `blobs/<digest>`, `tags/list`. */
export interface Asked {
  readonly repository: string;
  readonly path: string;
  readonly what: string;
}

/** A document with its digest and the place of the next page, where there is one. */
export interface Document {
  readonly value: Json;
  readonly bytes: Uint8Array;
  readonly digest: string;
  readonly next: string | undefined;
}

const accept = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/json',
].join(', ');

/** A registry, signed in as its answers demand. */
export class RegistryClient {
  readonly #settings: RegistrySettings;
  readonly #context: ReadContext;
  /** Authorization by repository: tokens are given out for one. */
  readonly #authorizations = new Map<string, string>();

  constructor(settings: RegistrySettings, context: ReadContext) {
    this.#settings = settings;
    this.#context = context;
  }

  /** A document; undefined where there is none. LW3006 where it is not what its digest says. */
  async get(asked: Asked): Promise<Result<Document | undefined>> {
    const address = `${this.#settings.url.replace(/\/+$/, '')}/v2/${asked.repository}/${asked.path}`;
    return attempt(async () => {
      const answered = await this.#send(address, asked);
      if (!answered.ok) return answered;
      const response = answered.value;
      const { status } = response;
      const bytes = new Uint8Array(await response.arrayBuffer());
      if (status === 404) return ok(undefined);
      if (status === 401) return failed(problem('LW3002', { system }));
      if (!response.ok) return failed(problem('LW3007', { system, what: asked.what, status }));
      return parseDocument(bytes, response, asked);
    });
  }

  async shape<Schema extends z.ZodType>(
    asked: Asked,
    schema: Schema,
  ): Promise<Result<(Document & { readonly parsed: z.output<Schema> }) | undefined>> {
    const found = await this.get(asked);
    if (!found.ok || found.value === undefined) return found.ok ? ok(undefined) : found;
    const parsed = parseShape(schema, found.value.value, { system, what: asked.what });
    return parsed.ok ? ok({ ...found.value, parsed: parsed.value }) : parsed;
  }

  async #send(address: string, asked: Asked): Promise<Result<Response>> {
    const known = this.#authorizations.get(asked.repository);
    const first = await this.#fetch(address, known);
    if (first.status !== 401) return ok(first);
    await first.body?.cancel().catch(() => undefined);
    const authorization = await this.#authorize(first.headers.get('www-authenticate') ?? '', asked.repository);
    if (!authorization.ok) return authorization;
    this.#authorizations.set(asked.repository, authorization.value);
    return ok(await this.#fetch(address, authorization.value));
  }

  #fetch(address: string, authorization: string | undefined): Promise<Response> {
    const init: ChallengedInit = {
      challenged: true,
      headers: { accept, ...(authorization !== undefined && { authorization }) },
    };
    return this.#context.fetch(address, init);
  }

  /** Answers a challenge: https://distribution.github.io/distribution/spec/auth/token/ or basic authentication. */
  async #authorize(challenge: string, repository: string): Promise<Result<string>> {
    const own = authorizationOf(this.#context, this.#settings, system);
    if (!own.ok) return own;
    const { authorization } = own.value;
    if (!/^bearer\b/i.test(challenge) || authorization?.startsWith('Bearer ')) {
      return authorization === undefined ? failed(problem('LW3002', { system })) : ok(authorization);
    }
    const parts = new Map([...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', text = '']) => [name, text]));
    const realm = tokenAddress(parts.get('realm') ?? '', this.#settings.url);
    if (!realm)
      return failed(
        problem('LW3006', { system, what: 'the sign-in', reason: 'its token service has no safe address' }),
      );
    const service = parts.get('service');
    if (service !== undefined) realm.searchParams.set('service', service);
    realm.searchParams.set('scope', `repository:${repository}:pull`);
    const headers = { accept: 'application/json', ...(authorization !== undefined && { authorization }) };
    const response = await this.#context.fetch(realm, { headers });
    const document = parseJson(await response.text());
    const token = parseShape(Token, document ?? null, { system, what: 'a token' });
    return token.ok ? ok(`Bearer ${token.value}`) : token;
  }
}

/** A password goes to a token service over TLS, or back to where the registry itself is. */
function tokenAddress(realm: string, registry: string): URL | undefined {
  const url = URL.canParse(realm) ? new URL(realm) : undefined;
  return url && (url.protocol === 'https:' || url.origin === new URL(registry).origin) ? url : undefined;
}

function parseDocument(bytes: Uint8Array, response: Response, { path, what }: Asked): Result<Document> {
  const unreadable = (reason: string) => failed<Document>(problem('LW3006', { system, what, reason }));
  const value = parseJson(new TextDecoder().decode(bytes));
  if (value === undefined) return unreadable('it is not valid JSON');
  const digest = `sha256:${hash('sha256', bytes)}`;
  const promised = /sha256:[0-9a-f]{64}$/.exec(path)?.[0] ?? response.headers.get('docker-content-digest');
  const isList = path.startsWith('tags/') || path.startsWith('referrers/');
  if (!isList && promised?.startsWith('sha256:') && promised !== digest) return unreadable('its digest is another one');
  const next = /<[^>]*[?&]last=([^&>]+)[^>]*>;\s*rel="?next"?/.exec(response.headers.get('link') ?? '')?.[1];
  return ok({ value, bytes, digest, next });
}

/** The document; undefined where it is no JSON. The parser's own words quote the text. */
function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
