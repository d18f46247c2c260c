import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ServerContext } from '../context.ts';
import type { CallInput, CallOutput, Contract } from '../contract/contract.ts';
import type { Principal } from '../identity/principal.ts';

/** One call as a handler sees it. */
export interface Call<C extends Contract> extends CallInput<C> {
  /** Who calls; on operations open to the public there may be nobody. */
  readonly principal: C['access'] extends 'public' ? Principal | undefined : Principal;
  /** Aborts when the caller went away. */
  readonly signal: AbortSignal;
  /** For the few operations that set cookies. */
  readonly reply: FastifyReply;
  readonly request: FastifyRequest;
}

/** Texts that are sent as they come. */
export type Streamed = AsyncIterable<string>;

/** Answers one operation. Expected failures are thrown as ProblemError and answered with their status. */
export type Handler<C extends Contract> = (
  call: Call<C>,
  context: ServerContext,
) => Promise<C['stream'] extends string ? Streamed : CallOutput<C>>;

/** Handlers of a group of operations, bound by id: a missing or misnamed one is a type error. */
export type HandlersOf<A extends Readonly<Record<string, Contract>>> = { readonly [K in keyof A]: Handler<A[K]> };
