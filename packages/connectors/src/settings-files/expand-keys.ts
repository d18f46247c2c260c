import type { Json, JsonObject } from '@leeway/core';
import { isJsonArray, isJsonObject } from '@leeway/core';
import { setOwn } from '@leeway/formats';

interface Branch {
  readonly children: Map<string, Branch | Leaf>;
}
interface Leaf {
  readonly value: Json;
}

/** Keys with more parts than this are left whole. */
const maximumParts = 64;

/**
 * Makes a tree of flat keys: `server.port=1` and `hosts[0]=a` become `{ server: { port: 1 }, hosts: ["a"] }`, so that
 * `.properties` and YAML of one application compare. A key that is a value and a parent at once (`log` beside `log.level`)
 * keeps its longer form whole: nothing is lost, whatever the order of the lines.
 */
export function expandKeys(flat: JsonObject, separator: string): JsonObject {
  const root: Branch = { children: new Map() };
  for (const key of Object.keys(flat).sort()) {
    const value = flat[key] as Json;
    place(root, splitKey(key, separator), isJsonObject(value) ? expandKeys(value, separator) : value, separator);
  }
  return toObject(root);
}

/** `servers[0].host` → `servers`, `[0]`, `host`; a key with empty parts is one part. */
function splitKey(key: string, separator: string): readonly string[] {
  const parts = key.split(separator).flatMap((part) => part.replace(/\[(\d{1,4})\]/g, '\n[$1]').split('\n'));
  return parts.includes('') || parts.length > maximumParts ? [key] : parts;
}

function place(root: Branch, parts: readonly string[], value: Json, separator: string): void {
  let branch = root;
  for (const [index, part] of parts.entries()) {
    const next = branch.children.get(part);
    if (index === parts.length - 1 || (next && 'value' in next)) {
      branch.children.set(next ? parts.slice(index).join(separator) : part, { value });
      return;
    }
    const child = next ?? { children: new Map() };
    branch.children.set(part, child);
    branch = child;
  }
}

function toObject({ children }: Branch): JsonObject {
  const object: Record<string, Json> = {};
  for (const [key, child] of children) setOwn(object, key, toJson(child));
  return object;
}

function toJson(node: Branch | Leaf): Json {
  if ('value' in node) return node.value;
  const indexes = [...node.children.keys()].map((key) => Number(/^\[(\d+)\]$/.exec(key)?.[1] ?? Number.NaN));
  const isList = indexes.every((index) => index < indexes.length) && new Set(indexes).size === indexes.length;
  if (!isList) return toObject(node);
  const sorted = [...node.children].sort(([a], [b]) => Number(a.slice(1, -1)) - Number(b.slice(1, -1)));
  return sorted.map(([, child]) => toJson(child));
}

/** Every value of a tree that has no parts, with its path; empty lists and objects count as values. */
export function* leavesOf(value: Json, path: readonly string[] = []): Generator<readonly [readonly string[], Json]> {
  const entries = isJsonArray(value)
    ? value.map((item, index) => [String(index), item] as const)
    : isJsonObject(value)
      ? Object.entries(value)
      : [];
  if (entries.length === 0) yield [path, value];
  for (const [key, item] of entries) yield* leavesOf(item, [...path, key]);
}
