import type { QueryClient } from '@tanstack/react-query';

/** How the page learns that something moved: told at once, asking every half minute, or not at all. */
export type Connection = 'connecting' | 'live' | 'asking' | 'lost';

/** Which answers an event makes old: first parts of query keys. What is not listed is told by every event. */
const concerns: Readonly<Record<string, readonly string[]>> = {
  jobs: ['jobs', 'sources', 'environment'],
  requests: ['requests', 'overview', 'approved', 'finding'],
  deliveries: ['deliveries'],
};

/** Milliseconds within which events are taken together: a scan tells of its progress often. */
const gather = 400;

const askEvery = 30_000;
const tryAgainAfter = 60_000;

/**
 * Follows the estate: asks again for what an event concerns. Where no stream can be had it asks by itself, and tries the
 * stream again later.
 */
export function followEstate(queries: QueryClient, tell: (state: Connection) => void): () => void {
  let stream: EventSource | undefined;
  let asking: ReturnType<typeof setInterval> | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;

  let gathered: ReturnType<typeof setTimeout> | undefined;
  const told = new Set<string>();

  const askAgain = () => void queries.invalidateQueries();
  const hear = (name: string) => {
    told.add(name);
    gathered ??= setTimeout(() => {
      gathered = undefined;
      const names = [...told];
      told.clear();
      void queries.invalidateQueries({ predicate: ({ queryKey }) => names.some((one) => concerned(one, queryKey)) });
    }, gather);
  };
  const open = () => {
    stream = new EventSource('/api/v1/events');
    stream.addEventListener('open', () => {
      clearInterval(asking);
      // What moved while nobody listened is not told again.
      if (failures > 0) askAgain();
      failures = 0;
      tell('live');
    });
    for (const name of ['findings', 'estate', 'jobs', 'requests', 'deliveries']) {
      stream.addEventListener(name, () => hear(name));
    }
    stream.addEventListener('message', askAgain);
    stream.addEventListener('error', () => {
      failures++;
      // The browser connects again by itself: a stream that merely ended is back at once, a server that is gone is not.
      if (stream?.readyState !== EventSource.CLOSED) return tell(failures < 3 ? 'connecting' : 'lost');
      tell('asking');
      clearInterval(asking);
      asking = setInterval(askAgain, askEvery);
      clearTimeout(again);
      again = setTimeout(open, tryAgainAfter);
    });
  };
  const offline = () => tell('lost');
  const online = () => tell('connecting');
  window.addEventListener('offline', offline);
  window.addEventListener('online', online);
  open();
  return () => {
    stream?.close();
    clearInterval(asking);
    clearTimeout(again);
    clearTimeout(gathered);
    window.removeEventListener('offline', offline);
    window.removeEventListener('online', online);
  };
}

/** Whether an event makes an answer old. */
export function concerned(event: string, queryKey: readonly unknown[]): boolean {
  return concerns[event]?.includes(String(queryKey[0])) ?? true;
}
