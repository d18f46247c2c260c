/**
 * Layout of one index entry. Fixed size, so that a million of them are 45 MB of bytes and comparing two is memcmp.
 *
 * | bytes | what |
 * |---|---|
 * | 0–7 | key hash: truncated SHA-256 of kind and environment-neutral key |
 * | 8–19 | digest: truncated SHA-256 of kind and normal form |
 * | 20–31 | neutral digest: the same with the environment's own names and instance fields taken out |
 * | 32–39 | id of the pack the body lies in |
 * | 40 | line of the body in its pack |
 * | 41–44 | check of the origin: a body is kept until this changes, so that places and actors stay right |
 */
export const entryBytes = 45;
export const keyHashBytes = 8;
export const digestBytesInEntry = 12;
export const digestAt = 8;
export const neutralAt = 20;
export const packAt = 32;
export const slotAt = 40;
export const originAt = 41;
export const originBytes = 4;
export const packIdBytes = 8;
/** Bytes of an entry that say what a resource is; the rest says where its body lies. */
export const identityBytes = 32;
/** Most bodies in one pack; a slot is one byte. */
export const packCapacity = 64;

/** Where a body lies. */
export interface BodyRef {
  /** Pack id in hexadecimal. */
  readonly pack: string;
  readonly slot: number;
}

export function bodyRefAt(entries: Uint8Array, offset: number): BodyRef {
  const pack = Buffer.from(entries.buffer, entries.byteOffset + offset + packAt, packIdBytes).toString('hex');
  return { pack, slot: entries[offset + slotAt] ?? 0 };
}

/** Key hash in hexadecimal, for maps. */
export function keyHashAt(entries: Uint8Array, offset: number): string {
  return Buffer.from(entries.buffer, entries.byteOffset + offset, keyHashBytes).toString('hex');
}

/** Compares `length` bytes of two entries: negative, zero or positive as memcmp. */
export function compareBytes(
  left: Uint8Array,
  leftAt: number,
  right: Uint8Array,
  rightAt: number,
  length: number,
): number {
  for (let at = 0; at < length; at++) {
    const difference = (left[leftAt + at] as number) - (right[rightAt + at] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Bucket of an entry: the first `bits` bits of its key hash. */
export function bucketAt(entries: Uint8Array, offset: number, bits: number): number {
  if (bits === 0) return 0;
  const first =
    ((entries[offset] as number) << 16) | ((entries[offset + 1] as number) << 8) | (entries[offset + 2] as number);
  return first >>> (24 - bits);
}
