import type { CommandDefinition } from '../command.ts';
import { deliverJson, deliverText, withResult } from '../deliver.ts';
import { countOf } from '../output/text.ts';

const verify: CommandDefinition = {
  declare(command) {
    command
      .option('--file <export>', 'an export of the log (JSON lines) instead of the log itself')
      .option('--head <hash>', 'hash of an entry that was there once: a log that was cut off shows too');
  },
  async run({ settings, io, options, useCases }) {
    const [file, head] = [options.text('file'), options.text('head')];
    const { verifyAudit } = await useCases();
    const request = { ...settings.estate, ...(file !== undefined && { file }), ...(head !== undefined && { head }) };
    return withResult(io, await verifyAudit(request), async (check) => {
      if (settings.format === 'json') await deliverJson(io, check);
      else if (!settings.quiet) await deliverText(io, describe(check.entries, check.head));
      return 0;
    });
  },
};

function describe(entries: number, head: string | undefined): string[] {
  return [
    `The audit log is intact: ${countOf(entries, 'entry', 'entries')}.`,
    ...(head === undefined
      ? []
      : [`Its newest entry is ${head}; keep that elsewhere, and a log that is cut off shows too.`]),
  ];
}

/** `leeway audit verify`: exit code 1 when the chain does not hold. */
export const audit: CommandDefinition = {
  declare() {},
  run: () => Promise.resolve(1),
  subcommands: { verify: { summary: 'walk the hash chain of the audit log', definition: verify } },
};
