import { isJsonArray, isJsonObject, type Json } from '@leeway/core';
import type { MemoryFiles } from './memory-files.ts';
import type { RecordingInput } from './recording.ts';

/** The items in another order: reversed and rotated. Deterministic, so that a failure can be seen again. */
export function shuffle<T>(items: readonly T[]): T[] {
  const reversed = items.toReversed();
  const cut = Math.floor(reversed.length / 3);
  return [...reversed.slice(cut), ...reversed.slice(0, cut)];
}

/** Shuffles the lists that the pointers lead to; `*` in a pointer is any key or index. */
export function shuffleLists(value: Json, pointers: readonly string[]): Json {
  return pointers.reduce((shuffled, pointer) => shuffleAt(shuffled, pointer.split('/').slice(1)), value);
}

function shuffleAt(value: Json, [token, ...rest]: readonly string[]): Json {
  if (token === undefined) return isJsonArray(value) ? shuffle(value) : value;
  const fits = (key: string) => token === '*' || token === key;
  if (isJsonArray(value)) return value.map((item, index) => (fits(String(index)) ? shuffleAt(item, rest) : item));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [key, fits(key) ? shuffleAt(field, rest) : field]),
  );
}

export function shuffleRecordings(
  recordings: readonly RecordingInput[],
  pointers: readonly string[],
): readonly RecordingInput[] {
  return recordings.map((recording) => {
    const { json } = recording.response;
    if (json === undefined) return recording;
    return { ...recording, response: { ...recording.response, json: shuffleLists(json as Json, pointers) as never } };
  });
}

export function shuffleFiles(files: MemoryFiles, pointers: readonly string[]): MemoryFiles {
  return Object.fromEntries(
    shuffle(Object.entries(files)).map(([path, content]) => {
      if (typeof content !== 'string' || !/^\s*[[{]/.test(content) || pointers.length === 0) return [path, content];
      return [path, JSON.stringify(shuffleLists(JSON.parse(content), pointers))];
    }),
  );
}
