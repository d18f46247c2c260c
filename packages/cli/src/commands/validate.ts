import type { CommandDefinition } from '../command.ts';
import { deliverJson, deliverText, printProblems, withResult } from '../deliver.ts';
import { countOf } from '../output/text.ts';

/** `leeway validate` */
export const validate: CommandDefinition = {
  declare() {},
  async run({ settings, io, useCases }) {
    const { validate: validateEstate } = await useCases();
    return withResult(io, await validateEstate(settings.estate), async (summary) => {
      printProblems(io, summary.warnings, 'warning');
      if (settings.format === 'json') await deliverJson(io, summary);
      else if (!settings.quiet) {
        await deliverText(io, [
          `${summary.name} is in order: ${countOf(summary.environments, 'environment')}, ${countOf(summary.sources, 'source')}, ${countOf(summary.approved, 'approved difference')}, ${countOf(summary.policies, 'policy', 'policies')}.`,
        ]);
      }
      return 0;
    });
  },
};
