import type { Connector, StandaloneTarget } from '@leeway/connector-kit';
import { standaloneFiles } from '@leeway/connector-kit/standalone-files.ts';
import { resticKinds } from './kinds.ts';
import { checkRestic, readRestic } from './read.ts';
import { ResticSettings } from './settings.ts';

export const connector: Connector<ResticSettings> = {
  id: 'restic',
  title: 'restic',
  summary:
    'Backups of a restic repository: what they cover, how often they are made, when last, and whether they are whole.',
  settings: ResticSettings,
  kinds: resticKinds,
  verification: { state: 'verified', against: 'restic 0.14' },
  permissions: ['read access to the repository', 'the password of any of its keys'],
  check: checkRestic,
  read: readRestic,
  standalone: recogniseListing,
};

/** Settings for a listing; told by the fields every snapshot has. */
function recogniseListing(
  target: StandaloneTarget,
): { readonly settings: ResticSettings; readonly confidence: number } | undefined {
  const found = standaloneFiles(target, ['**/*.json']);
  if (!found) return undefined;
  const { head = '' } = target;
  const confidence = /^\s*\[/.test(head) && /"tree":/.test(head) && /"short_id":/.test(head) ? 0.95 : 0;
  return { settings: ResticSettings.parse({ files: [...found.files] }), confidence };
}
