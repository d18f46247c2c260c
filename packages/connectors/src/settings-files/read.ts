import { type CheckLine, cancelled, listFiles, type ReadContext, type Reading, readText } from '@leeway/connector-kit';
import { keyMaker } from '@leeway/connector-kit/key-pattern.ts';
import type { JsonObject, Problem } from '@leeway/core';
import { pointerOf } from '@leeway/formats';
import { leavesOf } from './expand-keys.ts';
import { parseSettings, type SettingsDocument } from './parse.ts';
import type { SettingsFilesSettings } from './schema.ts';
import { createShaper, type Shaper } from './shape.ts';

/** Reads each file to one resource, or to one for each of its values; complete when every file could be read. */
export async function* readSettingsFiles(
  settings: SettingsFilesSettings,
  context: ReadContext,
): AsyncIterable<Reading> {
  const listed = await listFiles(context.files, settings.files);
  if (!listed.ok) return yield* listed.problems.map(noticeOf);
  const shaper = createShaper(settings, context.seal);
  const keyOf = keyMaker(settings, listed.value);
  let whole = true;
  for (const path of listed.value) {
    const stopped = cancelled(context.signal, 'Settings files');
    if (stopped) return yield noticeOf(stopped);
    for (const reading of await readFile(path, keyOf(path), { settings, context, shaper })) {
      if (reading.type === 'notice') whole = false;
      yield reading;
    }
  }
  if (whole) yield { type: 'complete', kind: settings.kind };
}

function noticeOf(found: Problem): Reading {
  return { type: 'notice', problem: found };
}

interface Task {
  readonly settings: SettingsFilesSettings;
  readonly context: ReadContext;
  readonly shaper: Shaper;
}

async function readFile(path: string, key: string, task: Task): Promise<readonly Reading[]> {
  const { settings, context } = task;
  const text = await readText(context.files, path, settings.limit);
  const parsed = text.ok ? parseSettings(text.value, path, settings) : text;
  if (!parsed.ok) return parsed.problems.map(noticeOf);
  return parsed.value.flatMap((document, index) => {
    const documentKey = index === 0 ? key : `${key}#${index + 1}`;
    return readDocument(document, documentKey, path, task);
  });
}

function readDocument(document: SettingsDocument, key: string, path: string, { settings, shaper }: Task): Reading[] {
  const notices: Reading[] = [];
  const attributes = shaper.shape(document.attributes, (found, pointer) => {
    notices.push(noticeOf({ ...found, place: document.placeOf(pointer) ?? { file: path } }));
  });
  const { kind } = settings;
  if (settings.granularity === 'file') {
    return [...notices, { type: 'resource', resource: { kind, key, attributes, origin: { place: path } } }];
  }
  return [...notices, ...readEntries(document, attributes, key, { path, kind })];
}

/** `name` is there for people, and so that a value is known as a secret by the name of its key. */
function* readEntries(
  document: SettingsDocument,
  attributes: JsonObject,
  key: string,
  { path, kind }: { readonly path: string; readonly kind: string },
): Iterable<Reading> {
  for (const [tokens, value] of entriesOf(attributes)) {
    const pointer = pointerOf(tokens);
    const line = document.placeOf(pointer)?.line;
    const place = line === undefined ? path : `${path}:${line}`;
    const entry = { name: tokens.at(-1) ?? '', value };
    yield { type: 'resource', resource: { kind, key: `${key}#${pointer}`, attributes: entry, origin: { place } } };
  }
}

/** A sealed value is one value, although it is written as an object. */
function* entriesOf(attributes: JsonObject): ReturnType<typeof leavesOf> {
  for (const [tokens, value] of leavesOf(attributes)) {
    if (tokens.at(-1) !== '$secret') yield [tokens, value];
    else yield [tokens.slice(0, -1), { $secret: value }];
  }
}

/** One line: whether the patterns find files. */
export async function checkSettingsFiles(
  settings: SettingsFilesSettings,
  context: ReadContext,
): Promise<readonly CheckLine[]> {
  const listed = await listFiles(context.files, settings.files);
  const what = `settings files ${settings.files.join(', ')}`;
  const [found] = listed.ok ? [] : listed.problems;
  return [{ what, ok: listed.ok, ...(found && { problem: found }) }];
}
