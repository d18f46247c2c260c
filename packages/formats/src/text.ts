import { failed, ok, problem, type Result } from '@leeway/core';
import { defaultBytes } from './document.ts';

/**
 * Decodes strict UTF-8 and strips a byte order mark. NUL is refused: no format of text uses it, and a file that was
 * being written when its machine stopped is full of it.
 * Problems: LW2003 (not UTF-8, with the offset of the first bad byte), LW2004 (more than `limitBytes`), LW2011 (NUL).
 */
export function decodeText(bytes: Uint8Array, file: string, limitBytes = defaultBytes): Result<string> {
  if (bytes.length > limitBytes) {
    return failed(problem('LW2004', { size: bytes.length, limit: limitBytes }, { file }));
  }
  const nul = bytes.indexOf(0);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return nul < 0 ? ok(text) : failed(problem('LW2011', { offset: nul }, { file }));
  } catch {
    return failed(problem('LW2003', { offset: firstBadByte(bytes) }, { file }));
  }
}

/** Offset of the first byte that belongs to no valid character. */
function firstBadByte(bytes: Uint8Array): number {
  let good = 0;
  let bad = bytes.length;
  while (good < bad) {
    const middle = (good + bad + 1) >> 1;
    if (isValid(bytes.subarray(0, middle), true)) good = middle;
    else bad = middle - 1;
  }
  // The longest tolerable prefix may end inside a character that never becomes whole.
  while (!isValid(bytes.subarray(0, good), false)) good--;
  return good;
}

/** With `mayContinue` the text may end inside a character. */
function isValid(bytes: Uint8Array, mayContinue: boolean): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: mayContinue });
    return true;
  } catch {
    return false;
  }
}
