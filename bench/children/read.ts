// Reads generated resources through mask, normalise, digest and snapshot, and JSON.parse alone, on the same bytes in turns.
import { maskSecrets, sealWith } from '@leeway/connector-kit';
import { connector } from '@leeway/connectors/sample/index.ts';
import { generateNdjson } from '@leeway/connectors/sample/ndjson.ts';
import {
  changedEntries,
  compileNeutralizer,
  indexKinds,
  loadIndex,
  loadResources,
  memoryChunkStore,
  type Resource,
  SnapshotBuilder,
} from '@leeway/core';

const count = Number(process.argv[2]);
const kinds = indexKinds(connector.kinds);
const neutralizer = compileNeutralizer({ stage: ['prod', 'production'], region: ['eu-west-1'] });
const seal = sealWith('a key for the benchmark');
const chunkBytes = 4 * 2 ** 20;

interface Reading {
  readonly built: ReturnType<SnapshotBuilder['finish']>;
  readonly parse: number;
  readonly read: number;
  readonly bytes: number;
  readonly stored: number;
}

const store = memoryChunkStore();

/** One pass over the estate; `parse` and `read` are milliseconds spent on the same lines, generation left out. */
async function readAll(drift: number, previous?: Awaited<ReturnType<typeof loadIndex>>): Promise<Reading> {
  const builder = new SnapshotBuilder({ kinds, neutralizer, ...(previous && { previous }) });
  const spent = { parse: 0, read: 0 };
  let bytes = 0;
  let stored = 0;
  const put = async () => {
    const packs = builder.takePacks();
    stored += packs.reduce((sum, pack) => sum + pack.bytes.length, 0);
    await store.putPacks(packs);
  };
  const parseLines = (lines: readonly string[]) => {
    const started = performance.now();
    for (const line of lines) JSON.parse(line);
    spent.parse += performance.now() - started;
  };
  const readLines = async (lines: readonly string[]) => {
    const started = performance.now();
    for (const line of lines) {
      const resource = JSON.parse(line) as Resource;
      builder.add(maskSecrets(resource, kinds.find(resource.kind), seal));
    }
    await put();
    spent.read += performance.now() - started;
  };
  let turn = 0;
  for (const chunk of generateNdjson(count, 1, { chunkBytes, settings: { drift } })) {
    bytes += chunk.length;
    const lines = Buffer.from(chunk).toString('utf8').trimEnd().split('\n');
    // In turns, so that neither always finds the other's garbage.
    if (turn++ % 2) {
      await readLines(lines);
      parseLines(lines);
    } else {
      parseLines(lines);
      await readLines(lines);
    }
  }
  const started = performance.now();
  const built = builder.finish();
  await put();
  await store.putChunks(built.chunks);
  stored += built.chunks.reduce((sum, chunk) => sum + chunk.id.length + chunk.entries.length, 0);
  spent.read += performance.now() - started;
  return { built, ...spent, bytes, stored };
}

const first = await readAll(0);
const second = await readAll(0.001, await loadIndex(store, first.built.index));
const started = performance.now();
const changed = await changedEntries(store, first.built.index, second.built.index, 'within-environment');
for (const side of ['left', 'right'] as const) {
  await loadResources(
    store,
    changed.flatMap((entry) => entry[side] ?? []),
  );
}
const compare = performance.now() - started;
// Ids of the chunks that moved stand in the second snapshot's delta.
const rescan = second.stored + second.built.chunks.length * 28;
console.log(
  JSON.stringify({
    parse: first.parse,
    read: first.read,
    bytes: first.bytes,
    compare,
    changed: changed.length,
    stored: first.stored + first.built.index.chunkIds.length,
    rescan,
    residentMegabytes: process.resourceUsage().maxRSS / 1024,
  }),
);
