import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../source-files.ts';

/** A page written for people who use or change this repository. */
export interface Page {
  /** Path from the root of the repository. */
  readonly path: string;
  readonly text: string;
}

/** A fenced block: what stands behind the fence, and its lines. */
export interface Block {
  readonly info: string;
  readonly text: string;
}

/** A command that a page tells people to type, and how it says it ends. */
export interface ShownCommand {
  readonly page: string;
  readonly line: string;
  readonly exitCode: number;
}

const patterns = ['*.md', 'docs/**/*.md', 'examples/*/*.md', 'lab/**/*.md', 'packages/*/{src,cases,packs}/**/*.md'];

/** Every page of the repository, sorted by path. */
export function listPages(): readonly Page[] {
  const found = globSync(patterns, { cwd: repositoryRoot, exclude: (path) => path.includes('node_modules') });
  return found.sort().map((path) => ({ path, text: readFileSync(join(repositoryRoot, path), 'utf8') }));
}

export function blocksOf({ text }: Page): readonly Block[] {
  return [...text.matchAll(/^```([^\n]*)\n([\s\S]*?)^```$/gm)].map(([, info = '', block = '']) => ({
    info,
    text: block,
  }));
}

/**
 * The commands in blocks marked `sh`, in order. A comment behind one may say `exit code 2`; otherwise it ends with 0. What
 * needs a system that is not here is marked `sh live` and left out.
 */
export function commandsOf(page: Page): readonly ShownCommand[] {
  return blocksOf(page)
    .filter(({ info }) => info === 'sh')
    .flatMap(({ text }) => text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#')))
    .map((shown) => {
      const [line = '', comment = ''] = shown.split(/\s+#\s/);
      return { page: page.path, line: line.trim(), exitCode: Number(/exit code (\d)/.exec(comment)?.[1] ?? 0) };
    });
}

/** Scripts of package.json that a page names: `npm test`, `npm run demo`. */
export function scriptsOf({ text }: Page): readonly string[] {
  return [...text.matchAll(/\bnpm (test|run ([\w:-]+))/g)].map(([, test = '', name]) => name ?? test);
}

/** Whole commands within sentences: `leeway explain <finding>`. */
export function mentionsOf(text: string): readonly string[] {
  return [...text.matchAll(/[`"]leeway ([^`"\n]+)[`"]/g)].map(([, mention = '']) => mention);
}

/** Targets of links to files and headings of this repository, as the page writes them. */
export function linksOf({ text }: Page): readonly string[] {
  const prose = text.replace(/^```[\s\S]*?^```$/gm, '').replace(/`[^`\n]*`/g, '');
  const links = [...prose.matchAll(/\]\(<?([^)\s>]+)>?\)/g)].map(([, target = '']) => target);
  return links.filter((target) => !/^[a-z]+:/.test(target));
}

/** Names of a page's headings as GitHub makes them: https://github.com/gjtorikian/html-pipeline, table of contents. */
export function anchorsOf(text: string): ReadonlySet<string> {
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}
