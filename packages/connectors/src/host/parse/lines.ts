/** The lines of a text that hold something. */
export function linesOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}

/** Text order that is the same everywhere. */
export function compareText(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}

/** `path:line` of `grep -H`, by path and in order; paths have no colon. */
export function linesByFile(text: string): ReadonlyMap<string, readonly string[]> {
  const files = new Map<string, string[]>();
  for (const line of text.split('\n')) {
    const cut = line.indexOf(':');
    if (cut <= 0 || !line.startsWith('/')) continue;
    const path = line.slice(0, cut);
    const lines = files.get(path) ?? [];
    lines.push(line.slice(cut + 1));
    files.set(path, lines);
  }
  return files;
}

/** Lines that say something: no comment, no white space around, runs of it as one space. */
export function statements(lines: readonly string[]): readonly string[] {
  return lines.map((line) => line.trim().replace(/\s+/g, ' ')).filter((line) => line !== '' && !line.startsWith('#'));
}

/** `KEY=value` lines of os-release(5), quotes taken off. */
export function assignments(text: string): ReadonlyMap<string, string> {
  const pairs = linesOf(text).flatMap((line) => {
    const [, name, value = ''] = /^\s*([A-Za-z_]\w*)=(.*)$/.exec(line) ?? [];
    return name === undefined ? [] : [[name, value.trim().replace(/^(["'])(.*)\1$/, '$2')] as const];
  });
  return new Map(pairs);
}
