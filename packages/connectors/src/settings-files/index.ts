import type { Connector } from '@leeway/connector-kit';
import { settingsKinds } from './kinds.ts';
import { checkSettingsFiles, readSettingsFiles } from './read.ts';
import { type SettingsFilesSettings, settingsFilesSettings } from './schema.ts';
import { recogniseSettings } from './standalone.ts';

export const connector: Connector<SettingsFilesSettings> = {
  id: 'settings-files',
  title: 'Settings files',
  summary: 'YAML, JSON, TOML, INI, .properties and .env files as key and value.',
  settings: settingsFilesSettings,
  kinds: settingsKinds,
  verification: { state: 'verified', against: 'files of each format' },
  permissions: [],
  check: checkSettingsFiles,
  read: readSettingsFiles,
  standalone: recogniseSettings,
};
