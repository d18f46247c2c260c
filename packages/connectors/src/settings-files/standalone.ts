import type { StandaloneTarget } from '@leeway/connector-kit';
import { standaloneFiles } from '@leeway/connector-kit/standalone-files.ts';
import { formatOf } from '@leeway/formats';
import { type SettingsFilesSettings, settingsFilesSettings } from './schema.ts';

const inFolder = ['**/.env', '**/.env.*', '**/*.{yaml,yml,json,toml,ini,cfg,cnf,properties,env}'];

/** Recognises settings by the names of files. JSON and YAML are mostly something more particular, which is surer of it. */
export function recogniseSettings(
  target: StandaloneTarget,
): { readonly settings: SettingsFilesSettings; readonly confidence: number } | undefined {
  const found = standaloneFiles(target, inFolder);
  if (!found) return undefined;
  const [format] = (target.paths ?? []).map(formatOf);
  const confidence = { json: 0.2, yaml: 0.2, toml: 0.6, ini: 0.6, properties: 0.7, dotenv: 0.8 };
  return { settings: settingsFilesSettings.parse(found), confidence: format ? confidence[format] : 0.05 };
}
