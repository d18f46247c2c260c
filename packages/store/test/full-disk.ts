// Runs on a small disk of its own: the folder named by the first argument. Prints one line of JSON with what happened.
import { execFileSync } from 'node:child_process';
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Pack, ProblemError } from '@leeway/core';
import { openStore } from '../src/open.ts';
import type { LeewayStore } from '../src/store.ts';
import { makePacks } from './make.ts';

const [disk = ''] = process.argv.slice(2);
const folder = join(disk, '.leeway');
const ballast = join(disk, 'ballast');

async function open(): Promise<LeewayStore | string> {
  const opened = await openStore({ kind: 'embedded', folder });
  return opened.ok ? opened.value : (opened.problems[0]?.code ?? 'no code');
}

async function mustOpen(): Promise<LeewayStore> {
  const store = await open();
  if (typeof store === 'string') throw new Error(`It does not open: ${store}`);
  return store;
}

/** Puts packs until the disk is full; returns the code of the problem. */
async function fill(store: LeewayStore, kept: Pack[]): Promise<string> {
  for (;;) {
    const packs = makePacks(1, 1_000_000);
    try {
      await store.chunks.putPacks(packs);
      kept.push(...packs);
    } catch (error) {
      if (error instanceof ProblemError) return error.problem.code;
      throw error;
    }
  }
}

async function isWhole(store: LeewayStore, kept: readonly Pack[]): Promise<boolean> {
  const found = await store.chunks.getPacks(kept.map((pack) => pack.id));
  return kept.every((pack, at) => Buffer.compare(pack.bytes, found[at]?.bytes ?? new Uint8Array()) === 0);
}

/** Everything that is left, as one file. */
function fillWithBallast(bytes?: number): void {
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(ballast, Buffer.alloc(bytes ?? bavail * bsize));
}

const kept: Pack[] = [];
fillWithBallast(24 * 1024 * 1024);
const store = await mustOpen();
const whenFull = await fill(store, kept);
const acknowledged = kept.length;
rmSync(ballast);
const afterFreeing = await isWhole(store, kept);
await store.close();

fillWithBallast();
const openedWhenFull = await open();
rmSync(ballast);
const reopened = typeof openedWhenFull === 'string' ? await mustOpen() : openedWhenFull;
const afterReopening = await isWhole(reopened, kept);
await reopened.close();

execFileSync('mount', ['-o', 'remount,ro', disk]);
const openedReadOnly = await open();
execFileSync('mount', ['-o', 'remount,rw', disk]);

rmSync(folder, { recursive: true });
fillWithBallast();
const createdWhenFull = await open();
const onFull = { whenFull, acknowledged, createdWhenFull };
process.stdout.write(JSON.stringify({ ...onFull, afterFreeing, afterReopening, openedReadOnly }));
