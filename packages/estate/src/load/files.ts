import {
  type FileTree,
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
  nearest,
  type Place,
  type Problem,
  ProblemError,
  problem,
} from '@leeway/core';
import { decodeText, type ParsedDocument, parseYaml, pointerOf, setOwn } from '@leeway/formats';
import type { z } from 'zod';
import {
  defaultInclude,
  type EstateFile,
  estateFile,
  type NamedSection,
  namedSections,
  type PartFile,
  partFile,
} from '../schema/estate-file.ts';
import { describeFile } from '../schema/generate.ts';
import { explainIssues } from './explain.ts';

export const rootFile = 'leeway.yaml';
/** No person writes an estate file near this size. */
const mostBytes = 8 * 1024 * 1024;

/** A file of the estate. `sections` holds what is sound of it; `names` also those of entries that are not. */
export interface LoadedFile {
  readonly file: string;
  readonly document: ParsedDocument;
  readonly sections: PartFile;
  readonly names: Readonly<Record<NamedSection, readonly string[]>>;
  /** False where environments may be hidden from view: a section of a misspelt name. */
  readonly isWhole: boolean;
}

export interface LoadedFiles {
  /** What only leeway.yaml has; `estate` is missing where it is not sound. */
  readonly root: Partial<EstateFile>;
  readonly placeOfRoot: (...path: readonly string[]) => Place;
  readonly files: readonly LoadedFile[];
}

/** Reads leeway.yaml and the files it includes, checks their shape, and reports every problem. */
export async function readFiles(tree: FileTree, report: (found: Problem) => void): Promise<LoadedFiles | undefined> {
  const root = await readDocument(tree, rootFile, report);
  if (!root) return undefined;
  const first = checkShape(rootFile, root, 'estate', report);
  const others: LoadedFile[] = [];
  for (const file of await includedFiles(tree, root, report)) {
    const document = await readDocument(tree, file, report);
    if (document) others.push(checkShape(file, document, 'part', report));
  }
  return {
    root: first.sections as Partial<EstateFile>,
    placeOfRoot: (...path) => placeIn(first, path),
    files: [first, ...others],
  };
}

/** Place of a path in a file. */
export function placeIn(file: LoadedFile, path: readonly string[]): Place {
  return file.document.placeOf(pointerOf(path)) ?? { file: file.file };
}

async function readDocument(
  tree: FileTree,
  file: string,
  report: (found: Problem) => void,
): Promise<ParsedDocument | undefined> {
  const bytes = await readBytes(tree, file, report);
  const text = bytes && decodeText(bytes, file, mostBytes);
  const parsed = text && (text.ok ? parseYaml(text.value, file) : text);
  if (!parsed) return undefined;
  if (!parsed.ok) {
    for (const found of parsed.problems) report(found);
    return undefined;
  }
  const [document, second] = parsed.value;
  if (second)
    report(problem('LW2009', { what: 'A second document', expected: 'one document a file' }, second.placeOf('')));
  return document ?? { value: {}, placeOf: (pointer) => ({ file, line: 1, column: 1, pointer }) };
}

async function readBytes(
  tree: FileTree,
  file: string,
  report: (found: Problem) => void,
): Promise<Uint8Array | undefined> {
  try {
    return await tree.read(file, mostBytes);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const isMissing = file === rootFile && error.problem.code === 'LW2001';
    report(isMissing ? problem('LW1001', { where: `the ${tree.revision}` }, { file }) : error.problem);
    return undefined;
  }
}

async function includedFiles(
  tree: FileTree,
  root: ParsedDocument,
  report: (found: Problem) => void,
): Promise<readonly string[]> {
  const written = isJsonObject(root.value) ? root.value['include'] : undefined;
  const include = isJsonArray(written) ? written.filter((item) => typeof item === 'string') : defaultInclude;
  const found = (await tree.list(include)).filter((file) => file !== rootFile);
  for (const [index, path] of isJsonArray(written) ? include.entries() : []) {
    const isPlain = !/[*?{[]/.test(path);
    if (isPlain && !found.includes(path)) report(problem('LW2001', { file: path }, root.placeOf(`/include/${index}`)));
  }
  return found;
}

function checkShape(
  file: string,
  document: ParsedDocument,
  kind: 'estate' | 'part',
  report: (found: Problem) => void,
): LoadedFile {
  const written = withoutEmptySections(document.value);
  const unsafe = findUnsafeKeys(written, [], document);
  for (const found of unsafe) report(found);
  const parsed = (kind === 'estate' ? estateFile : partFile).safeParse(written);
  const issues = parsed.error?.issues ?? [];
  const placeOf = (path: readonly string[]) => document.placeOf(pointerOf(path));
  const context = { value: written, schema: describeFile(kind), placeOf, prefix: [] };
  for (const found of explainIssues(issues, context)) report(found);
  const sound = unsafe.length ? {} : soundParts(written, issues);
  const isWhole = !unsafe.length && !issues.some(mayBeEnvironments);
  // Sound by the schema above: what is not has been taken out.
  return { file, document, sections: sound as PartFile, names: namesIn(document.value), isWhole };
}

/** `approved:` with nothing below it is a section that has no entries yet. */
function withoutEmptySections(value: Json): Json {
  if (!isJsonObject(value)) return value;
  const isEmptySection = (key: string) => value[key] === null && key in partFile.shape;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !isEmptySection(key)));
}

function mayBeEnvironments(issue: z.core.$ZodIssue): boolean {
  if (issue.path.length > 0) return false;
  return issue.code !== 'unrecognized_keys' || issue.keys.some((key) => nearest(key, ['environments', 'templates']));
}

/** `__proto__` is no name of anything; the schema library passes over it in silence. */
function findUnsafeKeys(value: Json, path: readonly string[], document: ParsedDocument): readonly Problem[] {
  if (isJsonArray(value))
    return value.flatMap((item, index) => findUnsafeKeys(item, [...path, String(index)], document));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const here = [...path, key];
    const rule = 'Use another name.';
    const found = problem('LW1015', { name: key, parent: 'anything', rule }, document.placeOf(pointerOf(here)));
    return key === '__proto__' ? [found] : findUnsafeKeys(item, here, document);
  });
}

/** The document without the entries (of named sections) or sections that an issue lies in. */
function soundParts(value: Json, issues: readonly { readonly path: readonly PropertyKey[] }[]): JsonObject {
  const faulty = new Set(
    issues.map((issue) => pointerOf(issue.path.slice(0, isNamed(issue.path[0]) ? 2 : 1).map(String))),
  );
  const sound: Record<string, Json> = {};
  for (const [section, content] of Object.entries(isJsonObject(value) ? value : {})) {
    if (faulty.has(pointerOf([section]))) continue;
    if (!isNamed(section) || !isJsonObject(content)) {
      setOwn(sound, section, content);
      continue;
    }
    const entries = Object.entries(content).filter(([name]) => !faulty.has(pointerOf([section, name])));
    sound[section] = Object.fromEntries(entries);
  }
  return sound;
}

function isNamed(section: PropertyKey | undefined): boolean {
  return namedSections.some((candidate) => candidate === section);
}

function namesIn(value: Json): Readonly<Record<NamedSection, readonly string[]>> {
  const names = namedSections.map((section): [NamedSection, readonly string[]] => {
    const content = isJsonObject(value) ? value[section] : undefined;
    return [section, isJsonObject(content) ? Object.keys(content) : []];
  });
  return Object.fromEntries(names) as Record<NamedSection, readonly string[]>;
}
