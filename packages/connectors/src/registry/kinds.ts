import { type Change, type Description, isJsonArray, type Json, type Kind } from '@leeway/core';

const image: Kind = {
  name: 'oci.image',
  title: 'container image',
  layer: 'runtime',
  version: 1,
  noise: {
    unordered: ['/platforms', '/ports'],
    empty: ['/labels', '/baseName', '/baseDigest', '/user', '/workingDir', '/entrypoint', '/command', '/ports'],
  },
  severity: [
    { path: '/signature', severity: 'critical', when: ({ after }) => after !== 'valid' },
    { path: '/signed', severity: 'high' },
    { path: '/digest', severity: 'high' },
    { path: '/user', severity: 'high' },
    { path: '/entrypoint', severity: 'high' },
    { path: '/command', severity: 'high' },
    { path: '/labels', severity: 'low' },
    { path: '/labels/*', severity: 'low' },
    { path: '', severity: 'medium' },
    { path: '/**', severity: 'medium' },
  ],
  describe: describeImage,
};

export const registryKinds: readonly Kind[] = [image];

const words: Readonly<Record<string, (value: Json | undefined) => string>> = {
  '/digest': (value) => `is ${shortDigest(value)}`,
  '/signed': (value) => (value === true ? 'is signed' : 'is not signed'),
  '/signature': (value) => `has a signature that is ${textOf(value)}`,
  '/sbom': (value) => (value === true ? 'has a bill of materials' : 'has no bill of materials'),
  '/provenance': (value) => (value === true ? 'says how it was built' : 'does not say how it was built'),
  '/baseName': (value) => `is built on ${textOf(value)}`,
  '/baseDigest': (value) => `is built on ${shortDigest(value)}`,
  '/user': (value) => (value === undefined || value === '' ? 'runs as root' : `runs as ${textOf(value)}`),
  '/platforms': (value) => `is for ${textOf(value)}`,
  '/ports': (value) => `listens at ${textOf(value)}`,
  '/entrypoint': (value) => `starts with ${textOf(value)}`,
  '/command': (value) => `starts with ${textOf(value)}`,
};

function describeImage({ path, before, after }: Change): Description | undefined {
  const say = words[path];
  return say && { actual: say(after), expected: say(before) };
}

function shortDigest(value: Json | undefined): string {
  return textOf(value).slice(0, 'sha256:'.length + 12);
}

function textOf(value: Json | undefined): string {
  if (value === undefined || value === null || value === '') return 'nothing told';
  return isJsonArray(value) ? value.map(textOf).join(' ') || 'nothing' : String(value);
}
