import { hash } from 'node:crypto';

/** SHA-256 of a text, lower-case hexadecimal, cut to `length` digits. */
export function digestHex(text: string, length = 64): string {
  return hash('sha256', text).slice(0, length);
}

/** SHA-256 of a text or bytes. */
export function digestBytes(data: string | Uint8Array): Uint8Array {
  return hash('sha256', data, 'buffer');
}
