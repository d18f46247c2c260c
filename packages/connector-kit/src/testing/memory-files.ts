import { ProblemError, problem } from '@leeway/core';
import type { FileTree } from '../connector.ts';

/** Contents by path: text, or bytes. */
export type MemoryFiles = Readonly<Record<string, string | Uint8Array>>;

export interface MemoryFileTree extends FileTree {
  /** Paths that were read so far. */
  readonly touched: ReadonlySet<string>;
}

/** How the tree misbehaves: `order` gives files in another order, `missing` are listed and gone when read. */
export interface MemoryFilesOptions {
  readonly order?: (paths: string[]) => string[];
  readonly missing?: ReadonlySet<string>;
}

/** Files in memory, for tests of connectors. */
export function memoryFiles(files: MemoryFiles, options: MemoryFilesOptions = {}): MemoryFileTree {
  const touched = new Set<string>();
  return {
    revision: 'memory',
    touched,
    async list(patterns) {
      const tests = patterns.map(globTest);
      const found = Object.keys(files).filter((path) => tests.some((test) => test.test(path)));
      return options.order ? options.order(found.sort()) : found.sort();
    },
    async read(path, limit = Number.POSITIVE_INFINITY) {
      touched.add(path);
      const content = files[path];
      if (content === undefined || options.missing?.has(path)) {
        throw new ProblemError(problem('LW2001', { file: path }, { file: path }));
      }
      const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
      if (bytes.byteLength > limit) {
        throw new ProblemError(problem('LW2004', { size: bytes.byteLength, limit }, { file: path }));
      }
      return bytes;
    },
  };
}

/** `*` and `?` stay within a folder, `**` crosses folders, `{a,b}` is either. */
function globTest(glob: string): RegExp {
  const source = glob.replace(/\*\*\/|\*\*|\*|\?|\{|\}|,|[.+^$()|[\]\\]/g, (token) => {
    if (token === '**/') return '(?:.*/)?';
    if (token === '**') return '.*';
    if (token === '*') return '[^/]*';
    if (token === '?') return '[^/]';
    if (token === '{') return '(?:';
    if (token === '}') return ')';
    return token === ',' ? '|' : `\\${token}`;
  });
  return new RegExp(`^${source}$`);
}
