import { failed, ok, problem, type Result } from '@leeway/core';
import { defaultBytes } from './document.ts';

/**
 * Decodes strict UTF-8 and strips a byte order mark.
 * Problems: LW2003 (not UTF-8, with the offset of the first bad byte), LW2004 (more than `limitBytes`).
 */
export function decodeText(bytes: Uint8Array, file: string, limitBytes = defaultBytes): Result<string> {
  if (bytes.length > limitBytes) {
    return failed(problem('LW2004', { size: bytes.length, limit: limitBytes }, { file }));
  }
  try {
    return ok(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return failed(problem('LW2003', { offset: firstBadByte(bytes) }, { file }));
  }
}

/** Offset of the first byte that cannot continue valid UTF-8: the longest valid prefix ends there. */
function firstBadByte(bytes: Uint8Array): number {
  let good = 0;
  let bad = bytes.length;
  while (good < bad) {
    const middle = (good + bad + 1) >> 1;
    if (isValidPrefix(bytes.subarray(0, middle))) good = middle;
    else bad = middle - 1;
  }
  return good;
}

/** `stream` lets a prefix end inside a character. */
function isValidPrefix(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
