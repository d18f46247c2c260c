import { readFileSync } from 'node:fs';
import { isJsonObject, type Json } from '@leeway/core';
import { beforeAll, expect, test } from 'vitest';
import type { Estate } from './estate.ts';
import { loadEstate } from './load/load-estate.ts';
import { generateSchema } from './schema/generate.ts';
import { memoryTree } from './tree/memory-tree.ts';

const page = readFileSync(new URL('../../../docs/estate.md', import.meta.url), 'utf8');

/** The page's blocks, put together by the file that the first line of each names. */
function filesOfPage(): Readonly<Record<string, string>> {
  const files: Record<string, string> = { 'policies/edge.tar.gz': '', 'policies/edge.yaml': '' };
  for (const [, file = '', block = ''] of page.matchAll(/```yaml\n# (\S+)\n([\s\S]*?)```/g)) {
    files[file] = `${files[file] ?? ''}${block}\n`;
  }
  return files;
}

let estate: Estate;
beforeAll(async () => {
  const options = { connectors: ['kubernetes', 'postgresql'], packs: ['encryption', 'network'] };
  const loaded = await loadEstate(memoryTree(filesOfPage()), options);
  if (!loaded.ok)
    throw new Error(loaded.problems.map(({ place, message }) => `${place?.file}:${place?.line} ${message}`).join('\n'));
  estate = loaded.value;
});

test('the examples of the page make one estate', () => {
  expect(estate.environments.map(({ name, mirrors = null }) => [name, mirrors])).toEqual([
    ['production-eu', null],
    ['production-us', null],
    ['staging-eu', 'production-eu'],
    ['store-be', null],
    ['store-nl', null],
    ['test', 'production-eu'],
    ['acme', 'production-eu'],
  ]);
  expect(estate.sources.map(({ id, environments }) => [id, environments])).toEqual([
    ['cluster', ['production-eu', 'staging-eu', 'store-be', 'store-nl', 'acme']],
    ['orders', ['production-eu', 'production-us', 'test']],
  ]);
  expect(estate.approved.map(({ id }) => id)).toEqual(['staging-replicas', 'edge-https']);
});

test('the page names every field there is', () => {
  const fields = new Set([...fieldNames(generateSchema())]);
  const missing = [...fields].filter(
    (field) => !new RegExp(`(?:^|[^\\w])${field.replace('$', '\\$')}(?:\`|:)`, 'm').test(page),
  );
  expect(missing).toEqual([]);
});

function* fieldNames(node: Json | undefined): Generator<string> {
  if (Array.isArray(node)) for (const item of node) yield* fieldNames(item);
  if (!isJsonObject(node)) return;
  if (isJsonObject(node['properties'])) yield* Object.keys(node['properties']);
  for (const [key, value] of Object.entries(node)) if (key !== 'examples') yield* fieldNames(value);
}
