import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Collected, collect, findKind, maskSecrets, type ReadContext, sealWith } from '@leeway/connector-kit';
import { type MemoryFiles, memoryFiles } from '@leeway/connector-kit/testing/memory-files.ts';
import { compareAttributes, type Difference, type Resource } from '@leeway/core';
import { parseYaml } from '@leeway/formats';
import { connector } from '../index.ts';
import { kubernetesSettings } from '../schema.ts';

export const seal = sealWith('a key for tests only');

/** A context over files in memory; nothing else may be asked. */
export function fileContext(files: MemoryFiles): ReadContext {
  return {
    environment: 'test',
    files: memoryFiles(files),
    fetch: () => Promise.reject(new Error('files are not read over HTTP')),
    guard: (transport) => transport,
    signal: new AbortController().signal,
    now: () => new Date(0),
    seal,
    variable: () => undefined,
  };
}

/** Reads files with the settings given; all of them as manifests when absent. */
export function readFilesOf(files: MemoryFiles, settings: object = { manifests: '**' }): Promise<Collected> {
  return collect(connector, kubernetesSettings.parse(settings), fileContext(files));
}

const recordings = join(import.meta.dirname, '../recordings');

/** Files of a recordings folder by name. */
export function recordedFiles(folder: string): Record<string, string> {
  const names = readdirSync(join(recordings, folder)).filter((name) => /\.(?:ya?ml|json)$/.test(name));
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(recordings, folder, name), 'utf8')]));
}

export function recordedText(name: string): string {
  return readFileSync(join(recordings, name), 'utf8');
}

/** The resource of one manifest in YAML, secrets masked. */
export async function resourceOf(yaml: string): Promise<Resource> {
  const { resources, notices } = await readFilesOf({ 'one.yaml': yaml });
  const [resource] = resources;
  if (!resource || resources.length > 1 || notices.length) throw new Error(JSON.stringify({ resources, notices }));
  return mask(resource);
}

function mask(resource: Resource): Resource {
  const kind = findKind(connector.kinds, resource.kind);
  return kind ? maskSecrets(resource, kind, seal) : resource;
}

/** Where two resources of one kind differ. */
export function differencesOf(left: Resource, right: Resource): readonly Difference[] {
  const kind = findKind(connector.kinds, left.kind);
  if (!kind || left.kind !== right.kind) throw new Error(`${left.kind} is not ${right.kind}`);
  return compareAttributes(kind, mask(left).attributes, mask(right).attributes);
}

/** Paths at which two manifests in YAML differ. */
export async function pathsOf(left: string, right: string): Promise<readonly string[]> {
  return differencesOf(await resourceOf(left), await resourceOf(right)).map(({ path }) => path);
}

/** A manifest in YAML as a value. */
export function yamlOf(text: string) {
  const parsed = parseYaml(text, 'test.yaml');
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.value.map(({ value }) => value);
}
