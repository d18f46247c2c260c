import type { Problem } from '@leeway/core';
import type { EstateHolder } from '../context.ts';
import { type LoadedSettings, loadSettings } from './load.ts';
import { type ServerSettings, serverSettingsFile } from './schema.ts';

/** Holds server.yaml. A faulty text leaves the last good one in force, as with the estate. */
export interface SettingsHolder {
  current(): ServerSettings;
  /** The text in force or, where that is faulty, the one that lies in the estate. */
  text(): string;
  /** Problems of the last attempt to load. */
  problems(): readonly Problem[];
  reload(): Promise<void>;
}

/** Loads the settings of an estate; nothing but what is by default counts where they are faulty from the start. */
export async function holdSettings(estate: EstateHolder): Promise<SettingsHolder> {
  let loaded: LoadedSettings = { settings: serverSettingsFile.parse({}), text: '' };
  let problems: readonly Problem[] = [];
  const reload = async () => {
    const { estate: current, options } = estate.current();
    const result = await loadSettings(options.files.declared, current);
    problems = result.ok ? [] : result.problems;
    if (result.ok) loaded = result.value;
  };
  await reload();
  return { current: () => loaded.settings, text: () => loaded.text, problems: () => problems, reload };
}
