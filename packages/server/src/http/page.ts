import { ProblemError, problem } from '@leeway/core';

/** Where a page begins in a list that stays what it is under its `key`. */
export function pageCursor(key: string, offset: number): string {
  return Buffer.from(JSON.stringify([key, offset])).toString('base64url');
}

/** What a cursor says; throws LW8004 for one nobody handed out. */
export function readCursor(cursor: string): { readonly key: string; readonly offset: number } {
  try {
    const [key, offset] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as [unknown, unknown];
    if (typeof key === 'string' && Number.isSafeInteger(offset) && (offset as number) >= 0) {
      return { key, offset: offset as number };
    }
  } catch {
    // Falls through: whatever it is, it is no cursor.
  }
  throw new ProblemError(problem('LW8004', { where: 'cursor', reason: 'it was not handed out by this server' }));
}

/** One page of a list that stays what it is under its `key`. Throws LW8303 for the cursor of another list. */
export function cutPage<T>(
  items: readonly T[],
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
  key: string,
): { readonly items: readonly T[]; readonly next?: string } {
  const from = cursor === undefined ? { key, offset: 0 } : readCursor(cursor);
  if (from.key !== key) throw new ProblemError(problem('LW8303'));
  const end = from.offset + limit;
  return { items: items.slice(from.offset, end), ...(end < items.length && { next: pageCursor(key, end) }) };
}
