import { isJsonObject, type Json, type JsonObject } from '@leeway/core';

/** Drops what does not apply: the catalogs answer null for it. */
export function withoutNulls(attributes: JsonObject): JsonObject {
  const kept: Record<string, Json> = {};
  for (const key in attributes) {
    const value = attributes[key];
    if (value !== null && value !== undefined) kept[key] = isJsonObject(value) ? withoutNulls(value) : value;
  }
  return kept;
}
