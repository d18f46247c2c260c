import type { QueryClient } from '@tanstack/react-query';

/** How the page learns that something moved: told at once, asking every half minute, or not at all. */
export type Connection = 'connecting' | 'live' | 'asking' | 'lost';

/** Which answers an event makes old: first parts of query keys. What is not listed is told by every event. */
const concerns: Readonly<Record<string, readonly string[]>> = {
  jobs: ['jobs', 'sources', 'environment'],
  requests: ['requests', 'overview', 'approved', 'finding'],
};

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

  const askAgain = (what?: string) => {
    const parts = what === undefined ? undefined : concerns[what];
    void queries.invalidateQueries({
      predicate: ({ queryKey }) => parts === undefined || parts.includes(String(queryKey[0])),
    });
  };
  const open = () => {
    stream = new EventSource('/api/v1/events');
    stream.addEventListener('open', () => {
      clearInterval(asking);
      tell('live');
    });
    for (const name of ['findings', 'estate', 'jobs', 'requests']) {
      stream.addEventListener(name, () => askAgain(name));
    }
    stream.addEventListener('message', () => askAgain());
    stream.addEventListener('error', () => {
      tell(navigator.onLine ? 'asking' : 'lost');
      if (stream?.readyState !== EventSource.CLOSED) return;
      clearInterval(asking);
      asking = setInterval(askAgain, askEvery);
      clearTimeout(again);
      again = setTimeout(open, tryAgainAfter);
    });
  };
  const offline = () => tell('lost');
  const online = () => tell('asking');
  window.addEventListener('offline', offline);
  window.addEventListener('online', online);
  open();
  return () => {
    stream?.close();
    clearInterval(asking);
    clearTimeout(again);
    window.removeEventListener('offline', offline);
    window.removeEventListener('online', online);
  };
}
