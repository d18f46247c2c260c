import { problem, suggest } from '@leeway/core';
import type { CommandDefinition } from '../command.ts';
import { deliverJson, deliverText, printProblems } from '../deliver.ts';
import { formatColumns } from '../output/columns.ts';
import { countOf } from '../output/text.ts';
import type { ConnectorListing } from '../use-cases.ts';

/** `leeway connectors`; with names, these with all their kinds and what a reader needs. */
export const connectors: CommandDefinition = {
  declare(command) {
    command.argument('[ids...]', 'connectors to show with their kinds and permissions (default: list all)');
  },
  async run({ settings, io, operands, useCases }) {
    const { listConnectors } = await useCases();
    const all = await listConnectors();
    const known = all.map(({ id }) => id);
    const unknown = operands.filter((id) => !known.includes(id));
    if (unknown.length > 0) {
      printProblems(
        io,
        unknown.map((id) => problem('LW7025', { id, suggestion: suggest(id, known) })),
      );
      return 1;
    }
    const shown = operands.length === 0 ? all : all.filter(({ id }) => operands.includes(id));
    // Described by schema/connectors.schema.json.
    if (settings.format === 'json') await deliverJson(io, { schemaVersion: 1, connectors: shown });
    else await deliverText(io, (operands.length === 0 ? formatList : formatDetails)(shown, settings.width));
    return 0;
  },
};

function formatList(all: readonly ConnectorListing[], width: number): string[] {
  const rows = all.map((each) => [each.id, String(each.kinds.length), `${each.summary} ${describeVerification(each)}`]);
  return formatColumns(['connector', 'kinds', 'reads, and what it was tried against'], rows, width);
}

function formatDetails(shown: readonly ConnectorListing[], width: number): string[] {
  return shown.flatMap((each, index) => [
    ...(index === 0 ? [] : ['']),
    ...formatColumns([each.id, each.title], [['', `${each.summary} ${describeVerification(each)}`]], width),
    '',
    ...formatColumns(
      ['kind', 'layer', 'what'],
      each.kinds.map(({ name, layer, title }) => [name, layer, title]),
      width,
    ),
    '',
    `${countOf(each.permissions.length, 'permission')} needed`,
    ...each.permissions.map((permission) => `  ${permission}`),
  ]);
}

function describeVerification({ verification }: ConnectorListing): string {
  return verification.state === 'verified'
    ? `Verified against ${verification.against}.`
    : `Built to ${verification.api}; not yet run against a real server.`;
}
