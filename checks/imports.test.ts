import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { repositoryRoot, sourceFiles } from './source-files.ts';

/** What each package may import of this repository: the arrows of ARCHITECTURE.md, which point one way. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  core: [],
  formats: ['core'],
  estate: ['core', 'formats'],
  'connector-kit': ['core', 'formats'],
  policy: ['core', 'formats'],
  connectors: ['core', 'formats', 'connector-kit'],
  engine: ['core', 'formats', 'estate', 'connector-kit', 'policy'],
  store: ['core', 'engine'],
  server: ['core', 'formats', 'estate', 'connector-kit', 'policy', 'engine', 'store'],
  web: [],
  cli: ['core', 'formats', 'estate', 'connector-kit', 'policy', 'connectors', 'engine', 'store', 'server'],
};

const importPattern = /(?:from|import\()\s*'(@leeway\/[^']+)'/g;

/** Repository packages a file imports. */
function importedPackages(file: string): readonly string[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(importPattern)].map(([, name]) => name?.split('/')[1] ?? '');
}

test.each(Object.keys(allowed))('packages/%s imports only what it may', (name) => {
  const wrong = sourceFiles(`packages/${name}`)
    // A test may look at what lies above its package; what ships may not.
    .filter((file) => !/\.test\.ts$|\/test\/|\/testing\//.test(file))
    .flatMap((file) => importedPackages(file).map((target) => ({ file: relative(repositoryRoot, file), target })))
    .filter(({ target }) => target !== name && !allowed[name]?.includes(target));
  expect(wrong).toEqual([]);
});

test('every package has its arrows declared', () => {
  expect(readdirSync(join(repositoryRoot, 'packages')).sort()).toEqual(Object.keys(allowed).sort());
});

test('nothing outside the connectors names one', () => {
  const ids = readdirSync(join(repositoryRoot, 'packages/connectors/src'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !['sample', 'shared'].includes(entry.name))
    .map((entry) => entry.name);
  const branching = new RegExp(`(?:===|!==|case)\\s*'(?:${ids.join('|')})'`);
  const wrong = Object.keys(allowed)
    .filter((name) => name !== 'connectors')
    .flatMap((name) => sourceFiles(`packages/${name}`))
    .filter((file) => !file.endsWith('.test.ts') && branching.test(readFileSync(file, 'utf8')));
  expect(wrong.map((file) => relative(repositoryRoot, file))).toEqual([]);
});
