import type { Connector, Seal } from '@leeway/connector-kit';
import type { FileTree, Policy, Result, Severity } from '@leeway/core';
import type { Estate } from '@leeway/estate';
import type { LoadedBundle } from '@leeway/policy';
import type { Store } from '../ports.ts';

/** Finds connectors by id; the composition root hands in the registry. */
export interface ConnectorDirectory {
  readonly ids: readonly string[];
  load(id: string): Promise<Connector | undefined>;
}

/** From which severity on findings make the exit code 2; `new` counts only what was not there before. */
export type FailOn = Severity | 'new' | 'none';

/** What is going on with one reading, for people who wait. */
export interface ScanProgress {
  readonly environment: string;
  readonly source: string;
  readonly plane: string;
  readonly state: 'waiting' | 'reading' | 'done' | 'failed';
  readonly count: number;
}

/** Where files are read: the declared plane at a revision, dumps and states from the working tree. */
export interface ScanFiles {
  readonly declared: FileTree;
  readonly working: FileTree;
  /** The tree at another revision, for what `leeway applied` recorded; absent without Git. */
  readonly at?: (revision: string) => Promise<Result<FileTree & { close?(): void }>>;
}

export interface ScanOptions {
  readonly estate: Estate;
  readonly files: ScanFiles;
  readonly connectors: ConnectorDirectory;
  readonly store: Store;
  readonly seal: Seal;
  /** The one clock of every rule. */
  readonly now: Date;
  readonly variable: (name: string) => string | undefined;
  readonly policies: readonly Policy[];
  readonly bundles: readonly LoadedBundle[];
  /** Names to look at; everything when absent. */
  readonly environments?: readonly string[];
  readonly sources?: readonly string[];
  /** True folds no defaults and spellings. */
  readonly strict?: boolean;
  readonly failOn: FailOn;
  /** Readings at the same time; what the estate says, else 8, when absent. */
  readonly concurrency?: number;
  readonly signal?: AbortSignal;
  readonly progress?: (event: ScanProgress) => void;
}
