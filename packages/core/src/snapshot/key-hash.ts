import { digestHex } from '../json/digest.ts';
import { keyHashBytes } from './entry.ts';

/** The hash a resource is found by in an index, in hexadecimal. `key` is environment-neutral. */
export function keyHashOf(kind: string, key: string): string {
  return digestHex(`${kind}\n${key}`, keyHashBytes * 2);
}
