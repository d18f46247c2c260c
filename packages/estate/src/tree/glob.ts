/** Parts of a glob: `**` with its slash, `**`, `*`, `?`, the parts of `{a,b}`, or anything else. */
const part = /\*\*\/|\*\*|\*|\?|[{},]|[^*?{},]+/g;

/**
 * Compiles a glob over paths with `/`: `*` and `?` stay within a name, `**` crosses folders, `{a,b}` is either.
 * Names that begin with a dot match like any other. Every other character stands for itself.
 */
export function compileGlob(pattern: string): RegExp {
  let open = 0;
  let source = '';
  for (const [token] of pattern.replace(/^\.\//, '').matchAll(part)) {
    const closes = token === '}' && open > 0;
    source += sourceOf(token, open > 0, closes);
    open += Number(token === '{') - Number(closes);
  }
  return new RegExp(`^${source}${')'.repeat(open)}$`);
}

function sourceOf(token: string, isOpen: boolean, closes: boolean): string {
  if (token === '**/') return '(?:[^/]+/)*';
  if (token === '**') return '[\\s\\S]*';
  if (token === '*') return '[^/]*';
  if (token === '?') return '[^/]';
  if (token === '{') return '(?:';
  if (closes) return ')';
  if (token === ',' && isOpen) return '|';
  return token.replace(/[\\^$.|+()[\]}]/g, '\\$&');
}

/** The folder a glob's matches all lie in: its leading names without wildcards. */
export function literalFolder(pattern: string): string {
  const names = pattern.replace(/^\.\//, '').split('/').slice(0, -1);
  const wild = names.findIndex((name) => /[*?{]/.test(name));
  return (wild === -1 ? names : names.slice(0, wild)).join('/');
}

/** Compiles several globs into one test. */
export function compileGlobs(patterns: readonly string[]): (path: string) => boolean {
  const globs = patterns.map(compileGlob);
  return (path) => globs.some((glob) => glob.test(path));
}
