import { canonicalJson, digestHex, type Json } from '@leeway/core';

/** Something that was done or tried. Times are ISO 8601 UTC with milliseconds. */
export interface AuditDraft {
  readonly at: string;
  readonly actor: string;
  readonly actorKind: 'person' | 'machine' | 'system' | 'nobody';
  readonly action: string;
  readonly subject?: string;
  /** `begun` is written before something is done, so that nothing is done that the log does not have. */
  readonly outcome: 'begun' | 'done' | 'refused' | 'failed';
  readonly detail: { readonly [name: string]: Json };
  readonly address?: string;
  readonly requestId?: string;
}

/** An entry in its place in the chain: `hash` is over all of it and the hash of the one before. */
export interface AuditEntry extends AuditDraft {
  readonly estate: string;
  /** 1 for the first of an estate, without gaps. */
  readonly seq: number;
  readonly previous: string;
  readonly hash: string;
}

/** What the first entry follows. */
export const chainStart = '0'.repeat(64);

/** SHA-256 of the canonical JSON (RFC 8785) of an entry without its hash. */
export function hashEntry({ hash: _own, ...entry }: Omit<AuditEntry, 'hash'> & { readonly hash?: string }): string {
  return digestHex(canonicalJson(entry as unknown as Json));
}

export interface ChainCheck {
  readonly intact: boolean;
  readonly entries: number;
  /** Hash of the newest entry. */
  readonly head?: string;
  /** The first place that does not hold. */
  readonly broken?: { readonly seq: number; readonly reason: string };
}

/**
 * Walks entries, oldest first, and says whether any was changed, removed or put in. What was cut off the end shows where
 * `head` is the hash of an entry that was there once. `isPart`: entries need not begin with the first.
 */
export async function checkChain(
  entries: AsyncIterable<AuditEntry> | Iterable<AuditEntry>,
  { head, isPart = false }: { readonly head?: string | undefined; readonly isPart?: boolean } = {},
): Promise<ChainCheck> {
  let last: AuditEntry | undefined;
  let count = 0;
  let isKnown = head === undefined;
  for await (const entry of entries) {
    const reason = faultOf(entry, last, isPart);
    if (reason !== undefined) return { intact: false, entries: count, broken: { seq: entry.seq, reason } };
    isKnown ||= entry.hash === head;
    last = entry;
    count += 1;
  }
  const newest = last && { head: last.hash };
  if (isKnown) return { intact: true, entries: count, ...newest };
  const reason = 'the entry with the known head is missing: the log was cut off or written anew';
  return { intact: false, entries: count, ...newest, broken: { seq: (last?.seq ?? 0) + 1, reason } };
}

function faultOf(entry: AuditEntry, last: AuditEntry | undefined, isPart: boolean): string | undefined {
  const expected = last ? last.seq + 1 : isPart ? entry.seq : 1;
  if (entry.seq !== expected) return `entry ${expected} should stand here`;
  if (last && entry.estate !== last.estate) return 'it belongs to another estate';
  const previous = last?.hash ?? (entry.seq === 1 ? chainStart : entry.previous);
  if (entry.previous !== previous) return 'it does not follow the entry before';
  return entry.hash === hashEntry(entry) ? undefined : 'it was changed after it was written';
}
