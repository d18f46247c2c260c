import type { JsonObject } from '@leeway/core';
import type { Region } from './client/request.ts';

/** One resource as a reader found it, before it has its final name. */
export interface Draft {
  readonly kind: string;
  /** The name people know it by; two of one kind with the same one are told apart by {@link Draft.detail}. */
  readonly name: string;
  readonly detail?: string;
  /** Terraform's shape. */
  readonly attributes: JsonObject;
  /** Names Terraform may keep it under in a state: ARN and id; the first one is shown. */
  readonly ids: readonly string[];
  /** AWS made it by itself and nobody changed it: of interest only to whoever declares it. */
  readonly isGiven?: boolean;
}

/** What reads some kinds from one service. */
export interface Reader {
  /** What is read, for `leeway sources check`. */
  readonly title: string;
  readonly kinds: readonly string[];
  /** Permissions in IAM's words. */
  readonly actions: readonly string[];
  /** Read once an account, not once a region. */
  readonly isGlobal?: boolean;
  read(aws: Region): AsyncGenerator<Draft>;
}

/** Drafts of kinds that quotas keep small, named apart: a name that two of them carry gets what tells them apart. */
export async function* nameApart(drafts: AsyncIterable<Draft>): AsyncGenerator<Draft> {
  const all: Draft[] = [];
  const counts = new Map<string, number>();
  for await (const draft of drafts) {
    all.push(draft);
    const name = `${draft.kind} ${draft.name}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  for (const draft of all) {
    const isShared = (counts.get(`${draft.kind} ${draft.name}`) ?? 0) > 1;
    yield isShared && draft.detail !== undefined ? { ...draft, name: `${draft.name}@${draft.detail}` } : draft;
  }
}
