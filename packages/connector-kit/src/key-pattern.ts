/** A parsed key pattern: see {@link parseKeyPattern}. */
export interface KeyPattern {
  readonly source: string;
  /** The key of a path; undefined when the path does not fit the pattern. */
  readonly keyOf: (path: string) => string | undefined;
}

const escapePattern = /[.+^${}()|[\]\\?]/g;

/**
 * Parses how a path becomes an environment-neutral key: `*` and `**` are skipped (within a folder, across folders),
 * `<name>` and `<name**>` are kept and joined with `/`: `deploy-*.d/<app>.*` makes `wms` of `deploy-prod.d/wms.yaml`.
 * Undefined when nothing is kept or a bracket is left open.
 */
export function parseKeyPattern(source: string): KeyPattern | undefined {
  const parts: readonly string[] = source.match(/<[^<>*]*\*\*>|<[^<>]*>|\*\*\/?|\*|[^<>*]+|[<>]/g) ?? [];
  if (parts.includes('<') || parts.includes('>') || !parts.some((part) => part.startsWith('<'))) return undefined;
  const expression = new RegExp(`^${parts.map(translatePart).join('')}$`);
  const keyOf = (path: string) => expression.exec(path)?.slice(1).join('/');
  return { source, keyOf };
}

function translatePart(part: string): string {
  if (part.startsWith('<')) return part.endsWith('**>') ? '(.+)' : '([^/]+)';
  if (part === '**/') return '(?:.*/)?';
  if (part === '**') return '.*';
  if (part === '*') return '[^/]*';
  return part.replace(escapePattern, '\\$&');
}

/** How a source's settings name its files: `name` where there is only one, else what `key` keeps of a path. */
export interface Naming {
  readonly key?: string | undefined;
  readonly name?: string | undefined;
}

/** Keys of files. A path that does not fit the pattern stays whole: it is read under its own name, not dropped. */
export function keyMaker({ key, name }: Naming, paths: readonly string[]): (path: string) => string {
  if (name !== undefined && paths.length === 1) return () => name;
  const pattern = key === undefined ? undefined : parseKeyPattern(key);
  return (path) => pattern?.keyOf(path) ?? path;
}
