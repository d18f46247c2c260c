import { type FileTree, ProblemError, problem } from '@leeway/core';
import { compileGlobs } from './glob.ts';

/** A tree of files held in memory, for tests and examples. */
export function memoryTree(files: Readonly<Record<string, string | Uint8Array>>, revision = 'memory'): FileTree {
  const contents = new Map(Object.entries(files));
  return {
    revision,
    list: async (patterns) => {
      const matches = compileGlobs(patterns);
      return [...contents.keys()].filter(matches).sort();
    },
    read: async (path, limit = Number.POSITIVE_INFINITY) => {
      const content = contents.get(path);
      if (content === undefined) throw new ProblemError(problem('LW2001', { file: path }, { file: path }));
      const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
      if (bytes.length > limit)
        throw new ProblemError(problem('LW2004', { size: bytes.length, limit }, { file: path }));
      return bytes;
    },
  };
}
