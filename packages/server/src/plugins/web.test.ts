import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { handleErrors } from './errors.ts';
import { serveWeb } from './web.ts';

const page = '<!doctype html><title>Leeway</title>';
const code = 'export const hello = "hello hello hello hello";';
const folder = mkdtempSync(join(tmpdir(), 'leeway-web-'));
let app: FastifyInstance;

beforeAll(async () => {
  const dist = join(folder, 'dist');
  mkdirSync(join(dist, 'assets'), { recursive: true });
  mkdirSync(join(dist, '.vite'));
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  writeFileSync(join(dist, 'index.html'), page);
  writeFileSync(join(dist, '.vite/manifest.json'), '{}');
  writeFileSync(join(dist, 'assets/main-abc123.js'), code);
  writeFileSync(join(dist, 'assets/main-abc123.js.br'), brotliCompressSync(code));
  app = Fastify();
  handleErrors(app);
  app.get('/api/v1/me', () => ({ name: 'somebody' }));
  await serveWeb(app, dist);
});

afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

test.each(['/', '/findings', '/findings/3f2a9c1b?open=1', '/compare?left=production-eu@2026-11-30T08:00:00Z'])(
  '%s is the page, asked for again each time',
  async (url) => {
    const { statusCode, body, headers } = await app.inject(url);
    expect([statusCode, body, headers['cache-control']]).toEqual([200, page, 'no-cache']);
  },
);

test('assets are kept for ever and sent as they were compressed', async () => {
  const { headers, rawPayload } = await app.inject({
    url: '/assets/main-abc123.js',
    headers: { 'accept-encoding': 'gzip, br' },
  });
  expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect(headers['content-encoding']).toBe('br');
  expect(headers['content-type']).toMatch(/^text\/javascript|^application\/javascript/);
  expect(rawPayload).toEqual(brotliCompressSync(code));
});

test('addresses of the API and of assets that are not there are not the page', async () => {
  for (const url of ['/api/v1/nothing', '/assets/main-old.js', '/api']) {
    const { statusCode, headers } = await app.inject(url);
    expect([url, statusCode, headers['content-type']]).toEqual([url, 404, 'application/problem+json; charset=utf-8']);
  }
  expect((await app.inject('/api/v1/me')).json()).toEqual({ name: 'somebody' });
});

test.each([
  '/../secret.txt',
  '/assets/../../secret.txt',
  '/assets/..%2f..%2fsecret.txt',
  '/%2e%2e/secret.txt',
  '/assets/..\\..\\secret.txt',
  '/.vite/manifest.json',
  '//secret.txt',
])('%s leads to no file', async (url) => {
  const { body } = await app.inject({ url });
  expect(body).not.toContain('secret"');
  expect(body).not.toBe('secret');
  expect(body).not.toBe('{}');
});
