import { describe, expect, it } from 'vitest';
import { loadOptional } from '../optional-package.ts';
import { listFiles, readJsonFile, readYamlFile } from '../read-document.ts';
import { memoryFiles } from './memory-files.ts';
import { record } from './record.ts';
import { recordedTransport } from './recorded-transport.ts';
import { shuffle, shuffleLists } from './shuffle.ts';

describe('memory files', () => {
  const files = memoryFiles({ 'a.yml': 'a: 1', 'live/b.json': '{"b":', 'live/deep/c.yaml': 'c: [1' });

  it('fit globs as the estate does', async () => {
    expect(await files.list(['*.yml', '**/*.{json,yaml}'])).toEqual(['a.yml', 'live/b.json', 'live/deep/c.yaml']);
    expect(await files.list(['live/*'])).toEqual(['live/b.json']);
    expect(await files.list(['?.yml'])).toEqual(['a.yml']);
  });

  it('give coded problems with their place', async () => {
    const missing = await readJsonFile(files, 'none.json');
    const broken = await readJsonFile(files, 'live/b.json');
    const unclosed = await readYamlFile(files, 'live/deep/c.yaml');
    const codes = [missing, broken, unclosed].map((result) =>
      result.ok ? [] : result.problems.map(({ code, place }) => [code, place?.file]),
    );
    expect(codes).toEqual([[['LW2001', 'none.json']], [['LW2005', 'live/b.json']], [['LW2005', 'live/deep/c.yaml']]]);
    expect(await listFiles(files, ['x/*'])).toMatchObject({ ok: false, problems: [{ code: 'LW2001' }] });
  });
});

describe('recorded transport', () => {
  const transport = () =>
    recordedTransport([
      { request: { url: 'http://a.test/x?b=1&a=2' }, response: { json: 1 } },
      { request: { url: 'http://a.test/x?a=2&b=1' }, response: { json: 2 } },
      {
        request: { url: 'http://a.test/y', method: 'POST', bodyDigest: '2cf24dba5fb0a30e' },
        response: { status: 201, text: 'made' },
      },
    ]);

  it('answers by method, address and body; the same request in order', async () => {
    const { fetch, unread, requests } = transport();
    const bodies = [];
    for (let time = 0; time < 3; time += 1) bodies.push(await (await fetch('http://a.test/x?a=2&b=1')).json());
    expect(bodies).toEqual([1, 2, 2]);
    expect(unread()).toEqual(['POST http://a.test/y 2cf24dba5fb0a30e']);
    expect((await fetch('http://a.test/y', { method: 'POST', body: 'hello' })).status).toBe(201);
    expect(unread()).toEqual([]);
    expect(requests).toHaveLength(4);
  });

  it('remembers what was never recorded', async () => {
    const { fetch, unexpected } = transport();
    await expect(fetch('http://a.test/z')).rejects.toThrow(TypeError);
    expect(unexpected).toEqual(['GET http://a.test/z']);
  });

  it('replays what was recorded, scrubbed', async () => {
    const real = async () =>
      new Response('{"token":"hunter2"}', { headers: { 'content-type': 'application/json', 'set-cookie': 'hunter2' } });
    const recorder = record(real, { hunter2: 'scrubbed', 'live.test': 'a.test' });
    await recorder.fetch('https://live.test/x?key=hunter2', { headers: { authorization: 'hunter2' } });
    const { recordings } = recorder.recordings('a lab');
    expect(JSON.stringify(recordings)).not.toContain('hunter2');
    expect(await (await recordedTransport(recordings).fetch('https://a.test/x?key=scrubbed')).json()).toEqual({
      token: 'scrubbed',
    });
  });
});

describe('shuffling', () => {
  it('reorders every list that is named and no other', () => {
    expect(shuffle([1, 2, 3, 4])).toEqual([3, 2, 1, 4]);
    expect(shuffle([1, 2])).toEqual([2, 1]);
    expect(shuffleLists({ a: [{ b: [1, 2] }], c: [1, 2] }, ['/a/*/b'])).toEqual({ a: [{ b: [2, 1] }], c: [1, 2] });
  });
});

describe('optional packages', () => {
  it('are named when they are not there; other faults stay thrown', async () => {
    const missing = Object.assign(new Error("Cannot find package 'ldapts'"), { code: 'ERR_MODULE_NOT_FOUND' });
    expect(await loadOptional('LDAP', 'ldapts', () => Promise.reject(missing))).toMatchObject({
      ok: false,
      problems: [{ code: 'LW3009' }],
    });
    await expect(loadOptional('LDAP', 'other', () => Promise.reject(missing))).rejects.toThrow(missing);
    expect(await loadOptional('Path', 'node:path', () => import('node:path'))).toMatchObject({ ok: true });
  });
});
