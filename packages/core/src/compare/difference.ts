import type { Json } from '../json/value.ts';

/** One place at which two sides of a resource differ after normalisation. Values are as read. */
export interface Difference {
  /** Pointer with item selectors. */
  readonly path: string;
  readonly change: 'added' | 'removed' | 'changed' | 'reordered';
  /** Absent when `change` is `added`. */
  readonly left?: Json;
  /** Absent when `change` is `removed`. */
  readonly right?: Json;
}
