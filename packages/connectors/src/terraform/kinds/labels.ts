import type { JsonObject } from '@leeway/core';

/**
 * Tags stand twice in a state: as the resource declares them, and with the provider's default tags (`tags_all`, Google's
 * `effective_labels`). Only the second list is what the cloud holds; it takes the place of the first, so that a lost
 * default tag shows and every other tag shows once. Pure and idempotent.
 */
export function foldLabels(
  attributes: JsonObject,
  own: string,
  all: string,
  dropped: readonly string[] = [],
): JsonObject {
  const names = [all, ...dropped].filter((name) => name in attributes);
  if (names.length === 0) return attributes;
  const folded = Object.fromEntries(Object.entries(attributes).filter(([key]) => !names.includes(key)));
  const everything = attributes[all];
  return everything === undefined ? folded : { ...folded, [own]: everything };
}
