import { fsyncSync } from 'node:fs';
import { NodeFS } from '@electric-sql/pglite/nodefs';

type Parameters = globalThis.Parameters<NodeFS['init']>;

/** The part of Emscripten's file system that is missing from PGlite's build (tools: emscripten library_nodefs.js). */
interface NodeFileSystem {
  readonly stream_ops?: { fsync?: (stream: { readonly nfd: number }) => number };
}

/**
 * A folder on disk that really syncs. Emscripten's NODEFS has no `fsync` operation, so that PostgreSQL's calls succeed
 * without doing anything; this adds it. It holds for folders too, which PostgreSQL syncs after it renamed a file.
 */
export class SyncingFileSystem extends NodeFS {
  override async init(pg: Parameters[0], options: Parameters[1]): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(pg, options);
    const addSync = (module: object) => {
      const { NODEFS } = module as { NODEFS?: NodeFileSystem };
      if (!NODEFS?.stream_ops) throw new Error('This build of PGlite has no NODEFS to add fsync to');
      NODEFS.stream_ops.fsync = (stream) => {
        fsyncSync(stream.nfd);
        return 0;
      };
    };
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...(emscriptenOpts.preRun ?? []), addSync] } };
  }
}
