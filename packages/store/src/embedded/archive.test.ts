import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { packFolder, unpackFolder } from './archive.ts';

const root = mkdtempSync(join(tmpdir(), 'leeway-archive-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

function makeFolder(): string {
  const folder = mkdtempSync(join(root, 'in-'));
  mkdirSync(join(folder, 'base', '1'), { recursive: true });
  mkdirSync(join(folder, 'empty'));
  writeFileSync(join(folder, 'base', '1', 'bytes'), Buffer.from([0, 10, 255, 10]));
  writeFileSync(join(folder, 'base', 'none'), '');
  writeFileSync(join(folder, 'Ünicode'), 'text');
  return folder;
}

test('unpacks what it packed', () => {
  const out = join(root, 'out');
  expect(unpackFolder(packFolder(makeFolder()), out)).toBe(true);
  expect(readFileSync(join(out, 'base', '1', 'bytes'))).toEqual(Buffer.from([0, 10, 255, 10]));
  expect(readFileSync(join(out, 'base', 'none'), 'utf8')).toBe('');
  expect(readFileSync(join(out, 'Ünicode'), 'utf8')).toBe('text');
  expect(existsSync(join(out, 'empty'))).toBe(true);
});

test('a damaged archive is refused before anything is written', () => {
  const archive = packFolder(makeFolder());
  const out = join(root, 'damaged');
  const flipped = Uint8Array.from(archive);
  flipped[archive.length - 1] = (flipped.at(-1) ?? 0) ^ 1;
  for (const damaged of [flipped, archive.subarray(0, archive.length >> 1), archive.subarray(0, 5), new Uint8Array()]) {
    expect(unpackFolder(damaged, out)).toBe(false);
    expect(existsSync(out)).toBe(false);
  }
});
