import { formatProblem } from '@leeway/core';
import type { SourceCheck } from '@leeway/engine/sources/check-sources.ts';
import type { CommandDefinition } from '../command.ts';
import { deliverJson, deliverText, withResult } from '../deliver.ts';
import { collect } from '../options.ts';
import { countOf, makeVisible } from '../output/text.ts';

const check: CommandDefinition = {
  declare(command) {
    command
      .argument('[environments...]', 'environments to look at (default: all)')
      .option('--source <id>', 'check this source only; may be repeated', collect);
  },
  async run({ settings, io, operands, options, useCases }) {
    const sources = options.list('source');
    const { checkSources } = await useCases();
    const result = await checkSources({
      ...settings.estate,
      ...(operands.length > 0 && { environments: operands }),
      ...(sources && { sources }),
    });
    return withResult(io, result, async (checks) => {
      if (settings.format === 'json') await deliverJson(io, checks);
      else if (!settings.quiet) await deliverText(io, describeChecks(checks));
      return checks.every((each) => each.lines.every((line) => line.ok)) ? 0 : 3;
    });
  },
};

function describeChecks(checks: readonly SourceCheck[]): string[] {
  const blocks = checks.flatMap((each) => [
    `${makeVisible(each.source)} ${each.plane} in ${makeVisible(each.environment)} (${each.connector})`,
    ...each.lines.map(
      (line) =>
        `  ${line.ok ? '✓' : '✕'} ${makeVisible(line.what)}${line.problem ? `: ${makeVisible(formatProblem(line.problem))}` : ''}`,
    ),
  ]);
  const failed = checks.filter((each) => each.lines.some((line) => !line.ok)).length;
  const outcome = failed === 0 ? 'everything may be read' : `${failed} cannot be read fully`;
  return [...blocks, `${countOf(checks.length, 'reading')}: ${outcome}.`];
}

/** `leeway sources check`: exit code 3 when something may not be read. */
export const sources: CommandDefinition = {
  declare() {},
  run: () => Promise.resolve(1),
  subcommands: { check: { summary: 'connect and say what may be read and what not', definition: check } },
};
