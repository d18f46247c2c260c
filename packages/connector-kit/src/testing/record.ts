import type { Fetch } from '../context/guard-fetch.ts';
import { digestBody, type Recording, type RecordingFile } from './recording.ts';

/** Headers of answers that connectors may depend on; the others hold sessions, hosts and dates. */
const keptHeaders = [
  'docker-content-digest',
  'www-authenticate',
  'content-type',
  'link',
  'retry-after',
  'x-next-page',
  'x-total-count',
  'x-total',
];

export interface Recorder {
  readonly fetch: Fetch;
  /** Everything exchanged so far, scrubbed. */
  recordings(about: string): RecordingFile;
}

/**
 * Passes requests on to a real transport and keeps what was said, for `recordings/*.json`. Request headers are never
 * kept. `scrub` maps texts that must not be kept (passwords, tokens, account ids, host names) to what stands for them.
 */
export function record(real: Fetch, scrub: Readonly<Record<string, string>>): Recorder {
  const exchanges: Recording[] = [];
  const clean = (text: string) =>
    Object.entries(scrub).reduce((cleaned, [found, instead]) => cleaned.replaceAll(found, instead), text);
  return {
    async fetch(input, init) {
      const request = new Request(input, init);
      const body = request.body ? new Uint8Array(await request.clone().arrayBuffer()) : undefined;
      const answer = await real(request);
      const bodyDigest = digestBody(body);
      exchanges.push({
        request: { method: request.method, url: clean(request.url), ...(bodyDigest && { bodyDigest }) },
        response: await keepAnswer(answer.clone(), clean),
      });
      return answer;
    },
    recordings: (about) => ({ about, recordings: exchanges }),
  };
}

async function keepAnswer(answer: Response, clean: (text: string) => string): Promise<Recording['response']> {
  const headers = Object.fromEntries(
    keptHeaders.flatMap((name) => {
      const value = answer.headers.get(name);
      return value === null ? [] : [[name, clean(value)] as const];
    }),
  );
  const text = clean(await answer.text());
  if (!headers['content-type']?.includes('json')) return { status: answer.status, headers, text };
  return { status: answer.status, headers, json: JSON.parse(text) };
}
