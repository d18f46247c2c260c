import { createHash } from 'node:crypto';
import { z } from 'zod';

/** One request and its answer, as stored in a `recordings/*.json` file. */
export const Recording = z.strictObject({
  request: z.strictObject({
    method: z.string().default('GET'),
    url: z.string(),
    /** Of the request's body; absent for none. */
    bodyDigest: z.string().optional(),
  }),
  response: z.strictObject({
    status: z.int().default(200),
    headers: z.record(z.string(), z.string()).default({}),
    /** The body, in one of three spellings. */
    json: z.json().optional(),
    text: z.string().optional(),
    base64: z.string().optional(),
  }),
});
export type Recording = z.infer<typeof Recording>;
/** A recording as written by hand: method, status and headers may be left out. */
export type RecordingInput = z.input<typeof Recording>;

/** A recordings file: what it was recorded from, and the exchanges in order. */
export const RecordingFile = z.strictObject({ about: z.string(), recordings: z.array(Recording) });
export type RecordingFile = z.infer<typeof RecordingFile>;

/** First 16 hex digits of the SHA-256 of a request body; undefined for none. */
export function digestBody(body: string | Uint8Array | undefined): string | undefined {
  return body?.length ? createHash('sha256').update(body).digest('hex').slice(0, 16) : undefined;
}

/** What makes two requests the same one: method, URL with its query in any order, and body. */
export function requestName(request: { method: string; url: string; bodyDigest?: string | undefined }): string {
  const url = new URL(request.url);
  url.searchParams.sort();
  return [request.method.toUpperCase(), url.href, request.bodyDigest].filter(Boolean).join(' ');
}

/** The recorded answer as a Response. */
export function replay({ response }: Recording): Response {
  const { status, headers } = response;
  if (status === 204 || status === 304) return new Response(null, { status, headers });
  if (response.json !== undefined) {
    return new Response(JSON.stringify(response.json), {
      status,
      headers: { 'content-type': 'application/json', ...headers },
    });
  }
  const body = response.base64 === undefined ? (response.text ?? '') : Buffer.from(response.base64, 'base64');
  return new Response(body, { status, headers });
}
