import type { FastifyBaseLogger, FastifyRequest } from 'fastify';

/**
 * The log of calls. What stands in a query is left out of addresses: the one-time link and what an identity provider
 * sends back are secrets, and a search may hold one.
 */
export function requestLog(log: FastifyBaseLogger): FastifyBaseLogger {
  return log.child({}, { serializers: { req: tellRequest } });
}

function tellRequest({ method, url, host, ip, socket }: FastifyRequest) {
  return { method, url: url.split('?')[0], host, remoteAddress: ip, remotePort: socket?.remotePort };
}
