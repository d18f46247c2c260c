import { type Change, type Description, type Kind, type Layer, parsePointer, valueText } from '@leeway/core';

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
  title: `${name === 'settings.erp' ? 'ERP' : name.slice('settings.'.length)} settings`,
  layer: layersByName[name],
  version: 1,
  noise: { quantity: { '/**': 'scalar' } },
  describe: describeSetting,
}));

/** Settings are plural in a sentence: "ERP settings sales set pricing.currency to USD". Undefined for a file as a whole. */
function describeSetting({ path, before, after }: Change): Description | undefined {
  const tokens = parsePointer(path);
  if (!tokens || tokens.length === 0) return undefined;
  const name = tokens.map(({ key, selector }) => Object.values(selector ?? { key }).join(' ')).join('.');
  return {
    actual: after === undefined ? `do not set ${name}` : `set ${name} to ${valueText(after)}`,
    expected: before === undefined ? 'does not' : `sets ${valueText(before)}`,
  };
}
