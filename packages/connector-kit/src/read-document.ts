import { failed, ok, type Problem, problem, type Result } from '@leeway/core';
import { decodeText, type ParsedDocument, parseJson, parseYaml, type YamlOptions } from '@leeway/formats';
import type { FileTree } from './connector.ts';
import { abortProblem, attempt } from './context/failure.ts';

/** Bytes a file may have unless a connector asks for more: 64 MiB. */
const defaultLimit = 64 * 2 ** 20;

/** A file's text. LW2001 to LW2004 name the file. */
export function readText(files: FileTree, path: string, limit = defaultLimit): Promise<Result<string>> {
  return attempt(async () => decodeText(await files.read(path, limit), path, limit));
}

/** A JSON file. LW2001 to LW2007 name the file and the place in it. */
export async function readJsonFile(
  files: FileTree,
  path: string,
  limit = defaultLimit,
): Promise<Result<ParsedDocument>> {
  const text = await readText(files, path, limit);
  return text.ok ? parseJson(text.value, path) : text;
}

/** The documents of a YAML file; of a `.json` file its only one. LW2001 to LW2009 name the file and the place in it. */
export async function readYamlFile(
  files: FileTree,
  path: string,
  options?: YamlOptions,
): Promise<Result<readonly ParsedDocument[]>> {
  const text = await readText(files, path);
  if (!text.ok) return text;
  if (!path.endsWith('.json')) return parseYaml(text.value, path, options);
  const parsed = parseJson(text.value, path);
  return parsed.ok ? ok([parsed.value]) : parsed;
}

/** Paths that fit the patterns; LW2001 where none does: a source that names no file is a mistake, never an empty system. */
export async function listFiles(files: FileTree, patterns: readonly string[]): Promise<Result<readonly string[]>> {
  return attempt(async () => {
    const paths = await files.list(patterns);
    if (paths.length > 0) return ok(paths.toSorted());
    return failed(problem('LW2001', { file: patterns.join(', ') }, { file: patterns.join(', ') }));
  });
}

/** The signal's problem once it fired: for loops over files, which no fetch interrupts. */
export function cancelled(signal: AbortSignal, system: string): Problem | undefined {
  return signal.aborted ? abortProblem(signal, system) : undefined;
}
