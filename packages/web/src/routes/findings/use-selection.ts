import { useState } from 'react';
import type { FindingRow } from '../../api/types.ts';

/** Causes picked for acting on together. A changed filter empties it: nobody acts on what they no longer see. */
export function useSelection(rows: readonly FindingRow[], filter: string) {
  const [kept, setKept] = useState<{
    readonly filter: string;
    readonly causes: ReadonlySet<string>;
    readonly last?: number;
  }>();
  const causes = kept?.filter === filter ? kept.causes : new Set<string>();
  const keep = (next: ReadonlySet<string>, last?: number) =>
    setKept({ filter, causes: next, ...(last !== undefined && { last }) });
  return {
    rows: rows.filter(({ cause }) => causes.has(cause)),
    has: (cause: string) => causes.has(cause),
    toggle(cause: string) {
      const next = new Set(causes);
      if (!next.delete(cause)) next.add(cause);
      keep(
        next,
        rows.findIndex((row) => row.cause === cause),
      );
    },
    /** Takes in everything from the one picked last. */
    extend(index: number) {
      const from = kept?.last ?? index;
      const range = rows.slice(Math.min(from, index), Math.max(from, index) + 1).map(({ cause }) => cause);
      keep(new Set([...causes, ...range]), index);
    },
    clear: () => setKept(undefined),
  };
}

export type Selection = ReturnType<typeof useSelection>;
