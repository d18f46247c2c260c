import type { Protection } from './schema.ts';

/** Where these say that something is allowed, one that forbids it wins; of all others, one that asks for it. */
const permissive = new Set(['forcePush', 'deletion']);

/** Several protections of one branch as they hold together. */
export function strictest(protections: readonly Protection[]): Protection {
  const merged: Record<string, unknown> = {};
  for (const protection of protections) {
    for (const [field, value] of Object.entries(protection)) {
      merged[field] = field in merged ? stricter(field, merged[field], value) : value;
    }
  }
  return merged as Protection;
}

function stricter(field: string, one: unknown, other: unknown): unknown {
  if (typeof one === 'number' && typeof other === 'number') return Math.max(one, other);
  if (Array.isArray(one) && Array.isArray(other)) return [...new Set([...one, ...other])].sort();
  return permissive.has(field) ? one === true && other === true : one === true || other === true;
}
