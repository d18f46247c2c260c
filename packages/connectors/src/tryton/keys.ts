import type { Json, JsonObject } from '@leeway/core';
import { parsePath } from './model.ts';

/** What an empty part of a key means. */
const absent: Readonly<Record<string, string>> = { group: 'everyone', company: 'all companies' };

/** Gives every record of a kind its key. Two records of one name are told apart by their order in the system. */
export class Keys {
  readonly #taken = new Map<string, number>();

  take(parts: readonly string[]): string {
    const key = parts.join('/') || 'unnamed';
    const count = (this.#taken.get(key) ?? 0) + 1;
    this.#taken.set(key, count);
    return count === 1 ? key : `${key}#${count}`;
  }
}

/** The parts of a key: names of records and texts; what is empty is left out unless the emptiness means something. */
export function keyParts(attributes: JsonObject, key: readonly string[]): readonly string[] {
  return key.flatMap((path) => {
    const { name } = parsePath(path);
    const text = textOf(attributes[name]);
    return text === '' ? (absent[name] ?? []) : [text];
  });
}

function textOf(value: Json | undefined): string {
  if (value === null || value === undefined || value === '') return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
