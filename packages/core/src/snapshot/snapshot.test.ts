import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Kind } from '../resource/kind.ts';
import { indexKinds } from '../resource/kind-index.ts';
import { compileNeutralizer } from '../resource/neutral.ts';
import type { Resource } from '../resource/resource.ts';
import { type BuiltIndex, SnapshotBuilder, type SnapshotBuilderOptions } from './builder.ts';
import { loadIndex } from './chunk.ts';
import { changedEntries, findResources, walkChunks } from './diff.ts';
import { memoryChunkStore } from './memory-chunk-store.ts';
import { loadResources } from './pack.ts';
import type { ChunkStore } from './snapshot.ts';

const kind: Kind = {
  name: 'queue',
  title: 'queue',
  layer: 'messaging',
  version: 1,
  noise: { unordered: ['/bindings'], computed: ['/messages'], defaults: { '/durable': true }, instance: ['/node'] },
};
const kinds = indexKinds([kind]);

function queue(key: string, attributes: Resource['attributes'], origin?: Resource['origin']): Resource {
  return { kind: 'queue', key, attributes, ...(origin && { origin }) };
}

async function build(
  store: ChunkStore,
  resources: readonly Resource[],
  options: Partial<SnapshotBuilderOptions> = {},
): Promise<BuiltIndex> {
  const builder = new SnapshotBuilder({ kinds, ...options });
  for (const resource of resources) builder.add(resource);
  const built = builder.finish();
  await store.putPacks(builder.takePacks());
  await store.putChunks(built.chunks);
  return built;
}

async function readAll(store: ChunkStore, built: BuiltIndex): Promise<readonly Resource[]> {
  const bodies: Resource[] = [];
  for await (const { entries } of walkChunks(store, built.index)) {
    bodies.push(
      ...(await loadResources(
        store,
        entries.map(({ body }) => body),
      )),
    );
  }
  return bodies.sort((left, right) => (left.key < right.key ? -1 : 1));
}

const content = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.integer({ min: 0, max: 3 }), { maxKeys: 60 });
const resourcesOf = (levels: Readonly<Record<string, number>>) =>
  Object.entries(levels).map(([key, level]) => queue(key, { level }));

test('what was added is read back, whatever the order', async () => {
  await fc.assert(
    fc.asyncProperty(content, async (levels) => {
      const store = memoryChunkStore();
      const resources = resourcesOf(levels).sort((left, right) => (left.key < right.key ? -1 : 1));
      const built = await build(store, resources.toReversed());
      expect(await readAll(store, built)).toEqual(resources);
      expect(built.count).toBe(resources.length);
      const other = await build(memoryChunkStore(), resources);
      // Content ids are the first 16 of 24 bytes; where bodies lie may differ with the order.
      const ids = ({ index }: BuiltIndex) =>
        Array.from({ length: 1 << index.bits }, (_, at) =>
          Buffer.from(index.chunkIds.subarray(at * 24, at * 24 + 16)).toString('hex'),
        );
      expect(ids(other)).toEqual(ids(built));
    }),
    { numRuns: 60 },
  );
});

test('changed entries are exactly those that a comparison of all resources finds', async () => {
  await fc.assert(
    fc.asyncProperty(content, content, async (before, after) => {
      const store = memoryChunkStore();
      const left = await build(store, resourcesOf(before));
      const right = await build(store, resourcesOf(after));
      const changed = await changedEntries(store, left.index, right.index, 'within-environment');
      const found = new Map<string, readonly [number | undefined, number | undefined]>();
      for (const entry of changed) {
        const [old] = await loadResources(store, entry.left ? [entry.left] : []);
        const [now] = await loadResources(store, entry.right ? [entry.right] : []);
        found.set((old ?? now)?.key ?? '', [
          old?.attributes['level'] as number | undefined,
          now?.attributes['level'] as number | undefined,
        ]);
      }
      const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
        (key) => before[key] !== after[key],
      );
      expect(Object.fromEntries(found)).toEqual(
        Object.fromEntries(keys.map((key) => [key, [before[key], after[key]]])),
      );
    }),
    { numRuns: 60 },
  );
});

