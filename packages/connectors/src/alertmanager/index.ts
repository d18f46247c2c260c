import type { Connector, StandaloneTarget } from '@leeway/connector-kit';
import { standaloneFiles } from '@leeway/connector-kit/standalone-files.ts';
import { alertmanagerKinds } from './kinds.ts';
import { checkAlertmanager, readAlertmanager } from './read.ts';
import { AlertmanagerSettings } from './settings.ts';

export const connector: Connector<AlertmanagerSettings> = {
  id: 'alertmanager',
  title: 'Alertmanager',
  summary: 'Routes, receivers, inhibitions, time intervals and silences, from alertmanager.yml or a running server.',
  settings: AlertmanagerSettings,
  kinds: alertmanagerKinds,
  verification: {
    state: 'verified',
    against: 'Alertmanager 0.25: alertmanager.yml, /api/v2/status and /api/v2/silences',
  },
  permissions: ['GET /api/v2/status', 'GET /api/v2/silences'],
  check: checkAlertmanager,
  read: readAlertmanager,
  standalone: recogniseAlertmanager,
};

/** Settings for a configuration file; told by its sections. */
function recogniseAlertmanager(
  target: StandaloneTarget,
): { readonly settings: AlertmanagerSettings; readonly confidence: number } | undefined {
  const found = standaloneFiles(target, ['**/*.{yml,yaml}']);
  if (!found) return undefined;
  const sections = ['route', 'receivers', 'inhibit_rules'].filter((name) =>
    new RegExp(`^${name}:`, 'm').test(target.head ?? ''),
  );
  const confidence = sections.length > 1 ? 0.9 : 0;
  return { settings: AlertmanagerSettings.parse({ files: [...found.files] }), confidence };
}
