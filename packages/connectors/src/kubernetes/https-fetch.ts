import type { IncomingMessage } from 'node:http';
import { type RequestOptions, request } from 'node:https';
import { Readable } from 'node:stream';
import type { Fetch } from '@leeway/connector-kit';

/**
 * Fetch over node:https with TLS options and an agent of its own. Node's fetch takes no client certificate, and the
 * dispatchers of another undici release (as client-node brings) do not fit it.
 */
export function httpsFetch(options: RequestOptions): Fetch {
  return (input, init) =>
    new Promise((resolve, reject) => {
      const url = new URL(input instanceof Request ? input.url : input);
      const headers = { ...options.headers, ...Object.fromEntries(new Headers(init?.headers)) };
      const signal = init?.signal ?? undefined;
      const send: RequestOptions = { ...options, headers, method: init?.method ?? 'GET', ...(signal && { signal }) };
      const sent = request(url, send, (answer) => resolve(toResponse(answer)));
      sent.on('error', (error) => reject(signal?.aborted ? signal.reason : error));
      sent.end();
    });
}

function toResponse(answer: IncomingMessage): Response {
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headersDistinct)) headers.set(name, (value ?? []).join(', '));
  const status = answer.statusCode ?? 502;
  const isEmpty = status === 204 || status === 304;
  const body = isEmpty ? null : (Readable.toWeb(answer) as ReadableStream<Uint8Array>);
  return new Response(body, { status, headers });
}
