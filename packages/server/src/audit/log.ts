import { ProblemError, problem } from '@leeway/core';
import type { AuditDraft, ServerStore } from '@leeway/store';

/** Where whatever is done is written down. */
export interface AuditLog {
  /** Resolves when the entry is kept. Problem LW8110 where it cannot be: then what it is about must not count as done. */
  record(draft: Omit<AuditDraft, 'at'>): Promise<void>;
}

interface Waiting {
  readonly draft: AuditDraft;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Entries that come while others are being written go together in the next transaction: writers wait for one another. */
export function createAuditLog(store: Pick<ServerStore, 'audit'>, estate: () => string, now: () => Date): AuditLog {
  let waiting: Waiting[] = [];
  let isWriting = false;

  const writeAll = async () => {
    isWriting = true;
    for (let batch = waiting; batch.length > 0; batch = waiting) {
      waiting = [];
      await write(batch);
    }
    isWriting = false;
  };
  const write = async (batch: readonly Waiting[]) => {
    try {
      await store.audit.append(
        estate(),
        batch.map(({ draft }) => draft),
      );
      for (const { resolve } of batch) resolve();
    } catch (error) {
      const reason = error instanceof Error ? error.message.replace(/\.$/, '') : 'it failed';
      for (const { reject } of batch) reject(new ProblemError(problem('LW8110', { reason })));
    }
  };
  return {
    record: (draft) =>
      new Promise((resolve, reject) => {
        waiting.push({ draft: { ...draft, at: now().toISOString() }, resolve, reject });
        if (!isWriting) void writeAll();
      }),
  };
}
