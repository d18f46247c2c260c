import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { digestBytes } from '@leeway/core';

const digestLength = 32;
/** A template unfolds to 40 MB; more than this is not one. */
const maximumBytes = 512 * 1024 * 1024;

interface Entry {
  readonly path: string;
  /** Length in bytes; undefined for a folder. */
  readonly size?: number;
}

/** A folder as one compressed file: digest, then zstd of a line of JSON with the entries and of all bytes in order. */
export function packFolder(folder: string): Uint8Array {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = found.map((entry) => ({ isFolder: entry.isDirectory(), path: join(entry.parentPath, entry.name) }));
  const bodies: Uint8Array[] = [];
  const entries: Entry[] = paths.map(({ isFolder, path }) => {
    const name = path.slice(folder.length + 1).replaceAll('\\', '/');
    if (isFolder) return { path: name };
    const body = readFileSync(path);
    bodies.push(body);
    return { path: name, size: body.length };
  });
  const packed = zstdCompressSync(Buffer.concat([Buffer.from(`${JSON.stringify(entries)}\n`), ...bodies]));
  return Buffer.concat([digestBytes(packed), packed]);
}

/**
 * Writes what {@link packFolder} packed into a new folder and syncs every file of it. Returns false, having written
 * nothing, where the bytes are damaged.
 */
export function unpackFolder(archive: Uint8Array, folder: string): boolean {
  const packed = archive.subarray(digestLength);
  if (Buffer.compare(digestBytes(packed), archive.subarray(0, digestLength)) !== 0) return false;
  const whole = zstdDecompressSync(packed, { maxOutputLength: maximumBytes });
  const end = whole.indexOf('\n');
  const entries = JSON.parse(whole.toString('utf8', 0, end)) as readonly Entry[];
  mkdirSync(folder, { mode: 0o700 });
  for (const { path, size } of entries)
    if (size === undefined) mkdirSync(join(folder, path), { recursive: true, mode: 0o700 });
  let at = end + 1;
  for (const { path, size } of entries) {
    if (size === undefined) continue;
    writeSynced(join(folder, path), whole.subarray(at, at + size));
    at += size;
  }
  for (const { path, size } of entries) if (size === undefined) syncFolder(join(folder, path));
  syncFolder(folder);
  return true;
}

/** Makes the names in a folder last; Windows has no such call and needs none. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function writeSynced(file: string, body: Uint8Array): void {
  const handle = openSync(file, 'wx', 0o600);
  try {
    for (let at = 0; at < body.length; ) at += writeSync(handle, body, at);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
