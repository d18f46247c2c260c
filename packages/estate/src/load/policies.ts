import {
  type FileTree,
  type JsonObject,
  listNames,
  nearest,
  type Place,
  type Policy,
  type Problem,
  ProblemError,
  problem,
  type Result,
} from '@leeway/core';
import { decodeText } from '@leeway/formats';
import type { PolicySettings, RegoBundle } from '../estate.ts';
import type { PolicyEntry } from '../schema/policy.ts';
import type { LoadedEnvironments } from './environments.ts';
import { type LoadedFile, placeIn } from './files.ts';
import { checkReference } from './select.ts';

const defaultFiles = ['policies/*.yaml'];
const packBytes = 4 * 1024 * 1024;

/** What reading the policies of an estate needs from outside it. */
export interface PolicyReading {
  readonly packs: readonly string[];
  readonly readPack?: (text: string, file: string) => Result<readonly Policy[]>;
}

/** Policies in force: packs named, pack files read, parameters and bundles checked as far as the estate can. */
export async function loadPolicies(
  tree: FileTree,
  files: readonly LoadedFile[],
  known: LoadedEnvironments,
  reading: PolicyReading,
  report: (found: Problem) => void,
): Promise<PolicySettings> {
  const sections = files.flatMap((file) => sectionOf(file) ?? []);
  for (const { value, placeOf } of sections) {
    for (const [index, pack] of (value.packs ?? []).entries()) {
      checkPack(pack, reading.packs, placeOf('packs', index), report);
    }
  }
  const packFiles = await packFilesOf(tree, sections, report);
  return {
    packs: [...new Set(sections.flatMap(({ value }) => value.packs ?? []))],
    files: packFiles,
    policies: reading.readPack ? await readPacks(tree, packFiles, reading.readPack, report) : [],
    parameters: parametersOf(sections, known, report),
    bundles: await bundlesOf(tree, sections, report),
  };
}

/** The policies of one file, and where its parts stand. */
interface PolicySection {
  readonly value: PolicyEntry;
  readonly placeOf: (...path: readonly (string | number)[]) => Place;
}

function sectionOf(file: LoadedFile): PolicySection | undefined {
  const value = file.sections.policies;
  return value && { value, placeOf: (...path) => placeIn(file, ['policies', ...path.map(String)]) };
}

async function packFilesOf(
  tree: FileTree,
  sections: readonly PolicySection[],
  report: (found: Problem) => void,
): Promise<readonly string[]> {
  if (!sections.some(({ value }) => value.files)) return await tree.list(defaultFiles);
  const paths = new Set<string>();
  for (const { value, placeOf } of sections) {
    for (const [index, written] of (value.files ?? []).entries()) {
      for (const path of await pathsOf(tree, written, placeOf('files', index), report)) paths.add(path);
    }
  }
  return [...paths];
}

async function bundlesOf(
  tree: FileTree,
  sections: readonly PolicySection[],
  report: (found: Problem) => void,
): Promise<readonly RegoBundle[]> {
  for (const { value, placeOf } of sections) {
    for (const [index, bundle] of (value.bundles ?? []).entries()) {
      await pathsOf(tree, bundle.path, placeOf('bundles', index, 'path'), report);
    }
  }
  return sections.flatMap(({ value }) => value.bundles ?? []);
}

/** Parameters of all files together; of two for one policy and environment the later wins as a whole. */
function parametersOf(
  sections: readonly PolicySection[],
  known: LoadedEnvironments,
  report: (found: Problem) => void,
): PolicySettings['parameters'] {
  const parameters: Record<string, Record<string, JsonObject>> = {};
  for (const { value, placeOf } of sections) {
    for (const [code, byEnvironment] of Object.entries(value.parameters ?? {})) {
      for (const [pattern, values] of Object.entries(byEnvironment)) {
        const place = placeOf('parameters', code, pattern);
        checkReference('environment', pattern, known.names, known.isComplete, place, report);
        parameters[code] = { ...parameters[code], [pattern]: values as JsonObject };
      }
    }
  }
  return parameters;
}

function checkPack(pack: string, packs: readonly string[], place: Place, report: (found: Problem) => void): void {
  if (packs.includes(pack)) return;
  const found = nearest(pack, packs);
  const suggestion = found ? `. Did you mean "${found}"?` : '.';
  report(problem('LW5004', { pack, suggestion, allowed: listNames(packs) }, place));
}

async function pathsOf(
  tree: FileTree,
  path: string,
  place: Place,
  report: (found: Problem) => void,
): Promise<readonly string[]> {
  const paths = await tree.list([path]);
  if (paths.length === 0) report(problem('LW2001', { file: path }, place));
  return paths;
}

async function readPacks(
  tree: FileTree,
  paths: readonly string[],
  readPack: NonNullable<PolicyReading['readPack']>,
  report: (found: Problem) => void,
): Promise<readonly Policy[]> {
  const policies: Policy[] = [];
  for (const path of paths) {
    const loaded = await readPackFile(tree, path, readPack);
    if (loaded.ok) policies.push(...loaded.value);
    else for (const found of loaded.problems) report(found);
  }
  return policies;
}

async function readPackFile(
  tree: FileTree,
  path: string,
  readPack: NonNullable<PolicyReading['readPack']>,
): Promise<Result<readonly Policy[]>> {
  try {
    const text = decodeText(await tree.read(path, packBytes), path, packBytes);
    return text.ok ? readPack(text.value, path) : text;
  } catch (error) {
    if (error instanceof ProblemError) return { ok: false, problems: [error.problem] };
    throw error;
  }
}
