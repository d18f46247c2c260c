import type { Fetch } from '../context/guard-fetch.ts';
import { digestBody, Recording, type RecordingInput, replay, requestName } from './recording.ts';

/** A fetch that answers from recordings. */
export interface RecordedTransport {
  readonly fetch: Fetch;
  /** Requests made so far, in order, as {@link requestName} writes them. */
  readonly requests: readonly string[];
  /** Requests that no recording answers. */
  readonly unexpected: readonly string[];
  /** Recordings nobody asked for. */
  unread(): readonly string[];
}

/** Answers instead of the recording: number of the request (from 0), the recorded answer, and the caller's signal. */
export type Disturbance = (
  index: number,
  answer: Response,
  signal: AbortSignal | undefined,
) => Promise<Response> | Response;

/**
 * Answers each request from its recording. A request recorded several times gets its answers in order; the last one
 * repeats. A request that was never recorded fails and is remembered as unexpected.
 */
export function recordedTransport(
  recordings: readonly RecordingInput[],
  disturb: Disturbance = (_, answer) => answer,
): RecordedTransport {
  const answers = new Map<string, { queue: Recording[]; read: boolean }>();
  for (const input of recordings) {
    const recording = Recording.parse(input);
    const name = requestName(recording.request);
    const known = answers.get(name);
    if (known) known.queue.push(recording);
    else answers.set(name, { queue: [recording], read: false });
  }
  const requests: string[] = [];
  const unexpected: string[] = [];
  return {
    requests,
    unexpected,
    unread: () => [...answers].filter(([, entry]) => !entry.read || entry.queue.length > 1).map(([name]) => name),
    async fetch(input, init) {
      const request = new Request(input, init);
      const body = request.body ? new Uint8Array(await request.arrayBuffer()) : undefined;
      const name = requestName({ method: request.method, url: request.url, bodyDigest: digestBody(body) });
      const index = requests.push(name) - 1;
      const entry = answers.get(name);
      const recording = entry?.queue.length === 1 ? entry.queue[0] : entry?.queue.shift();
      if (!entry || !recording) {
        unexpected.push(name);
        throw new TypeError(`No recording answers ${name}`);
      }
      entry.read = true;
      return disturb(index, replay(recording), init?.signal ?? undefined);
    },
  };
}
