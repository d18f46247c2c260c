import type { Resource } from '@leeway/core';
import { rhythmOf } from '../shared/backup-rhythm.ts';
import type { Snapshot } from './schema.ts';

/** Snapshots of the same host and paths are one backup, as `restic forget` groups them. */
export function toBackups(snapshots: readonly Snapshot[], place: string): readonly Resource[] {
  const groups = Map.groupBy(snapshots, ({ hostname, paths }) => `${hostname}:${paths.toSorted().join(',')}`);
  return [...groups].map(([key, members]) => toBackup(key, members, place));
}

function toBackup(key: string, members: readonly Snapshot[], place: string): Resource {
  const sorted = members.toSorted((a, b) => Date.parse(a.time) - Date.parse(b.time) || (a.id < b.id ? -1 : 1));
  const [oldest, newest] = [sorted[0], sorted.at(-1)];
  const rhythm = rhythmOf(sorted.map(({ time }) => time));
  return {
    kind: 'restic.backup',
    key,
    attributes: {
      host: newest?.hostname ?? '',
      paths: (newest?.paths ?? []).toSorted(),
      tags: (newest?.tags ?? []).toSorted(),
      excludes: (newest?.excludes ?? []).toSorted(),
      ...(rhythm && { rhythm }),
      kept: members.length,
      oldest: isoTime(oldest?.time),
      lastSuccess: isoTime(newest?.time),
      ...(newest?.program_version && { program: newest.program_version }),
    },
    origin: { place, ...(newest?.username && { actor: newest.username }), at: isoTime(newest?.time) },
  };
}

const isoTime = (time = '') => `${new Date(time).toISOString().slice(0, 19)}Z`;
