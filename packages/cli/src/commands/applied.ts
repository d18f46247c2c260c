import type { CommandDefinition } from '../command.ts';
import { deliverText, withResult } from '../deliver.ts';
import { collect } from '../options.ts';

/** `leeway applied <environment>`: the deployment hook. */
export const applied: CommandDefinition = {
  declare(command) {
    command
      .argument('<environment>', 'environment that was deployed')
      .option('--source <id>', 'source that was deployed; may be repeated (default: all of the environment)', collect)
      .option('--revision <revision>', 'Git revision that was deployed (default: HEAD)')
      .option('--actor <name>', 'who or what deployed it');
  },
  async run({ settings, io, operands, options, useCases }) {
    const sources = options.list('source');
    const revision = options.text('revision');
    const actor = options.text('actor');
    const { applied: recordDeployment } = await useCases();
    const result = await recordDeployment({
      ...settings.estate,
      environment: operands[0] ?? '',
      ...(sources && { sources }),
      ...(revision !== undefined && { revision }),
      ...(actor !== undefined && { actor }),
    });
    return withResult(io, result, async (recorded) => {
      if (!settings.quiet)
        await deliverText(io, [
          `Recorded ${recorded.revision} as deployed to ${operands[0]}: ${recorded.sources.join(', ')}.`,
        ]);
      return 0;
    });
  },
};
