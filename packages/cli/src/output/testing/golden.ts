import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';

const folder = join(import.meta.dirname, '..', 'golden');

/** Holds text equal to `golden/<name>`. `LEEWAY_UPDATE_GOLDEN=1` writes the file anew; then read what changed. */
export function expectGolden(name: string, text: string): void {
  const file = join(folder, name);
  if (process.env['LEEWAY_UPDATE_GOLDEN'] === '1') {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  expect(text).toBe(readFileSync(file, 'utf8'));
}
