import type { CommandDefinition } from '../command.ts';
import { deliverJson, deliverText } from '../deliver.ts';
import { formatColumns } from '../output/columns.ts';

const signs = { ok: '✓ ok', warning: '! warning', error: '✕ error' } as const;

/** `leeway doctor`: what somebody needs to know who helps. Never secrets. */
export const doctor: CommandDefinition = {
  declare() {},
  async run({ settings, io, version, useCases }) {
    const { doctor: examine } = await useCases();
    const lines = [{ what: 'Leeway', state: 'ok' as const, text: version }, ...(await examine(settings.estate))];
    if (settings.format === 'json') await deliverJson(io, lines);
    else {
      const rows = lines.map((line) => [signs[line.state], line.what, line.text]);
      await deliverText(io, formatColumns(['state', 'what', 'found'], rows, settings.width));
    }
    return lines.some((line) => line.state === 'error') ? 1 : 0;
  },
};
