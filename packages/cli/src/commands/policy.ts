import type { TestReport } from '@leeway/policy';
import type { CommandDefinition } from '../command.ts';
import { deliverJson, deliverText, withResult } from '../deliver.ts';
import { formatColumns } from '../output/columns.ts';
import { countOf } from '../output/text.ts';

const list: CommandDefinition = {
  declare() {},
  async run({ settings, io, useCases }) {
    const { listPolicies } = await useCases();
    return withResult(io, await listPolicies(settings.estate), async (policies) => {
      if (settings.format === 'json') await deliverJson(io, policies);
      else {
        const rows = policies.map((each) => [each.code, each.severity, each.pack, each.title]);
        await deliverText(io, formatColumns(['code', 'severity', 'pack', 'title'], rows, settings.width));
      }
      return 0;
    });
  },
};

const test: CommandDefinition = {
  declare(command) {
    command.argument('[codes...]', 'policies to test (default: all)');
  },
  async run({ settings, io, operands, useCases }) {
    const { testPolicies } = await useCases();
    const result = await testPolicies({ ...settings.estate, ...(operands.length > 0 && { codes: operands }) });
    return withResult(io, result, async (outcome) => {
      if (settings.format === 'json') await deliverJson(io, outcome);
      else if (!settings.quiet || !outcome.ok) await deliverText(io, describeTests(outcome));
      return outcome.ok ? 0 : 1;
    });
  },
};

function describeTests(outcome: TestReport): string[] {
  const failures = outcome.policies
    .filter((each) => !each.ok)
    .flatMap((each) => [
      `✕ ${each.code} ${each.title}`,
      ...each.tests.filter((one) => !one.ok).map((one) => `    ${one.name}: ${one.reason ?? 'failed'}`),
    ]);
  return [
    ...failures,
    `${countOf(outcome.policies.length, 'policy', 'policies')}: ${countOf(outcome.passed, 'test')} passed, ${outcome.failed} failed.`,
  ];
}

/** `leeway policy list|test` */
export const policy: CommandDefinition = {
  declare() {},
  run: () => Promise.resolve(1),
  subcommands: {
    list: { summary: 'list the policies in force', definition: list },
    test: { summary: 'run the tests that stand beside policies', definition: test },
  },
};
