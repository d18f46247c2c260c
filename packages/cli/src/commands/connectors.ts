import type { CommandDefinition } from '../command.ts';
import { deliverJson, deliverText } from '../deliver.ts';
import { formatColumns } from '../output/columns.ts';

/** `leeway connectors` */
export const connectors: CommandDefinition = {
  declare() {},
  async run({ settings, io, useCases }) {
    const { listConnectors } = await useCases();
    const all = await listConnectors();
    if (settings.format === 'json') await deliverJson(io, all);
    else {
      const rows = all.map((each) => [each.id, `${each.summary} ${asSentence(each.verification)}`]);
      await deliverText(io, formatColumns(['connector', 'reads, and what it was tried against'], rows, settings.width));
    }
    return 0;
  },
};

const asSentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
