import type { ZodType, z } from 'zod';
import type { Permission } from '../identity/permissions.ts';

/** Who may call an operation: anybody, anybody who signed in, or whoever holds the permission somewhere. */
export type Access = 'public' | 'signed-in' | Permission;

/** What an operation answers with when it is no JSON document. */
export type StreamKind = 'text/event-stream' | 'application/x-ndjson' | 'text/csv' | 'text/html' | 'application/json';

/**
 * One operation of the API: the single source of its route, its validation, its types and its place in the OpenAPI
 * document. Handlers stand apart (`routes/`) and are bound by `operationId`.
 */
export interface Contract {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/api/v1`, parameters as `:name`. */
  readonly url: `/${string}`;
  readonly summary: string;
  readonly tag: string;
  readonly access: Access;
  readonly params?: ZodType;
  readonly query?: ZodType;
  readonly body?: ZodType;
  /** The JSON document of a success; absent for `204` and streams. */
  readonly response?: ZodType;
  readonly stream?: StreamKind;
  /** Status of a success: 200 where a response or stream is given, 204 where not, unless said otherwise. */
  readonly status?: 200 | 201 | 202 | 204;
  /** True for answers that depend on nothing but what was recorded, the estate's revision and who asks: kept until one moves. */
  readonly cached?: true;
  /** True for what works before the first administrator is made. */
  readonly beforeSetUp?: true;
  /** True for what moves nothing though it is not sent as GET: the audit log then has nothing to say of it. */
  readonly readsOnly?: true;
  /** True where reading itself is recorded in the audit log: exports of evidence. */
  readonly evidence?: true;
}

export type Contracts = Readonly<Record<string, Contract>>;

type Output<S> = S extends ZodType ? z.output<S> : undefined;

/** What a handler gets of a call, validated. */
export interface CallInput<C extends Contract> {
  readonly params: Output<C['params']>;
  readonly query: Output<C['query']>;
  readonly body: Output<C['body']>;
}

/** What a handler answers: the document as the schema takes it. */
export type CallOutput<C extends Contract> = C['response'] extends ZodType ? z.output<C['response']> : undefined;
