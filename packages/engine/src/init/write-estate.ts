import { basename, join, resolve } from 'node:path';
import { failed, ok, ProblemError, problem, type Result } from '@leeway/core';
import { replaceFile } from '../files/replace-file.ts';
import { classifyFiles, type Discovery, findDatabases, listFiles } from './discover.ts';
import { draftEstate, type EstateDraft, type SourceDraft } from './draft-sources.ts';
import { findKubeContexts } from './kube-contexts.ts';

/** A first estate that was written. */
export interface FirstEstate {
  /** Absolute path of the file. */
  readonly file: string;
  /** What was found, one line each. */
  readonly found: readonly string[];
  readonly nextSteps: readonly string[];
}

export interface InitOptions {
  readonly directory: string;
  /** Name of the estate; made from the folder's when absent. */
  readonly name?: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Writes a first leeway.yaml from what lies below a folder, in the kubeconfig and in the environment. Asks nothing,
 * copies no secret, never replaces a file. Problems: LW7002, LW7005; warning LW7017 when nothing was found.
 */
export async function initEstate({ directory, name, environment }: InitOptions): Promise<Result<FirstEstate>> {
  const { files, truncated } = await listFiles(directory);
  const file = join(directory, 'leeway.yaml');
  if (files.some(({ path }) => path === 'leeway.yaml')) return failed(problem('LW7005', { file }));
  const discovery: Discovery = {
    ...classifyFiles(files),
    kubeContexts: await findKubeContexts((variable) => environment[variable]),
    databases: findDatabases(environment),
    truncated,
  };
  const draft = draftEstate(discovery);
  try {
    await replaceFile(file, [writeEstate(name ?? nameEstate(directory), draft)], { exclusive: true });
  } catch (error) {
    if (error instanceof ProblemError) return failed(error.problem);
    throw error;
  }
  const warnings = draft.sources.length === 0 ? [problem('LW7017', { folder: directory })] : [];
  return ok({ file, found: describeFound(draft), nextSteps: describeNextSteps(draft) }, warnings);
}

function nameEstate(directory: string): string {
  const name = basename(resolve(directory))
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+/, '');
  return name.slice(0, 60) || 'estate';
}

/** The text of a first leeway.yaml: valid as it stands, with comments that say what to change. Pure. */
export function writeEstate(name: string, draft: EstateDraft): string {
  const mirrors =
    draft.environments.some((each) => each.name === 'production') &&
    draft.environments.some((each) => each.name === 'staging');
  return [
    '# yaml-language-server: $schema=./node_modules/leeway/dist/schema/leeway.schema.json',
    '# The estate Leeway keeps true: written by "leeway init" from what it found here. Change it freely.',
    `estate: ${quote(name)}`,
    '',
    '# Deployed instances. "mirrors" names the environment another one must be equal to.',
    'environments:',
    ...draft.environments.flatMap((each) => [
      `  ${each.name}:`,
      `    stage: ${each.name}`,
      ...(mirrors && each.name === 'staging' ? ['    mirrors: production'] : []),
      ...writeMap('    ', 'parameters', each.parameters),
    ]),
    '',
    '# Where to read: "declared" is what Git says, "observed" what is really there. {env} is the parameter above.',
    ...(draft.sources.length > 0 ? ['sources:', ...draft.sources.flatMap(writeSource)] : ['sources: {}']),
    ...(draft.remarks.length > 0
      ? ['', '# Found as well:', ...draft.remarks.map((remark) => `# - ${oneLine(remark)}`)]
      : []),
    '',
    '# Rules every environment is held to; "leeway policy list" shows what the packs hold.',
    'policies:',
    '  packs: [network, identity, encryption, containers]',
    '',
    '# Who answers for what; the last that matches wins.',
    'owners:',
    '  - owner: platform',
    "    kind: '*'",
    '',
  ].join('\n');
}

function writeSource(source: SourceDraft): string[] {
  return [
    ...(source.comment ? [`  # ${oneLine(source.comment)}`] : []),
    `  ${source.id}:`,
    `    connector: ${source.connector}`,
    `    environments: [${source.environments.map(quote).join(', ')}]`,
    ...Object.entries(source.planes).flatMap(([plane, settings]) => [
      `    ${plane}:`,
      ...Object.entries(settings).flatMap(([key, value]) => writeSetting(key, value)),
    ]),
  ];
}

function writeSetting(key: string, value: string | readonly string[] | Readonly<Record<string, string>>): string[] {
  if (typeof value === 'string') return [`      ${key}: ${quote(value)}`];
  if (Array.isArray(value)) return [`      ${key}:`, ...value.map((item: string) => `        - ${quote(item)}`)];
  return writeMap('      ', key, value as Readonly<Record<string, string>>);
}

function writeMap(indent: string, key: string, map: Readonly<Record<string, string>>): string[] {
  const entries = Object.entries(map);
  return entries.length > 0
    ? [`${indent}${key}:`, ...entries.map(([name, value]) => `${indent}  ${name}: ${quote(value)}`)]
    : [];
}

/** Plain where YAML reads it back as the same text, else in single quotes; control characters make it double-quoted JSON. */
function quote(text: string): string {
  if (/^[A-Za-z][A-Za-z0-9_./-]*$/.test(text) && !/^(?:true|false|yes|no|on|off|null|y|n)$/i.test(text)) return text;
  return /\p{Cc}/u.test(text) ? JSON.stringify(text) : `'${text.replaceAll("'", "''")}'`;
}

const oneLine = (text: string) => text.replaceAll(/\p{Cc}+/gu, ' ');

function describeFound(draft: EstateDraft): string[] {
  const names = draft.environments.map((each) => each.name).join(', ');
  return [
    `environments: ${names}`,
    ...draft.sources.map(
      (source) =>
        `source ${source.id}: ${source.connector}, ${Object.keys(source.planes).join(' and ')}, in ${source.environments.join(', ')}`,
    ),
    ...draft.remarks.map(oneLine),
  ];
}

function describeNextSteps(draft: EstateDraft): string[] {
  const passwords = draft.environments.flatMap((each) =>
    Object.entries(each.parameters).flatMap(([key, value]) => (key.endsWith('Variable') ? [value] : [])),
  );
  return [
    'Read leeway.yaml and name environments, mirrors and owners as you do.',
    ...(passwords.length > 0 ? [`Put each database password into the variable named: ${passwords.join(', ')}.`] : []),
    'leeway validate          checks the file',
    'leeway sources check     connects and says what may be read',
    'leeway scan              shows what differs',
  ];
}
