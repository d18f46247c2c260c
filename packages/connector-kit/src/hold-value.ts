import {
  canonicalJson,
  failed,
  type Json,
  type Kind,
  ok,
  problem,
  type Resource,
  type Result,
  resolvePointer,
} from '@leeway/core';
import type { ReadContext, WriteChange } from './connector.ts';
import { maskSecrets } from './mask/mask-secrets.ts';

/** What the guard of a write needs to know of the system and of what was found there. */
export interface Held {
  readonly system: string;
  readonly kind: Kind;
  /** The resource as it is now; undefined where there is none. */
  readonly found: Resource | undefined;
}

/** LW3160 unless the source's settings allow writing: reading is all that is done unless somebody asked for more. */
export function allowWriting(system: string, settings: { readonly writable?: boolean | undefined }): Result<true> {
  return settings.writable === true ? ok(true) : failed(problem('LW3160', { system }));
}

/**
 * The value a change is about to replace, as it is now. LW3163 where the resource is gone, LW3161 where the value is not
 * the expected one, LW3162 where it is a secret: those are never carried through Leeway.
 */
export function holdValue(
  change: WriteChange,
  held: Held,
  context: Pick<ReadContext, 'seal'>,
): Result<Json | undefined> {
  const { system, kind, found } = held;
  const named = { system, kind: kind.title, key: change.key };
  if (!found) return failed(problem('LW3163', named));
  const { attributes } = maskSecrets(found, kind, context.seal);
  const shown = resolvePointer(attributes, change.path);
  if (textOf(shown) !== textOf(change.expected)) return failed(problem('LW3161', { ...named, path: change.path }));
  if (textOf(shown) === textOf(resolvePointer(found.attributes, change.path))) return ok(shown);
  return failed(problem('LW3162', { system, path: change.path, reason: 'it is a secret' }));
}

function textOf(value: Json | undefined): string | undefined {
  return value === undefined ? undefined : canonicalJson(value);
}
