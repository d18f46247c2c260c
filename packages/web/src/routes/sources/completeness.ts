import type { SourceReading } from '../../api/types.ts';
import type { Marked } from '../../components/verdict-mark.tsx';

/** What the state of a reading is shown as. */
export const readingMarks: Readonly<Record<SourceReading['state'], Marked>> = {
  complete: 'clean',
  partial: 'not-checked',
  failed: 'not-checked',
  stale: 'stale',
  never: 'not-checked',
};

export const readingWords: Readonly<Record<SourceReading['state'], string>> = {
  complete: 'read completely',
  partial: 'read in part',
  failed: 'not read',
  stale: 'too old',
  never: 'never read',
};

/** Kinds read completely, and all of them, over the planes of a source. */
export function kindsRead({ planes }: Pick<SourceReading, 'planes'>): { readonly read: number; readonly all: number } {
  const kinds = planes.flatMap((plane) => plane.kinds);
  return { read: kinds.filter(({ state }) => state === 'complete').length, all: kinds.length };
}

/** The newest reading of a source; undefined where it was never read. */
export function lastRead({ planes }: Pick<SourceReading, 'planes'>): string | undefined {
  return planes
    .flatMap(({ takenAt }) => takenAt ?? [])
    .sort()
    .at(-1);
}
