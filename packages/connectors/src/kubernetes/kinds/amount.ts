import type { Json } from '@leeway/core';
import { normalizeQuantity } from '@leeway/core/compare/quantity.ts';

/** True for two spellings of one Kubernetes quantity: `1`, `"1"`, `1000m`. Absent is no amount. */
export function isSameAmount(left: Json | undefined, right: Json | undefined): boolean {
  if (left === undefined || right === undefined) return false;
  return normalizeQuantity('kubernetes', left) === normalizeQuantity('kubernetes', right);
}
