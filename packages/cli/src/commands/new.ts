import type { CommandDefinition } from '../command.ts';
import { deliverText, withResult } from '../deliver.ts';

const connector: CommandDefinition = {
  declare(command) {
    command
      .argument('<id>', 'name in leeway.yaml and of its folder, such as acme-wms')
      .option('--title <title>', 'name of the system, as people write it');
  },
  async run({ settings, io, options, operands, useCases }) {
    const [id = ''] = operands;
    const title = options.text('title');
    const { newConnector } = await useCases();
    const result = await newConnector({
      workingDirectory: io.workingDirectory,
      id,
      ...(title !== undefined && { title }),
    });
    return withResult(io, result, async ({ files, folder }) => {
      if (!settings.quiet) await deliverText(io, [...files.map((file) => `Wrote ${file}`), '', ...nextSteps(folder)]);
      return 0;
    });
  },
};

function nextSteps(folder: string): string[] {
  return [
    'Next:',
    `  1. npm test -- ${folder}   fails until the test holds an answer of the real system`,
    '  2. docs/connectors/writing.md   says what to fill in, file by file',
    '  3. npm run generate   writes its page below docs/connectors',
  ];
}

/** `leeway new connector <id>`: for those who work on Leeway itself. */
export const newCommand: CommandDefinition = {
  declare() {},
  run: () => Promise.resolve(1),
  subcommands: { connector: { summary: 'write the folder of a new connector', definition: connector } },
};
