import { generateNdjson } from '@leeway/connectors/sample/index.ts';
import {
  type BuiltIndex,
  type ChunkStore,
  changedEntries,
  compareAttributes,
  loadIndex,
  loadResources,
  memoryChunkStore,
  type Resource,
  SnapshotBuilder,
} from '@leeway/core';
import { kinds, mask, neutralizer } from '../estate.ts';
import { answer, cpuSeconds, question } from './talk.ts';

/** Reads an estate twice, the second time with some resources changed, and compares the two snapshots. */
const { count, changes, rounds } = question<{
  readonly count: number;
  readonly changes: number;
  readonly rounds: number;
}>();

const store = memoryChunkStore();
const decoder = new TextDecoder();

function* resources(): Generator<Resource> {
  for (const chunk of generateNdjson(count, 1)) {
    for (const line of decoder.decode(chunk).split('\n')) if (line !== '') yield JSON.parse(line) as Resource;
  }
}

async function take(edit: (resource: Resource, at: number) => Resource, previous?: BuiltIndex): Promise<BuiltIndex> {
  const base = previous && (await loadIndex(store, previous.index));
  const builder = new SnapshotBuilder({ kinds, neutralizer, mask, ...(base && { previous: base }) });
  let at = 0;
  for (const resource of resources()) {
    builder.add(edit(resource, at++));
    if (builder.pending >= 16) await store.putPacks(builder.takePacks());
  }
  const built = builder.finish();
  await store.putPacks(builder.takePacks());
  await store.putChunks(built.chunks);
  return built;
}

/** Finds the keys that differ, loads both bodies of each and finds the fields that do. */
async function compare(from: ChunkStore, left: BuiltIndex, right: BuiltIndex): Promise<number> {
  const changed = await changedEntries(from, left.index, right.index, 'within-environment');
  const before = await loadResources(
    from,
    changed.flatMap((entry) => entry.left ?? []),
  );
  const after = await loadResources(
    from,
    changed.flatMap((entry) => entry.right ?? []),
  );
  let differences = 0;
  for (const [at, { kind, attributes }] of before.entries()) {
    differences += compareAttributes(kinds.find(kind), attributes, after[at]?.attributes ?? {}).length;
  }
  return differences;
}

const step = Math.floor(count / changes);
const first = await take((resource) => resource);
const second = await take(
  (resource, at) =>
    at % step === 0 ? { ...resource, attributes: { ...resource.attributes, size: `${at} changed` } } : resource,
  first,
);
const seconds: number[] = [];
let differences = 0;
for (let round = 0; round < rounds; round++) {
  seconds.push(
    await cpuSeconds(async () => {
      differences = await compare(store, first, second);
    }),
  );
}
answer({ seconds, differences });
