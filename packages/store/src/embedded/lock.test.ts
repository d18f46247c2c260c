import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { takeLock } from './lock.ts';

const root = mkdtempSync(join(tmpdir(), 'leeway-lock-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const freshFolder = () => mkdtempSync(join(root, 'folder-'));
const since = new Date('2026-03-04T05:06:07.000Z');

/** A process id nobody has: Linux and macOS stay below it. */
const deadPid = 2 ** 31 - 2;

function testLock(): void {
  test('one holder at a time, whatever path leads to the folder, and the next one when it is released', async () => {
    const folder = freshFolder();
    const link = `${folder}-link`;
    symlinkSync(folder, link);
    const first = await takeLock(folder, 'the store', since);
    if (!first.ok) throw new Error('The first one is refused');
    for (const path of [folder, link]) {
      const second = await takeLock(path, 'the store');
      expect(second).toMatchObject({ ok: false, problems: [{ code: 'LW6002' }] });
      const message = second.ok ? '' : second.problems[0]?.message;
      expect(message).toContain(`the store is in use by process ${process.pid} since 2026-03-04T05:06:07.000Z`);
    }
    await first.value.release();
    const third = await takeLock(link, 'the store');
    expect(third.ok).toBe(true);
    if (third.ok) await third.value.release();
  });

  test('what a dead holder left behind does not keep anybody out', async () => {
    const folder = freshFolder();
    writeFileSync(join(folder, 'lock.json'), JSON.stringify({ pid: deadPid, since: since.toISOString() }));
    const taken = await takeLock(folder, 'the store');
    expect(taken.ok).toBe(true);
    if (taken.ok) await taken.value.release();
  });

  test('nor does a half-written note', async () => {
    const folder = freshFolder();
    writeFileSync(join(folder, 'lock.json'), '{"pid": 1');
    const taken = await takeLock(folder, 'the store');
    expect(taken.ok).toBe(true);
    if (taken.ok) await taken.value.release();
  });
}

describe('on this platform', testLock);

describe('where sockets have no names outside of the file system', () => {
  const platform = vi.spyOn(process, 'platform', 'get');
  platform.mockReturnValue('darwin');
  afterAll(() => platform.mockRestore());
  testLock();
});
