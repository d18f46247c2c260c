import { cancelled, listFiles, type ReadContext, readText } from '@leeway/connector-kit';
import { failed, ok, type Place, type Problem, problem, type Result } from '@leeway/core';
import { type ParsedDocument, parseJson, parseYaml } from '@leeway/formats';
import { buildKustomize } from './build-kustomize.ts';
import { explode, isServed, type KubernetesObject } from './object.ts';

/** An object and where it stands. */
export interface Placed {
  readonly object: KubernetesObject;
  readonly place: Place;
}

/** What was found: objects, and what could not be read. A problem with a kind spoils that kind only. */
export interface Found {
  readonly placed: Placed[];
  readonly notices: { readonly problem: Problem; readonly kind?: string }[];
}

/** Adds the objects of files, folders and globs. Every bad file is a notice; the others are read. */
export async function findInFiles(targets: readonly string[], context: ReadContext, found: Found): Promise<void> {
  if (targets.length === 0) return;
  const listed = await listFiles(context.files, targets.flatMap(patternsOf));
  if (!listed.ok) {
    found.notices.push(...listed.problems.map((each) => ({ problem: each })));
    return;
  }
  for (const path of listed.value) {
    const stop = cancelled(context.signal, 'Kubernetes manifests');
    if (stop) {
      found.notices.push({ problem: stop });
      return;
    }
    const text = await readText(context.files, path);
    collect(text.ok ? parseManifests(text.value, path) : text, path, found);
  }
}

/** A folder stands for the manifests below it; a file or a glob for itself. */
export function patternsOf(target: string): readonly string[] {
  const folder = target.replace(/\/+$/, '');
  if (/[*?{]/.test(target) || /\.[^./]+$/.test(folder)) return [target];
  const below = '**/*.{yaml,yml,json}';
  return folder === '' || folder === '.' ? [below] : [folder, `${folder}/${below}`];
}

/** The documents of a manifest file. Kubernetes reads YAML by the rules of 1.1, as Go's parser does. */
function parseManifests(text: string, path: string): Result<readonly ParsedDocument[]> {
  const json = path.endsWith('.json') || (!/\.ya?ml$/.test(path) && /^\s*[[{]/.test(text));
  if (json) {
    const parsed = parseJson(text, path);
    return parsed.ok ? ok([parsed.value]) : parsed;
  }
  const parsed = parseYaml(text, path, { version: '1.1' });
  if (parsed.ok || !/\{\{-?\s*[\w.$(]/.test(text)) return parsed;
  return failed(problem('LW2051', { file: path }, parsed.problems[0]?.place ?? { file: path }));
}

function collect(documents: Result<readonly ParsedDocument[]>, path: string, found: Found): void {
  if (!documents.ok) {
    found.notices.push(...documents.problems.map((each) => ({ problem: each })));
    return;
  }
  for (const document of documents.value) collectDocument(document, path, found);
}

function collectDocument(document: ParsedDocument, path: string, found: Found): void {
  const { objects, strangers } = explode(document.value);
  for (const { object, pointer } of objects) {
    if (isBuildFile(object)) continue;
    // A line in a dump helps nobody: it moves with every dump.
    found.placed.push({ object, place: isServed(object) ? { file: path } : placeOf(document, path, pointer) });
  }
  for (const pointer of strangers) {
    if (belongsToTools(path) || isBuildDocument(document, pointer)) continue;
    const what = 'Something without apiVersion, kind and metadata.name';
    const place = placeOf(document, path, pointer);
    found.notices.push({ problem: problem('LW2009', { what, expected: 'a Kubernetes object' }, place) });
  }
}

function placeOf(document: ParsedDocument, path: string, pointer: string): Place {
  const { file = path, line, column } = document.placeOf(pointer) ?? {};
  return { file, ...(line !== undefined && { line }), ...(column !== undefined && { column }) };
}

/** Files that lie beside manifests and are input of Kustomize or Helm, not objects. */
function belongsToTools(path: string): boolean {
  return /(?:^|\/)(?:kustomization\.ya?ml|Chart\.ya?ml|values[\w.-]*\.ya?ml|values\.schema\.json)$/.test(path);
}

function isBuildFile({ kind }: KubernetesObject): boolean {
  return kind.startsWith('kustomize.config.k8s.io/');
}

/** A Kustomization or Component needs no name. */
function isBuildDocument(document: ParsedDocument, pointer: string): boolean {
  const value = document.value;
  if (pointer !== '' || typeof value !== 'object' || value === null || !('apiVersion' in value)) return false;
  return String(value['apiVersion']).startsWith('kustomize.config.k8s.io/');
}

/** Adds the objects that building a folder with Kustomize gives. */
export async function findInKustomization(folder: string, context: ReadContext, found: Found): Promise<void> {
  const built = await buildKustomize(folder, context);
  collect(built.ok ? parseYaml(built.value, folder, { version: '1.1' }) : built, folder, found);
}
