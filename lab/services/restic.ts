import { join } from 'node:path';
import { folderOf, missingCommands, type Place } from '../place.ts';
import type { LabService } from '../service.ts';

const id = 'restic';
const password = 'restic-pw-71c0';

const restic = (place: Place, ...args: string[]) =>
  place.run('restic', ['--repo', join(place.folder, 'repository'), ...args], {
    environment: { RESTIC_PASSWORD: password, RESTIC_CACHE_DIR: join(place.folder, 'cache') },
  });

const source = '/usr/share/doc/restic';

const backUp = (place: Place, ...more: string[]) =>
  restic(place, 'backup', '--host', 'erp', '--tag', 'nightly', ...more, source);

async function backUpHosts(place: Place): Promise<void> {
  await restic(place, 'backup', '--host', 'wms', '--tag', 'nightly', '/etc/hosts');
}

/** Every snapshot but the newest of each backup is dropped, so that filling again leaves one of each. */
const keepOne = (place: Place) => restic(place, 'forget', '--group-by', 'host,paths', '--keep-last', '1', '--prune');

export const service: LabService = {
  id,
  title: 'restic',
  packages: ['restic'],
  available: () => missingCommands('restic'),
  async up(place) {
    const known = await restic(place, 'cat', 'config').catch(() => undefined);
    if (known === undefined) await restic(place, 'init');
    // A repository is only files: what stands for it being up is a process that waits.
    await place.start('standing', 'sleep', ['infinity']);
  },
  async fill(place) {
    await backUp(place);
    await backUpHosts(place);
    await keepOne(place);
  },
  drifts: [
    {
      name: 'tag-lost',
      apply: async (place) => void (await restic(place, 'tag', '--host', 'erp', '--set', 'by-hand')),
      undo: async (place) => void (await restic(place, 'tag', '--host', 'erp', '--set', 'nightly')),
      findings: [{ kind: 'restic.backup', key: `erp:${source}`, path: '/tags' }],
    },
    {
      name: 'backup-stopped',
      apply: async (place) => {
        const snapshots: readonly { id: string }[] = JSON.parse(
          await restic(place, 'snapshots', '--host', 'wms', '--json'),
        );
        if (snapshots.length > 0) await restic(place, 'forget', ...snapshots.map((snapshot) => snapshot.id));
      },
      undo: backUpHosts,
      findings: [{ kind: 'restic.backup', key: 'wms:/etc/hosts', path: '' }],
    },
  ],
  sources: {
    backups: {
      connector: 'restic',
      observed: { repository: '{repository}', name: 'nightly', passwordFrom: 'LAB_RESTIC_PASSWORD', check: true },
    },
  },
  parameters: {
    staging: { repository: join(folderOf(id, 'staging'), 'repository') },
    production: { repository: join(folderOf(id, 'production'), 'repository') },
  },
  variables: { LAB_RESTIC_PASSWORD: password },
};
