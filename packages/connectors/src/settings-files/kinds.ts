import type { Kind, Layer } from '@leeway/core';

/** Kinds by what the files configure. A kind has one layer, so there is one for each. */
const layersByName = {
  'settings.application': 'runtime',
  'settings.erp': 'erp',
  'settings.database': 'database',
  'settings.messaging': 'messaging',
  'settings.network': 'network',
  'settings.identity': 'identity',
  'settings.observability': 'observability',
  'settings.host': 'host',
  'settings.backup': 'backup',
  'settings.delivery': 'delivery',
} as const satisfies Record<string, Layer>;

export type SettingsKindName = keyof typeof layersByName;

export const settingsKindNames = [
  'settings.application',
  'settings.erp',
  'settings.database',
  'settings.messaging',
  'settings.network',
  'settings.identity',
  'settings.observability',
  'settings.host',
  'settings.backup',
  'settings.delivery',
] as const satisfies readonly SettingsKindName[];

/**
 * Attributes are the tree of the file. `.env`, INI and `.properties` know nothing but text, so `"8080"` and `8080` are the
 * same value everywhere. What else is noise differs from file to file and stands in the source's settings.
 */
export const settingsKinds: readonly Kind[] = settingsKindNames.map((name) => ({
  name,
  title: `${name.slice('settings.'.length)} settings`,
  layer: layersByName[name],
  version: 1,
  noise: { quantity: { '/**': 'scalar' } },
}));
