import { failed, isJsonObject, type JsonObject, ok, problem, type Result } from '@leeway/core';
import {
  type Format,
  formatOf,
  formats,
  type ParsedDocument,
  parseDotenv,
  parseIni,
  parseJson,
  parseProperties,
  parseToml,
  parseYaml,
  pointerOf,
  pointerTokens,
} from '@leeway/formats';
import { expandKeys } from './expand-keys.ts';
import type { SettingsFilesSettings } from './schema.ts';

/** One document of a settings file as a tree. */
export interface SettingsDocument {
  readonly attributes: JsonObject;
  readonly placeOf: ParsedDocument['placeOf'];
}

type Parser = (text: string, file: string, settings: SettingsFilesSettings) => Result<readonly ParsedDocument[]>;

const parsers: Readonly<Record<Format, Parser>> = {
  json: (text, file) => only(parseJson(text, file)),
  yaml: (text, file, { yaml }) => parseYaml(text, file, { version: yaml }),
  toml: (text, file) => only(parseToml(text, file)),
  ini: (text, file) => only(parseIni(text, file)),
  properties: (text, file) => only(parseProperties(text, file)),
  dotenv: (text, file) => only(parseDotenv(text, file)),
};

/** What splits the keys of formats that have no tree, unless settings say otherwise. */
const separators: Readonly<Partial<Record<Format, string>>> = { properties: '.' };
const flatFormats: readonly Format[] = ['properties', 'ini', 'dotenv'];

/** Problems: LW2010 for a name that does not tell its format; those of the formats, with file and place. */
export function parseSettings(
  text: string,
  file: string,
  settings: SettingsFilesSettings,
): Result<readonly SettingsDocument[]> {
  const format = settings.format ?? formatOf(file);
  if (!format) return failed(problem('LW2010', { file, allowed: formats.join(', ') }, { file }));
  const parsed = parsers[format](text, file, settings);
  if (!parsed.ok) return parsed;
  const separator = flatFormats.includes(format) ? (settings.separator ?? separators[format]) : undefined;
  // A file of nothing but comments sets nothing, which is something to compare.
  const documents = parsed.value.length > 0 ? parsed.value : [{ value: {}, placeOf: () => ({ file, line: 1 }) }];
  const trees = documents.map((document) => toTree(document, separator));
  return ok(trees, parsed.warnings);
}

function toTree({ value, placeOf }: ParsedDocument, separator: string | undefined): SettingsDocument {
  if (!isJsonObject(value)) return { attributes: { value }, placeOf };
  if (separator === undefined) return { attributes: value, placeOf };
  const placeOfFlat = (pointer: string) => placeOf(pointerOf([flatKey(pointer, separator)]));
  return { attributes: expandKeys(value, separator), placeOf: placeOfFlat };
}

/** The key a place in the tree had in the file: `/hosts/0/name` was `hosts[0].name`. */
function flatKey(pointer: string, separator: string): string {
  const joined = (pointerTokens(pointer) ?? []).map((token) =>
    /^\d+$/.test(token) ? `[${token}]` : separator + token,
  );
  return joined.join('').slice(separator.length);
}

function only(parsed: Result<ParsedDocument>): Result<readonly ParsedDocument[]> {
  return parsed.ok ? ok([parsed.value], parsed.warnings) : parsed;
}
