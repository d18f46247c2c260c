import type { Connector, StandaloneTarget } from '@leeway/connector-kit';
import { standaloneFiles } from '@leeway/connector-kit/standalone-files.ts';
import { pgbackrestKinds } from './kinds.ts';
import { checkPgbackrest, readPgbackrest } from './read.ts';
import { PgbackrestSettings } from './settings.ts';

export const connector: Connector<PgbackrestSettings> = {
  id: 'pgbackrest',
  title: 'pgBackRest',
  summary: 'Stanzas with their backups, encryption and state, and the settings that say what is kept.',
  settings: PgbackrestSettings,
  kinds: pgbackrestKinds,
  verification: { state: 'verified', against: 'pgBackRest 2.45: info --output=json of a stanza with backups' },
  permissions: ['a user that may read the repository, to run pgbackrest info'],
  check: checkPgbackrest,
  read: readPgbackrest,
  standalone: recogniseInfo,
};

/** Settings for an output of `pgbackrest info`; told by the fields every stanza has. */
function recogniseInfo(
  target: StandaloneTarget,
): { readonly settings: PgbackrestSettings; readonly confidence: number } | undefined {
  const found = standaloneFiles(target, ['**/*.json']);
  if (!found) return undefined;
  const confidence =
    /^\s*\[\s*\{"?/.test(target.head ?? '') && /"repo-key"|"backrest"/.test(target.head ?? '') ? 0.95 : 0;
  return { settings: PgbackrestSettings.parse({ files: [...found.files] }), confidence };
}
