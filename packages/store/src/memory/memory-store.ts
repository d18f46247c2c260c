import { ProblemError, problem, type Snapshot, type Violation } from '@leeway/core';
import type { DeploymentRecord, DeploymentStore, PolicyResultStore, SnapshotSlot, SnapshotStore } from '@leeway/engine';
import { idsIn } from '../delta.ts';
import { timeValue, toHex } from '../sql/values.ts';
import type { LeewayStore, PartSize, Pruned, Retention, StoreSizes } from '../store.ts';
import { type MemoryContent, memoryContent, usedPacks } from './memory-content.ts';
import { memoryFindings } from './memory-findings.ts';

/** A store that lives as long as the process: for `--no-store` and for tests. Nothing is kept, nothing is locked. */
export function memoryStore(): LeewayStore {
  const content = memoryContent();
  const snapshots = new Map<string, Snapshot>();
  const results = new Map<string, Map<string, Violations>>();
  return {
    label: 'memory',
    chunks: content,
    snapshots: memorySnapshots(snapshots, content),
    findings: memoryFindings(),
    policyResults: memoryPolicyResults(results),
    deployments: memoryDeployments(),
    prune: async (estate, keep) => prune(snapshots, content, estate, keep),
    sizes: async () => measure(content, snapshots),
    close: async () => undefined,
  };
}

type Violations = Readonly<Record<string, readonly Violation[]>>;

function memorySnapshots(kept: Map<string, Snapshot>, content: MemoryContent): SnapshotStore {
  const list = (slot: Partial<SnapshotSlot> & { readonly estate: string }) =>
    [...kept.values()]
      .filter(({ header }) => isInSlot(header, slot))
      .reverse()
      .sort(byNewest);
  return {
    async save(snapshot) {
      const { id, estate } = snapshot.header;
      const lost = idsIn(snapshot.index.chunkIds, false).filter((chunk) => !content.chunks.has(toHex(chunk)));
      const first = lost[0];
      if (first) throw new ProblemError(problem('LW6010', { what: 'chunks', count: lost.length, id: toHex(first) }));
      const key = JSON.stringify([estate, id]);
      if (!kept.has(key)) kept.set(key, structuredClone(snapshot));
    },
    latest: async (slot) => list(slot)[0],
    get: async (id) => [...kept.values()].find(({ header }) => header.id === id),
    heads: async (estate, environment, slots, before) =>
      slots.flatMap((slot) => {
        const found = list({ estate, environment, ...slot }).map(({ header }) => header);
        return found.find(({ takenAt }) => before === undefined || timeValue(takenAt) <= timeValue(before)) ?? [];
      }),
    list: async (slot, limit) =>
      list(slot)
        .slice(0, limit)
        .map(({ header }) => header),
  };
}

function isInSlot(header: SnapshotSlot, slot: Partial<SnapshotSlot>): boolean {
  const fields = ['estate', 'environment', 'source', 'plane'] as const;
  return fields.every((field) => slot[field] === undefined || slot[field] === header[field]);
}

function byNewest(left: Snapshot, right: Snapshot): number {
  return Date.parse(right.header.takenAt) - Date.parse(left.header.takenAt);
}

function memoryPolicyResults(results: Map<string, Map<string, Violations>>): PolicyResultStore {
  return {
    async get(policies, chunkIds) {
      const known = results.get(policies);
      const found = new Map<string, Violations>();
      for (const id of chunkIds) {
        const violations = known?.get(id);
        if (violations) found.set(id, violations);
      }
      return found;
    },
    async put(policies, added) {
      const known = results.get(policies) ?? new Map<string, Violations>();
      for (const [id, violations] of added) known.set(id, violations);
      results.set(policies, known);
    },
  };
}

function memoryDeployments(): DeploymentStore {
  const records: DeploymentRecord[] = [];
  return {
    async record(deployment) {
      records.push({ ...deployment, at: timeValue(deployment.at) });
    },
    async latest(estate, environment, source) {
      const matching = records.filter(
        (one) => one.estate === estate && one.environment === environment && one.source === source,
      );
      return matching.reduce<DeploymentRecord | undefined>(
        (newest, one) => (newest && newest.at > one.at ? newest : one),
        undefined,
      );
    },
  };
}

/** Without marks: nothing runs beside it that could put something in between. */
function prune(kept: Map<string, Snapshot>, content: MemoryContent, estate: string, keep: Retention): Pruned {
  const counts = new Map<string, number>();
  let snapshots = 0;
  for (const { header } of [...kept.values()].reverse().sort(byNewest)) {
    if (header.estate !== estate) continue;
    const slot = JSON.stringify([header.environment, header.source, header.plane]);
    const age = (counts.get(slot) ?? 0) + 1;
    counts.set(slot, age);
    if (age <= Math.max(1, keep.newest) || timeValue(header.takenAt) >= timeValue(keep.before)) continue;
    kept.delete(JSON.stringify([estate, header.id]));
    snapshots++;
  }
  const used = new Set([...kept.values()].flatMap(({ index }) => idsIn(index.chunkIds, false)).map(toHex));
  const chunks = deleteUnused(content.chunks, used);
  return { snapshots, chunks, packs: deleteUnused(content.packs, usedPacks(content)), policyResults: 0 };
}

function deleteUnused(kept: Map<string, unknown>, used: ReadonlySet<string>): number {
  const unused = [...kept.keys()].filter((id) => !used.has(id));
  for (const id of unused) kept.delete(id);
  return unused.length;
}

/** Bytes of what takes room; a memory store is small where it is used. */
function measure(content: MemoryContent, snapshots: ReadonlyMap<string, Snapshot>): StoreSizes {
  const none: PartSize = { rows: 0, bytes: 0 };
  return {
    chunks: sizeOf([...content.chunks.values()].map((chunk) => chunk.entries)),
    packs: sizeOf([...content.packs.values()].map((pack) => pack.bytes)),
    snapshots: sizeOf([...snapshots.values()].map((snapshot) => snapshot.index.chunkIds)),
    findings: none,
    policyResults: none,
    other: none,
  };
}

function sizeOf(bodies: readonly Uint8Array[]): PartSize {
  return { rows: bodies.length, bytes: bodies.reduce((sum, body) => sum + body.length, 0) };
}
