import type { JsonObject, Resource } from '@leeway/core';
import { rhythmOf } from '../shared/backup-rhythm.ts';
import type { Backup, Stanza } from './schema.ts';

const isoTime = ({ timestamp }: Backup) => `${new Date(timestamp.stop * 1000).toISOString().slice(0, 19)}Z`;

/** A stanza with its backups summed up. */
export function toStanza(stanza: Stanza, place: string): Resource {
  const { name, status, repo, db, archive } = stanza;
  const versions = new Set(db.map(({ version }) => version));
  const repositories = repo
    .map(({ key, cipher, status: own }) => ({ key, cipher, ...(own && { status: own.message }) }))
    .sort((a, b) => a.key - b.key);
  const latest = archive.toSorted((a, b) => (a.id < b.id ? -1 : 1)).at(-1);
  return {
    kind: 'pgbackrest.stanza',
    key: name,
    attributes: {
      status: status.message,
      cipher: stanza.cipher ?? 'none',
      databases: [...versions].sort(),
      repositories,
      ...backupFacts(stanza.backup),
      ...(latest && { archive: { min: latest.min ?? null, max: latest.max ?? null } }),
    },
    origin: { place },
  };
}

function backupFacts(backups: readonly Backup[]): JsonObject {
  const sorted = backups.toSorted((a, b) => a.timestamp.stop - b.timestamp.stop || (a.label < b.label ? -1 : 1));
  const [oldest, newest] = [sorted[0], sorted.at(-1)];
  const full = sorted.findLast(({ type }) => type === 'full');
  const rhythm = rhythmOf(sorted.map(isoTime));
  return {
    types: [...new Set(sorted.map(({ type }) => type))].sort(),
    // Checksums of pages are verified while a backup is made, where the cluster has them.
    damaged: sorted.some(({ error }) => error === true),
    kept: sorted.length,
    ...(rhythm && { rhythm }),
    ...(oldest && { oldest: isoTime(oldest) }),
    ...(newest && { lastSuccess: isoTime(newest) }),
    ...(full && { lastFull: isoTime(full) }),
    ...(newest?.info && { bytes: newest.info.size }),
    ...(newest?.backrest && { program: newest.backrest.version }),
  };
}
