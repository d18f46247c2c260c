import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sightOf } from '../identity/principal.ts';

/** Answers of operations that change only when something was recorded: computed once for all who see the same. */
export interface AnswerCache {
  /** Before the handler: sends what is kept, or 304 where the caller has it. */
  readonly answer: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;
  /** After the handler: keeps the answer. */
  readonly keep: (request: FastifyRequest, reply: FastifyReply, payload: unknown) => Promise<unknown>;
}

interface Kept {
  readonly etag: string;
  readonly body: Buffer;
  readonly until: number;
}

const keptMilliseconds = 30_000;

/**
 * Keeps answers for half a minute at most, and no longer than `version` stays: it names what was recorded and the estate's
 * revision. The oldest go first once `bytes` are kept.
 */
export function createAnswerCache(
  version: () => Promise<string>,
  clock: () => number,
  bytes = 64 * 2 ** 20,
): AnswerCache {
  const kept = new Map<string, Kept>();
  let size = 0;
  const drop = (key: string) => {
    size -= kept.get(key)?.body.length ?? 0;
    kept.delete(key);
  };
  const keyOf = async (request: FastifyRequest) =>
    `${await version()} ${request.url} ${request.principal ? sightOf(request.principal) : ''}`;
  const keys = new WeakMap<FastifyRequest, string>();

  return {
    async answer(request, reply) {
      const key = await keyOf(request);
      const found = kept.get(key);
      if (found === undefined || found.until < clock()) {
        keys.set(request, key);
        return undefined;
      }
      return send(request, reply, found);
    },
    async keep(request, reply, payload) {
      const key = keys.get(request);
      if (key === undefined || reply.statusCode !== 200 || typeof payload !== 'string') return payload;
      const body = Buffer.from(payload);
      const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
      reply.header('etag', etag).header('cache-control', 'private, no-cache');
      drop(key);
      kept.set(key, { etag, body, until: clock() + keptMilliseconds });
      size += body.length;
      for (const oldest of kept.keys()) {
        if (size <= bytes) break;
        drop(oldest);
      }
      if (request.headers['if-none-match'] !== etag) return payload;
      reply.status(304);
      return null;
    },
  };
}

function send(request: FastifyRequest, reply: FastifyReply, { etag, body }: Kept): FastifyReply {
  reply.header('etag', etag).header('cache-control', 'private, no-cache');
  if (request.headers['if-none-match'] === etag) return reply.status(304).send();
  return reply.header('content-type', 'application/json; charset=utf-8').send(body);
}
