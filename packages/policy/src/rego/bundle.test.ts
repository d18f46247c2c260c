import { readFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BundleSettings, loadBundle } from './bundle.ts';
import { readTar } from './tar.ts';

const archive = readFileSync(new URL('../../fixtures/rego/encryption.tar.gz', import.meta.url));
const settings: BundleSettings = { code: 'R1', title: 'T', severity: 'low', kinds: ['*'], entrypoint: 'leeway/allow' };

function problemOf(bytes: Uint8Array, entrypoint = settings.entrypoint): string {
  const loaded = loadBundle(bytes, { ...settings, entrypoint }, 'b.tar.gz');
  return loaded.ok ? 'none' : `${loaded.problems[0]?.code} ${loaded.problems[0]?.message}`;
}

describe('loadBundle', () => {
  it('reads a bundle and the bare module in it', () => {
    const loaded = loadBundle(archive, settings, 'b.tar.gz');
    expect(loaded).toMatchObject({ ok: true, value: { data: { banned_engines: ['mariadb'] } } });
    const wasm = readTar(gunzipSync(archive))?.get('policy.wasm');
    expect(problemOf(wasm ?? new Uint8Array())).toBe('none');
  });

  it('names the entrypoints there are', () => {
    const loaded = loadBundle(archive, { ...settings, entrypoint: 'leeway/alow' }, 'b.tar.gz');
    expect(loaded).toMatchObject({
      ok: false,
      problems: [{ code: 'LW5009', hint: expect.stringContaining('leeway/allow') }],
    });
  });

  it('refuses what is no bundle', () => {
    expect(problemOf(new TextEncoder().encode('package leeway'))).toContain(
      'LW5008 The Rego bundle b.tar.gz cannot be used: it is neither',
    );
    expect(problemOf(archive.subarray(0, 5000))).toContain('damaged');
    expect(problemOf(gzipSync(gunzipSync(archive).subarray(0, 100_000)))).toContain('the archive is damaged');
    expect(problemOf(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]))).toContain(
      'does not export opa_wasm_abi_version',
    );
    const wasm = readTar(gunzipSync(archive))?.get('policy.wasm') ?? new Uint8Array();
    expect(problemOf(wasm.subarray(0, wasm.length - 1000))).toContain('the WebAssembly module is damaged');
  });

  it('answers any damage with a value or a coded problem', () => {
    const tar = gunzipSync(archive);
    fc.assert(
      fc.property(fc.nat(tar.length - 1), fc.nat(255), fc.nat(1023), (at, byte, cut) => {
        const broken = Buffer.from(tar);
        broken[at] = byte;
        expect(problemOf(gzipSync(broken.subarray(0, broken.length - cut), { level: 1 }))).toMatch(
          /^(none|LW500[89] )/,
        );
      }),
      { numRuns: 40 },
    );
  });
});
