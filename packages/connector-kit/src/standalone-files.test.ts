import { describe, expect, it } from 'vitest';
import { parseKeyPattern } from './key-pattern.ts';
import { standaloneFiles } from './standalone-files.ts';

describe('files of a target', () => {
  it.each([
    [['a.yaml'], { files: ['a.yaml'], name: 'file' }],
    [['.env'], { files: ['.env'], name: 'file' }],
    [['conf/prod'], { files: ['conf/prod/**/*.pem'], key: 'conf/prod/<path**>' }],
    [['conf/prod/'], { files: ['conf/prod/**/*.pem'], key: 'conf/prod/<path**>' }],
    [['.'], { files: ['**/*.pem'] }],
    [['a/b/x.pem', 'a/c.pem'], { files: ['a/b/x.pem', 'a/c.pem'], key: 'a/<path**>' }],
    [['b/x.pem', 'a/x.pem'], { files: ['b/x.pem', 'a/x.pem'] }],
    [['a<b>'], { files: ['a<b>/**/*.pem'] }],
    [[], undefined],
  ])('%j', (paths, expected) => {
    expect(standaloneFiles({ paths }, ['**/*.pem'])).toEqual(expected);
  });
});

describe('key patterns', () => {
  it.each([
    ['certs/*/<portal>.pem', 'certs/prod/portal.pem', 'portal'],
    ['certs/*/<portal>.pem', 'certs/prod/eu/portal.pem', undefined],
    ['certs/**/<name>.pem', 'certs/a.pem', 'a'],
    ['certs/**/<name>.pem', 'certs/x/y/a.pem', 'a'],
    ['<team>/*/<app>.*', 'wms/prod/edi.yaml', 'wms/edi'],
    ['prod/<path**>', 'prod/a/b.yaml', 'a/b.yaml'],
    ['a.b/<x>', 'aXb/c', undefined],
  ])('%s of %s', (pattern, path, key) => {
    expect(parseKeyPattern(pattern)?.keyOf(path)).toBe(key);
  });

  it.each(['certs/*.pem', '', '<open', 'a>b'])('%s is none', (pattern) => {
    expect(parseKeyPattern(pattern)).toBeUndefined();
  });
});
