import { randomUUID } from 'node:crypto';
import type { settingsContracts } from '../contract/settings.ts';
import type { HandlersOf } from '../http/call.ts';
import { ProblemsError } from '../plugins/errors.ts';
import { settingsDocument } from '../settings/document.ts';
import { parseSettings, settingsFile } from '../settings/load.ts';

type Settings = Pick<typeof settingsContracts, 'getSettings' | 'validateSettings' | 'proposeSettings'>;

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
  async proposeSettings({ body, principal }, { estate, repository }) {
    // A faulty text would be proposed in vain: what is in force would stay.
    const parsed = parseSettings(body.text, estate.current().estate);
    if (!parsed.ok) throw new ProblemsError(parsed.problems);
    return repository.propose({
      branch: `leeway/settings-${randomUUID()}`,
      change: { path: settingsFile, text: body.text },
      author: principal,
      title: `Change ${settingsFile}`,
      body: `${body.reason}\n\nProposed by ${principal.name}.`,
      pullRequest: true,
    });
  },
};
