/** One server-sent event. Data is JSON and therefore one line. */
export function eventText(name: string, data: unknown): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** A comment: keeps the connection alive and is no event. */
export const lifeSign = ': still here\n\n';

/**
 * A stream lasts at most this long: the browser then connects again by itself, and who may see what is asked anew. With
 * the first line it is told to wait a second before that.
 */
export const streamMilliseconds = 15 * 60_000;
export const streamStart = 'retry: 1000\n\n';
