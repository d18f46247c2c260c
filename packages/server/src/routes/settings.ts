import type { settingsContracts } from '../contract/settings.ts';
import type { HandlersOf } from '../http/call.ts';
import { settingsDocument } from '../settings/document.ts';
import { parseSettings, settingsFile } from '../settings/load.ts';

type Settings = Pick<typeof settingsContracts, 'getSettings' | 'validateSettings'>;

export const settingsHandlers: HandlersOf<Settings> = {
  async getSettings(_call, context) {
    const { settings, store, estate, variable } = context;
    const planned = await store.schedules.list(estate.current().estate.name);
    return {
      place: { file: settingsFile },
      text: settings.text(),
      problems: [...settings.problems()],
      ...settingsDocument(settings.current(), planned, variable),
    };
  },
  async validateSettings({ body }, { estate }) {
    const parsed = parseSettings(body.text, estate.current().estate);
    return { problems: parsed.ok ? [] : [...parsed.problems] };
  },
};
