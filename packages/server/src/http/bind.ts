import { Readable } from 'node:stream';
import { ProblemError, problem } from '@leeway/core';
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchema } from 'fastify';
import type { ServerContext } from '../context.ts';
import type { Contract, Contracts } from '../contract/contract.ts';
import { problemDocument } from '../contract/words.ts';
import { may, type Principal } from '../identity/principal.ts';
import { isFromHere, type Site } from '../identity/site.ts';
import type { AnswerCache } from './answer-cache.ts';
import { audited, recordRefusal } from './audited.ts';
import type { Call, Handler, HandlersOf } from './call.ts';
import { apiPrefix } from './prefix.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    readonly operationId?: string;
    readonly contract?: Contract;
    /** True for routes outside the API that anybody may read: the document, health. */
    readonly open?: true;
    /** True for what works before the first administrator is made: health, static files and setting up itself. */
    readonly beforeSetUp?: true;
  }
}

/** Milliseconds. A stream ends by itself; the limit of calls would cut it in the middle. */
const longestStream = 2 ** 31 - 1;

/** Makes a route of every contract. What has no contract is no route of the API. */
export function bindContracts<A extends Contracts>(
  app: FastifyInstance,
  contracts: A,
  handlers: HandlersOf<A>,
  context: ServerContext,
  cache: AnswerCache,
): void {
  for (const [operationId, contract] of Object.entries(contracts)) {
    const handle = handlers[operationId] as unknown as Handler<Contract>;
    app.route({
      method: contract.method,
      url: `${apiPrefix}${contract.url}`,
      schema: schemaOf(operationId, contract),
      config: { operationId, contract, ...(contract.beforeSetUp && { beforeSetUp: true }) },
      ...(contract.stream && { handlerTimeout: longestStream }),
      // Before the body is read: what nobody may do costs nothing.
      onRequest: (request) => admit(request, contract, context),
      ...(contract.cached && { preHandler: cache.answer, onSend: cache.keep }),
      handler: async (request, reply) => {
        const run = async () => handle(callOf(request, reply), context);
        return answer(await audited(context, request, contract, run), contract, reply);
      },
    });
  }
}

/** What Fastify validates and the OpenAPI document says of a contract. */
export function schemaOf(operationId: string, contract: Contract): FastifySchema {
  const { params, query, body, response, summary, tag } = contract;
  const problems = { 'application/problem+json': { schema: problemDocument } };
  return {
    ...(params && { params }),
    ...(query && { querystring: query }),
    ...(body && { body }),
    response: {
      ...(response && { [statusOf(contract)]: response }),
      default: { description: 'A coded problem.', content: problems },
    },
    // For the OpenAPI document.
    ...{ operationId, summary, tags: [tag] },
  };
}

function statusOf({ status, response, stream }: Contract): number {
  return status ?? (response || stream ? 200 : 204);
}

/** Lets a call in, or refuses it and writes that down. */
async function admit(request: FastifyRequest, contract: Contract, context: ServerContext): Promise<void> {
  try {
    authorize(request, contract, context);
  } catch (error) {
    await recordRefusal(context, request, contract, error);
    throw error;
  }
}

/** Deny by default: a call passes when its contract says that everybody may, or its principal holds the permission. */
function authorize(request: FastifyRequest, contract: Contract, { site }: ServerContext): void {
  const { access, method } = contract;
  if (access === 'public') return;
  const { principal } = request;
  if (!principal) throw new ProblemError(problem('LW8001'));
  if (method !== 'GET' && !isOwnWrite(request, principal, site)) throw new ProblemError(problem('LW8009'));
  if (access === 'signed-in' || may(principal, access)) return;
  throw new ProblemError(problem('LW8002', { name: principal.name, permission: access, scope: '' }));
}

/** Whether a write is meant: a browser sends the cookie of a session along whoever made it call. */
function isOwnWrite(request: FastifyRequest, { csrf }: Principal, site: Site): boolean {
  if (csrf === undefined) return true;
  return request.headers['x-csrf-token'] === csrf && isFromHere(site, request);
}

function callOf(request: FastifyRequest, reply: FastifyReply): Call<Contract> {
  const { params, query, body, principal } = request;
  return { params, query, body, principal, signal: request.signal, request, reply } as Call<Contract>;
}

function answer(value: unknown, contract: Contract, reply: FastifyReply): FastifyReply {
  reply.status(statusOf(contract));
  if (contract.stream) {
    // An operation that answers in several forms has said which.
    if (!reply.hasHeader('content-type')) reply.header('content-type', `${contract.stream}; charset=utf-8`);
    reply.header('cache-control', 'no-store');
    return reply.send(Readable.from(value as AsyncIterable<string>));
  }
  return contract.response ? reply.send(value) : reply.send();
}
