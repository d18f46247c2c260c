import type { CommandDefinition } from '../command.ts';
import { deliverJson, withResult } from '../deliver.ts';
import { writeAll } from '../io.ts';

/** `leeway explain <finding>` */
export const explain: CommandDefinition = {
  declare(command) {
    command.argument('<finding>', 'id of the finding, or its first four digits or more');
  },
  async run({ settings, io, operands, useCases }) {
    const { explain: explainFinding } = await useCases();
    const result = await explainFinding({ ...settings.estate, finding: operands[0] ?? '' });
    return withResult(io, result, async (explanation) => {
      if (settings.format === 'json') await deliverJson(io, explanation);
      else {
        const { renderExplanation } = await import('../output/explanation.ts');
        await writeAll(io.stdout, renderExplanation(explanation, settings));
      }
      return 0;
    });
  },
};
