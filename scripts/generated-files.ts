import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Connector } from '@leeway/connector-kit';
import { connectorRegistry } from '@leeway/connectors';
import { type ProblemEntry, problemRegistry } from '@leeway/core';
import { generateSchemaFiles } from '@leeway/estate';
import { openApiDocument } from '@leeway/server/plugins/openapi.ts';
import { serverSchemaFile } from '@leeway/server/settings/schema.ts';
import { northwind, northwindReadme } from './northwind.ts';

/** Path and text of every file that is derived from code. */
export async function generatedFiles(root: string): Promise<readonly (readonly [string, string])[]> {
  const connectors = await Promise.all(connectorRegistry.map(async ({ load }) => (await load()).connector));
  const document = await openApiDocument('1');
  const pages = connectors.map(async (connector) => {
    const readme = await readFile(join(root, `packages/connectors/src/${connector.id}/readme.md`), 'utf8');
    return [`docs/connectors/${connector.id}.md`, connectorPage(connector, readme)] as const;
  });
  return [
    ['docs/errors.md', errorsPage()],
    ['packages/server/openapi.json', `${JSON.stringify(document, null, 1)}\n`],
    ['packages/web/src/api/schema.ts', await clientTypes(document)],
    ...Object.entries(generateSchemaFiles()).map(([file, text]) => [`packages/estate/schema/${file}`, text] as const),
    ['packages/server/schema/leeway-server.schema.json', serverSchemaFile()],
    ['docs/connectors/README.md', connectorsPage(connectors)],
    ...(await Promise.all(pages)),
    [`${northwind}/README.md`, await northwindReadme(root)],
  ];
}

/** Types of every call, for the web's client. The library brings a TypeScript of its own, which lies beside it in the web's folder. */
async function clientTypes(document: object): Promise<string> {
  const web = createRequire(new URL('../packages/web/package.json', import.meta.url));
  const { default: generate, astToString } = web('openapi-typescript');
  const text: string = astToString(await generate(structuredClone(document)));
  return `// Written from packages/server/openapi.json by "npm run generate".\n${text}`;
}

const areas: Readonly<Record<string, string>> = {
  LW1: 'The estate',
  LW2: 'Files and text',
  LW3: 'Sources and connectors',
  LW4: 'Judging',
  LW5: 'Policies',
  LW6: 'The store',
  LW7: 'The command line',
  LW8: 'The server',
};

function errorsPage(): string {
  const entries = Object.entries(problemRegistry).sort(([left], [right]) => (left < right ? -1 : 1));
  const sections = Object.entries(areas).map(([prefix, title]) => {
    const rows = entries.filter(([code]) => code.startsWith(prefix)).map(([code, entry]) => errorEntry(code, entry));
    return `## ${title}\n\n${rows.join('\n')}`;
  });
  return `# Errors

Every problem Leeway reports has a code, a place where one is known, the cause and the next step. This page is written from
\`packages/core/src/problem/codes/\` by \`npm run generate\`; \`{name}\` marks what is filled in. The status is what the API answers with.

${sections.join('\n')}`;
}

function errorEntry(code: string, { title, message, hint, status }: ProblemEntry): string {
  return `### ${code} ${title}\n\n${message}\n\nNext: ${hint}\n\nStatus ${status}.\n`;
}

/** `*` would be emphasis. */
function code(text: string): string {
  return `\`${text}\``;
}

function connectorsPage(connectors: readonly Connector[]): string {
  const rows = connectors.map(
    ({ id, title, summary, verification }) =>
      `| [${id}](${id}.md) | ${title} | ${summary} | ${verification.state === 'verified' ? verification.against : 'not yet'} |`,
  );
  return `# Connectors

What each one reads, and whether it was seen to work against the real system. Written from the connectors' declarations by
\`npm run generate\`. [Writing a connector](writing.md) says how to add one.

| connector | system | reads | verified against |
|---|---|---|---|
${rows.join('\n')}
`;
}

function connectorPage(connector: Connector, readme: string): string {
  const kinds = connector.kinds.map(({ name, title, layer }) => `| ${code(name)} | ${title} | ${layer} |`);
  const permissions = connector.permissions.map((permission) => `- ${permission}`);
  const { verification } = connector;
  const verified =
    verification.state === 'verified'
      ? `Verified against ${verification.against}.`
      : `Built to ${verification.api}; not yet run against a real server.`;
  return `${readme.trimEnd()}

## Verification

${verified}

## Permissions

${permissions.join('\n') || 'None: it reads files of the estate.'}

## Kinds

| kind | what | layer |
|---|---|---|
${kinds.join('\n')}
`;
}
