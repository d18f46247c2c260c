import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { folderOf, missingCommands, type Place } from '../place.ts';
import type { LabService } from '../service.ts';

const id = 'pgbackrest';
const ports = { staging: 15434, production: 15435 } as const;
const bin = '/usr/lib/postgresql/15/bin';
const stanza = 'erp';

interface Backup {
  readonly label: string;
  readonly type: 'full' | 'diff' | 'incr';
}

const configuration = ({ folder, side }: Place) => `[global]
repo1-path=${folder}/repository
repo1-cipher-type=aes-256-cbc
repo1-cipher-pass=cipher-pw-of-${side}
repo1-retention-full=2
log-path=${folder}
lock-path=${folder}/lock
spool-path=${folder}/spool
start-fast=y
compress-level=1

[${stanza}]
pg1-path=${folder}/data
pg1-port=${ports[side]}
pg1-socket-path=${folder}
pg1-user=postgres
`;

export const service: LabService = {
  id,
  title: 'pgBackRest',
  packages: ['pgbackrest', 'postgresql'],
  available: () => missingCommands('pgbackrest', `${bin}/postgres`),
  async up(place) {
    await place.write('pgbackrest.conf', configuration(place), 0o600);
    const data = join(place.folder, 'data');
    if (!existsSync(data)) {
      await place.run(`${bin}/initdb`, ['-D', data, '-U', 'postgres', '-A', 'trust', '--locale=C', '--no-sync']);
    }
    const archive = `pgbackrest --config=${place.folder}/pgbackrest.conf --stanza=${stanza} archive-push %p`;
    const settings = ['fsync=off', 'wal_level=replica', 'archive_mode=on', `archive_command=${archive}`];
    const where = ['-D', data, '-h', '127.0.0.1', '-p', String(ports[place.side]), '-k', place.folder];
    await place.start('postgres', `${bin}/postgres`, [...where, ...settings.flatMap((each) => ['-c', each])]);
    const ask = ['-h', place.folder, '-p', String(ports[place.side]), '-U', 'postgres', '-XAtqc', 'select 1'];
    await place.until('ready', async () => (await place.run(`${bin}/psql`, ask)).trim() === '1');
  },
  async fill(place) {
    if ((await backups(place)).length === 0) await backrest(place, 'stanza-create');
    for (const type of ['full', 'incr'] as const) {
      if (!(await backups(place)).some((backup) => backup.type === type)) await backUp(place, type);
    }
  },
  drifts: [
    {
      name: 'increments-stopped',
      async apply(place) {
        const increments = (await backups(place)).filter(({ type }) => type !== 'full');
        for (const { label } of increments) await backrest(place, `--set=${label}`, 'expire');
      },
      undo: (place) => backUp(place, 'incr'),
      findings: [{ kind: 'pgbackrest.stanza', key: stanza, path: '/types' }],
    },
  ],
  sources: {
    backups: {
      connector: 'pgbackrest',
      observed: { run: true, programConfiguration: '{configuration}' },
    },
  },
  parameters: {
    staging: { configuration: join(folderOf(id, 'staging'), 'pgbackrest.conf') },
    production: { configuration: join(folderOf(id, 'production'), 'pgbackrest.conf') },
  },
  variables: { CIPHER_OF_STAGING: 'cipher-pw-of-staging', CIPHER_OF_PRODUCTION: 'cipher-pw-of-production' },
};

function backrest({ run, folder }: Place, ...args: readonly string[]): Promise<string> {
  const common = [`--config=${folder}/pgbackrest.conf`, `--stanza=${stanza}`, '--log-level-console=warn'];
  return run('pgbackrest', [...common, ...args]);
}

const backUp = async (place: Place, type: Backup['type']) => void (await backrest(place, `--type=${type}`, 'backup'));

/** Backups there are, oldest first. */
async function backups(place: Place): Promise<readonly Backup[]> {
  const stanzas: readonly { readonly backup: readonly Backup[] }[] = JSON.parse(
    await backrest(place, '--output=json', 'info'),
  );
  return stanzas.flatMap(({ backup }) => backup);
}
