/** Files of the estate at one revision (or of the working tree). Paths use `/`, relative to the estate. */
export interface FileTree {
  /** Label for places and messages: `HEAD`, `v1.8.2`, `working tree`. */
  readonly revision: string;
  /** Paths of regular files that match any of the glob patterns (`*`, `**`, `?`, `{a,b}`), sorted. Never follows links out of the tree. */
  list(patterns: readonly string[]): Promise<readonly string[]>;
  /** The file's bytes. Throws ProblemError LW2001, LW2002 or LW2004 (more than `limit` bytes). */
  read(path: string, limit?: number): Promise<Uint8Array>;
  /** Last commit that touched the file, where the tree is under Git. */
  lastChange?(
    path: string,
  ): Promise<{ readonly actor: string; readonly at: string; readonly commit: string } | undefined>;
}
