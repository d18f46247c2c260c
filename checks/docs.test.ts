import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandTable } from '../packages/cli/src/commands/table.ts';
import { type CompletionNode, describeTree } from '../packages/cli/src/completion/render.ts';
import { createProgram } from '../packages/cli/src/program.ts';
import { problemRegistry } from '../packages/core/src/problem/registry.ts';
import { repositoryRoot } from './source-files.ts';
import { type Files, leeway, makeFolder, testFolder, writeFiles } from './support/leeway.ts';
import {
  anchorsOf,
  blocksOf,
  commandsOf,
  linksOf,
  listPages,
  mentionsOf,
  type ShownCommand,
  scriptsOf,
} from './support/pages.ts';

const pages = listPages();
const pageAt = (path: string) => pages.find((page) => page.path === path);

const manifest = (data: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: wms}\ndata: ${data}\n`;

/** What the pages assume to lie in the folder. */
const surroundings: Files = {
  'deploy/staging/wms.yaml': manifest('{A: "1", B: "2"}'),
  'deploy/production/wms.yaml': manifest('{B: "2", A: "1"}'),
  'schema-before.sql': 'CREATE TABLE a (id int, name text);\n',
  'schema-after.sql': 'create table public.a (id integer, name text);\n',
};

describe('commands that pages tell people to type', () => {
  const shown = pages.flatMap(commandsOf);
  const runnable = /^(?:leeway|npx leeway|npm run leeway --)\s+/;
  let folder: string;
  let current = '';

  beforeAll(() => {
    folder = makeFolder();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Commands of one page follow each other in one folder. */
  function enter({ page }: ShownCommand): void {
    if (page === current) return;
    current = page;
    rmSync(folder, { recursive: true, force: true });
    writeFiles(folder, surroundings);
    const example = /^examples\/[^/]+/.exec(page)?.[0];
    if (!example) return;
    cpSync(join(repositoryRoot, example), join(folder, example), { recursive: true });
    rmSync(join(folder, example, '.leeway'), { recursive: true, force: true });
  }

  it.each(shown.filter(({ line }) => runnable.test(line)))('$page: $line', async (command) => {
    enter(command);
    const argv = command.line.replace(runnable, '').match(/[^\s'"]+|'[^']*'|"[^"]*"/g) ?? [];
    const outcome = await leeway(
      argv.map((word) => word.replace(/^(['"])(.*)\1$/, '$2')),
      { cwd: folder },
    );
    expect({ code: outcome.code, errors: outcome.stderr.match(/^error:.*$/gm) }).toEqual({
      code: command.exitCode,
      errors: null,
    });
  });

  it('are run here, or are scripts of this repository, or are marked as needing more', () => {
    const others = shown.filter(({ line }) => !runnable.test(line) && !/^npm (?:test|run [\w:-]+)/.test(line));
    expect(others).toEqual([]);
  });

  it('name scripts that there are', () => {
    const { scripts } = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as { scripts: object };
    const missing = pages.flatMap((page) => scriptsOf(page).filter((name) => !Object.hasOwn(scripts, name)));
    expect(missing).toEqual([]);
  });
});

describe('commands and options that sentences name', async () => {
  const loaded = new Map(await Promise.all(commandTable.map(async ({ name, load }) => [name, await load()] as const)));
  const program = createProgram(commandTable, loaded, { help: () => {}, columns: 80 }, () => {});
  const nodes = new Map(describeTree(program).map((node) => [node.path, node]));

  /** What is wrong with a command as it is written; undefined where it could be typed so. */
  function findFault(mention: string): string | undefined {
    const words = mention.split(/\s+/);
    const names = words.filter((word) => /^[a-z]+$/.test(word));
    const [first = ''] = words;
    if (first.startsWith('-')) return findOption(nodes.get(''), words);
    const node = nodes.get(names.slice(0, 2).join(' ')) ?? nodes.get(first);
    if (!node) return `there is no command "${first}"`;
    return findOption(node, words);
  }

  function findOption(node: CompletionNode | undefined, words: readonly string[]): string | undefined {
    const flags = words
      .filter((word) => word.startsWith('--') && word.length > 2)
      .map((word) => /^--[\w-]+/.exec(word)?.[0]);
    const unknown = flags.find((flag) => !node?.options.some((option) => option.flag === flag));
    return unknown && `"${node?.path}" has no option ${unknown}`;
  }

  it('exist', () => {
    const faults = pages.flatMap(({ path, text }) =>
      mentionsOf(text)
        .flatMap((mention) => findFault(mention.replace(/\|.*$/, '')) ?? [])
        .map((fault) => `${path}: ${fault}`),
    );
    expect(faults).toEqual([]);
  });

  it('exist where errors name them', () => {
    const every = new Set([...nodes.values()].flatMap(({ options }) => options.map(({ flag }) => flag)));
    const ofOtherTools = /kubectl|terraform|opa |npm |helm /;
    const faults = Object.entries(problemRegistry).flatMap(([code, { hint }]) => {
      const commands = mentionsOf(hint).flatMap((mention) => findFault(mention) ?? []);
      const flags = ofOtherTools.test(hint) ? [] : (hint.match(/(?<![\w-])--[a-z][\w-]*/g) ?? []);
      return [...commands, ...flags.filter((flag) => !every.has(flag))].map((fault) => `${code}: ${fault}`);
    });
    expect(faults).toEqual([]);
  });
});

/** Values of parameters that a connector's settings hold to a form. */
const samples: Readonly<Record<string, string>> = {
  account: '111122223333',
  subscription: '11111111-2222-3333-4444-555555555555',
  project: 'northwind-wms-prod',
};

describe('examples of estates', () => {
  const connectorPages = pages.filter(({ path }) => /^docs\/connectors\/(?!README)/.test(path));

  it.each(connectorPages)('$path shows sources that load', async (page) => {
    const blocks = blocksOf(page).filter(({ info, text }) => info === 'yaml' && /^sources:/m.test(text));
    for (const { text } of blocks) {
      const names = [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name))];
      const known = ['environment', 'stage', 'region'];
      const parameters = names
        .filter((name) => !known.includes(name))
        .map((name) => `${name}: "${samples[name] ?? 'some.example'}"`);
      const environment = (stage: string, region: string) =>
        `  ${stage}-${region}: {stage: ${stage}, region: ${region}, parameters: {${parameters.join(', ')}}}\n`;
      const environments = [
        environment('production', 'eu'),
        environment('production', 'us'),
        environment('staging', 'eu'),
      ];
      const files = { 'leeway.yaml': `estate: page\nenvironments:\n${environments.join('')}${text}` };
      const outcome = await leeway(['validate'], { cwd: testFolder(files) });
      expect(outcome).toMatchObject({ code: 0, stderr: '' });
    }
  });
});

describe('links', () => {
  it.each(pages)('of $path lead somewhere', ({ path, text }) => {
    const broken = linksOf({ path, text }).filter((link) => {
      const [file = '', anchor] = link.split('#');
      const target = file === '' ? path : normalize(join(dirname(path), decodeURIComponent(file)));
      if (!existsSync(join(repositoryRoot, target))) return true;
      const found = anchor === undefined ? undefined : pageAt(target);
      return found !== undefined && !anchorsOf(found.text).has(anchor ?? '');
    });
    expect(broken).toEqual([]);
  });
});
