import { approvedCategories } from '@leeway/core';
import type { ApprovalRequest } from '@leeway/engine/approve/request.ts';
import { Option } from 'commander';
import type { CommandDefinition } from '../command.ts';
import { deliverText, withResult } from '../deliver.ts';
import { collect } from '../options.ts';
import type { OptionBag } from '../settings.ts';

/** `leeway approve <finding>` */
export const approve: CommandDefinition = {
  declare(command) {
    command
      .argument('<finding>', 'id of the finding, or its first four digits or more')
      .option('--reason <text>', 'why the difference is right')
      .option('--owner <name>', 'who answers for it')
      .option('--approver <name>', 'who allows it; never the one who asks')
      .option('--requester <name>', 'who asks for it (default: Git user.email, else the user)')
      .option('--expires <instant>', 'until when, with zone: 2027-03-31T23:59:00+02:00 or …T23:59[Europe/Brussels]')
      .addOption(new Option('--category <category>', 'what sort of difference').choices(approvedCategories))
      .option('--ticket <id>', 'change or ticket it was agreed in')
      .option('--id <id>', 'name of the record (default: made from key and environment)')
      .option('--file <path>', 'file to append to, below the estate (default: approved/<category>.yaml)')
      .option('--all-environments', 'allow it in every environment, not only in the finding’s')
      .optionsGroup('What is allowed (default: exactly the present value):')
      .option('--at-most-reference', 'anything up to the value of the reference')
      .option('--at-least-reference', 'anything from the value of the reference on')
      .option('--at-most <value>', 'anything up to this number or quantity')
      .option('--at-least <value>', 'anything from this number or quantity on')
      .option('--one-of <value>', 'one of these values; repeat it', collect)
      .option('--matches <pattern>', 'text that matches this RE2 pattern wholly')
      .option('--ratio <min:max>', 'between min and max times the reference, e.g. 0.25:0.5')
      .addHelpText(
        'after',
        '\nNothing is pinned beyond the finding: when the value moves again, it is reported again.',
      );
  },
  async run({ settings, io, operands, options, useCases }) {
    const { approve: approveFinding } = await useCases();
    const result = await approveFinding({
      ...settings.estate,
      finding: operands[0] ?? '',
      approval: readApproval(options),
    });
    return withResult(io, result, async (record) => {
      await deliverText(io, [
        `Wrote ${record.id} to ${record.file}:${record.line}.`,
        `It allows: ${record.constraint}. It ends ${record.expires}.`,
        '',
        ...record.text.trimEnd().split('\n'),
        '',
        'Commit the file; the next scan counts the difference as approved.',
      ]);
      return 0;
    });
  },
};

const texts = ['reason', 'owner', 'approver', 'requester', 'expires', 'category', 'ticket', 'id', 'file'] as const;
const constraints = ['atMost', 'atLeast', 'matches', 'ratio'] as const;

function readApproval(options: OptionBag): ApprovalRequest {
  const given = [...texts, ...constraints].flatMap((name) => {
    const value = options.text(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  const oneOf = options.list('oneOf');
  return {
    ...Object.fromEntries(given),
    ...(oneOf && { oneOf }),
    ...(options.flag('atMostReference') && { atMost: 'reference' }),
    ...(options.flag('atLeastReference') && { atLeast: 'reference' }),
    ...(options.flag('allEnvironments') && { allEnvironments: true }),
  };
}
