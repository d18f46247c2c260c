import { ProblemError, problem } from '@leeway/core';

/** Cursor of lists that go by a number of the store, newest first. `list` keeps one list's cursor from another's. */
export function encodeCursor(list: string, seq: number): string {
  return Buffer.from(JSON.stringify([list, seq])).toString('base64url');
}

/** The number behind a cursor, or undefined where there is none. Problem: LW8004. */
export function decodeCursor(cursor: string | undefined, list: string): number | undefined {
  if (cursor === undefined) return undefined;
  const [name, seq] = parse(cursor);
  if (name === list && Number.isSafeInteger(seq)) return seq as number;
  throw new ProblemError(problem('LW8004', { where: 'querystring/cursor', reason: 'it is not one this list gave' }));
}

function parse(cursor: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