test('indexes of different bucket counts compare alike', async () => {
  const store = memoryChunkStore();
  const few = Array.from({ length: 40 }, (_, at) => queue(`q${at}`, { level: at }));
  const many = [...few.slice(1), ...Array.from({ length: 3000 }, (_, at) => queue(`more${at}`, {}))];
  const left = await build(store, few);
  const right = await build(store, many);
  expect(left.index.bits).toBeLessThan(right.index.bits);
  expect(await changedEntries(store, left.index, right.index, 'within-environment')).toHaveLength(3001);
});

test('a rescan packs and cuts only what moved', async () => {
  const store = memoryChunkStore();
  const resources = Array.from({ length: 5000 }, (_, at) => queue(`q${at}`, { level: at, bindings: ['a', 'b'] }));
  const first = await build(store, resources);
  const builder = new SnapshotBuilder({ kinds, previous: await loadIndex(store, first.index) });
  for (const [at, resource] of resources.entries()) {
    // Noise moves everywhere, content in five places.
    const attributes = {
      ...resource.attributes,
      bindings: ['b', 'a'],
      messages: at,
      ...(at % 1000 === 7 && { level: -1 }),
    };
    builder.add({ ...resource, attributes });
  }
  const second = builder.finish();
  const packs = builder.takePacks();
  expect(packs.map(({ count }) => count)).toEqual([5]);
  expect(second.chunks.length).toBeLessThanOrEqual(5);
});

test('a place that moved is kept, without counting as a change', async () => {
  const store = memoryChunkStore();
  const first = await build(store, [queue('q', { level: 1 }, { place: 'queues.yaml:4' })]);
  const second = await build(store, [queue('q', { level: 1 }, { place: 'queues.yaml:9' })], {
    previous: await loadIndex(store, first.index),
  });
  expect(await changedEntries(store, first.index, second.index, 'within-environment')).toEqual([]);
  expect((await readAll(store, second))[0]?.origin?.place).toBe('queues.yaml:9');
  expect((await readAll(store, first))[0]?.origin?.place).toBe('queues.yaml:4');
});

test('environments line up once their own names are taken out', async () => {
  const store = memoryChunkStore();
  const production = await build(store, [queue('orders-prod', { url: 'amqp://prod.example/x', node: 'a' })], {
    neutralizer: compileNeutralizer({ stage: ['prod', 'production'] }),
  });
  const staging = await build(store, [queue('orders-stg', { url: 'amqp://stg.example/x', node: 'b' })], {
    neutralizer: compileNeutralizer({ stage: ['stg', 'staging'] }),
  });
  expect(await changedEntries(store, production.index, staging.index, 'across-environments')).toEqual([]);
  expect(await changedEntries(store, production.index, staging.index, 'within-environment')).toHaveLength(1);
});

test('resources that share an identity are told once and left out, whatever the order', async () => {
  const store = memoryChunkStore();
  const resources = [queue('q', { level: 1 }), queue('q', { level: 2 }), queue('q', { level: 2 }), queue('other', {})];
  const one = await build(store, resources);
  const other = await build(store, resources.toReversed());
  expect([one.duplicates.length, other.duplicates.length]).toEqual([1, 1]);
  expect((await readAll(store, one)).map(({ key }) => key)).toEqual(['other']);
  expect(await readAll(store, other)).toEqual(await readAll(store, one));
});

test('resources are found by key', async () => {
  const store = memoryChunkStore();
  const built = await build(
    store,
    Array.from({ length: 300 }, (_, at) => queue(`q${at}`, { level: at })),
  );
  const [entry] = await changedEntries(store, (await build(store, [])).index, built.index, 'within-environment');
  const found = await findResources(store, built.index, [entry?.keyHash ?? '', 'ffffffffffffffff']);
  expect([...found.keys()]).toEqual([entry?.keyHash]);
});
