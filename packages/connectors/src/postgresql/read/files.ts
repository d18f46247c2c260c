import type { FileTree } from '@leeway/connector-kit';
import { ProblemError, problem } from '@leeway/core';
import { decodeText } from '@leeway/formats';

/** One SQL file with what must not be applied blanked out, line and column of everything else unchanged. */
export interface Script {
  readonly file: string;
  readonly text: string;
  /** The file as it is. */
  readonly raw: string;
}

/** Bytes a SQL file may have; dumps with data are larger than schemas. */
const sizeLimit = 64 * 2 ** 20;

/**
 * Reads the SQL files the patterns name, in the order they are applied: pattern by pattern, and within a pattern as the
 * migration tools do (see compareFiles). Throws ProblemError LW3104, LW2001 to LW2004.
 */
export async function readScripts(
  files: FileTree,
  patterns: readonly string[],
  placeholders: Readonly<Record<string, string>> = {},
): Promise<readonly Script[]> {
  const paths = new Set<string>();
  for (const pattern of patterns) {
    for (const path of orderFiles(await files.list([pattern]))) paths.add(path);
  }
  const scripts: Script[] = [];
  for (const file of paths) scripts.push(await readScript(files, file, placeholders));
  if (scripts.length === 0) throw new ProblemError(problem('LW3104', { patterns: patterns.join(', ') }));
  return scripts;
}

async function readScript(
  files: FileTree,
  file: string,
  placeholders: Readonly<Record<string, string>>,
): Promise<Script> {
  const bytes = await files.read(file, sizeLimit);
  const decoded = decodeText(bytes, file, sizeLimit);
  if (!decoded.ok) throw new ProblemError(decoded.problems[0] ?? problem('LW2003', { offset: 0 }, { file }));
  const filled = decoded.value.replace(/\$\{([\w.:-]+)\}/g, (whole, name: string) => placeholders[name] ?? whole);
  return { file, text: blankDownSections(filled), raw: decoded.value };
}

/** Files that take a schema down again, by the names golang-migrate, Diesel, Flyway and others give them. */
const isDown = (path: string) => /(?:^|[./])(?:down|undo)\.sql$|(?:^|\/)U[\d._]+__[^/]*\.sql$/i.test(path);

const flywayName = /(?:^|\/)([VBR])([\d._]*)__([^/]*)\.sql$/;

/**
 * The order migration tools apply files in: Flyway's versions as numbers (V2 before V10) with its repeatable files last,
 * and from its newest baseline on; every other name in natural order, numbers in it by value.
 */
export function orderFiles(paths: readonly string[]): readonly string[] {
  const up = paths.filter((path) => !isDown(path)).sort(compareFiles);
  const baseline = up.findLast((path) => flywayName.exec(path)?.[1] === 'B');
  if (baseline === undefined) return up;
  return up.filter((path) => path === baseline || isAfterBaseline(path, baseline));
}

function isAfterBaseline(path: string, baseline: string): boolean {
  const [, type, version = ''] = flywayName.exec(path) ?? [];
  if (type !== 'V') return type !== 'B';
  return compareVersions(version, flywayName.exec(baseline)?.[2] ?? '') > 0;
}

function compareFiles(a: string, b: string): number {
  const [one, other] = [flywayName.exec(a), flywayName.exec(b)];
  if (!one || !other) return compareNatural(a, b);
  const [, type = '', version = '', title = ''] = one;
  const [, otherType = '', otherVersion = '', otherTitle = ''] = other;
  if ((type === 'R') !== (otherType === 'R')) return type === 'R' ? 1 : -1;
  return compareVersions(version, otherVersion) || compareNatural(title, otherTitle) || compareNatural(a, b);
}

/** `2.1` and `2_1` are one version; missing parts are zero. */
function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split(/[._]/).map(BigInt));
  for (let at = 0; at < Math.max(left?.length ?? 0, right?.length ?? 0); at++) {
    const difference = (left?.[at] ?? 0n) - (right?.[at] ?? 0n);
    if (difference !== 0n) return difference < 0n ? -1 : 1;
  }
  return 0;
}

function compareNatural(a: string, b: string): number {
  const right = b.match(/\d+|\D+/g) ?? [];
  for (const [at, part] of (a.match(/\d+|\D+/g) ?? []).entries()) {
    const difference = compareParts(part, right[at] ?? '');
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function compareParts(a: string, b: string): number {
  const byNumber = /^\d/.test(a) && /^\d/.test(b) ? compareVersions(a, b) : 0;
  if (byNumber !== 0 || a === b) return byNumber;
  return a < b ? -1 : 1;
}

const downMarker =
  /^[ \t]*--[ \t]*(?:\+goose down|migrate:down|\+migrate down|rambler down|\/\/@undo|!downs|@down)\b.*$/i;
const upMarker = /^[ \t]*--[ \t]*(?:\+goose up|migrate:up|\+migrate up|rambler up|!ups|@up)\b.*$/i;

/** Blanks what goose, dbmate, sql-migrate and their like would run to undo the file. */
function blankDownSections(text: string): string {
  if (!/^[ \t]*--/m.test(text)) return text;
  let down = false;
  return text
    .split('\n')
    .map((line) => {
      if (downMarker.test(line)) down = true;
      else if (upMarker.test(line)) down = false;
      return down ? '' : line;
    })
    .join('\n');
}
