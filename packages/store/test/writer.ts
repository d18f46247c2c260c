// A process that writes to an embedded store until it is killed. It prints one line for everything acknowledged:
// first a report of what it found, then `snapshot <id>` or `scan <id>` after each write.
import { digestHex, type Snapshot } from '@leeway/core';
import { openStore } from '../src/open.ts';
import type { LeewayStore } from '../src/store.ts';
import { indexOf, makeChunks, makeFinding, makePacks, makeSnapshot, minute } from './make.ts';

const estate = 'estate';
const [folder = '', mode = 'write'] = process.argv.slice(2);

async function main(): Promise<void> {
  print({ opening: process.pid });
  const opened = await openStore({ kind: 'embedded', folder });
  if (!opened.ok) throw new Error(opened.problems.map((found) => found.message).join());
  const store = opened.value;
  const found = await report(store);
  print({ found });
  for (let number = found.scans.length; mode === 'write'; number++) await writeScan(store, number);
  await store.close();
}

/** Reads everything back: what is half there makes this fail. */
async function report(store: LeewayStore) {
  const headers = await store.snapshots.list({ estate }, 10_000);
  const snapshots: Record<string, string> = {};
  for (const header of headers) {
    const snapshot = await store.snapshots.get(header.id);
    if (!snapshot) throw new Error(`The snapshot ${header.id} is listed and not there`);
    snapshots[header.id] = await digestOf(store, snapshot);
  }
  const scans = (await store.findings.scans(estate, 10_000)).map((scan) => scan.id);
  const open = (await store.findings.open(estate)).map((finding) => finding.fingerprint);
  const events = (await store.findings.events(estate, {}, 100_000)).map((event) => `${event.scan} ${event.event}`);
  return { snapshots, scans, open, events };
}

/** Digest of a snapshot with all its entries and bodies. */
async function digestOf(store: LeewayStore, { index }: Snapshot): Promise<string> {
  const size = index.chunkIds.length >> index.bits;
  const ids = Array.from({ length: 1 << index.bits }, (_, at) => index.chunkIds.subarray(at * size, at * size + size));
  const chunks = await store.chunks.getChunks(ids);
  const packs = await store.chunks.getPacks(chunks.map((chunk) => chunk.entries.subarray(32, 40)));
  const parts = [...chunks.map((chunk) => chunk.entries), ...packs.map((pack) => pack.bytes)];
  return digestHex(Buffer.concat(parts).toString('hex'));
}

/** Each scan has one snapshot of 64 chunks, and one finding that the next scan resolves. */
async function writeScan(store: LeewayStore, number: number): Promise<void> {
  const packs = makePacks(4, 2000);
  const chunks = makeChunks(64, packs);
  await store.chunks.putPacks(packs);
  await store.chunks.putChunks(chunks);
  const snapshot = makeSnapshot(estate, `${process.pid}-${number}`, indexOf(6, chunks), { takenAt: minute(number) });
  await store.snapshots.save(snapshot);
  print({ snapshot: snapshot.header.id, digest: await digestOf(store, snapshot) });
  const scope = { environments: ['production'], sources: ['cluster'], revision: 'r', exitCode: 2 };
  const scan = { id: `${process.pid}-${number}`, estate, at: minute(number), ...scope };
  await store.findings.record(scan, [makeFinding(digestHex(scan.id, 16))], () => false);
  print({ scan: scan.id });
}

function print(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

await main();
