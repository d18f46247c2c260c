import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { runCli } from '../../packages/cli/src/cli.ts';
import { composeUseCases } from '../../packages/cli/src/compose.ts';
import type { Io } from '../../packages/cli/src/io.ts';
import { MemorySink } from '../../packages/cli/src/testing/run.ts';

/** How one command ended. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface LeewayOptions {
  /** Folder the command runs in. */
  readonly cwd: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly stdout?: MemorySink;
  readonly stderr?: MemorySink;
  readonly signal?: AbortSignal;
}

/** The instant every check runs at, unless `--now` says otherwise. */
export const today = '2026-06-01T08:00:00Z';

/** Runs a command line in this process: the real estate loader, connectors, engine and store. */
export async function leeway(argv: readonly string[], options: LeewayOptions): Promise<Outcome> {
  const { cwd, environment = {}, stdout = new MemorySink(), stderr = new MemorySink() } = options;
  const io: Io = {
    stdout,
    stderr,
    environment,
    workingDirectory: cwd,
    now: () => new Date(today),
    signal: options.signal ?? new AbortController().signal,
  };
  const code = await runCli(argv, io, { version: '0.1.0', useCases: composeUseCases });
  return { code, stdout: stdout.text, stderr: stderr.text };
}

/** Files by path; text or bytes. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

/** Writes files below a folder. */
export function writeFiles(folder: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** A folder of its own outside this repository. Whoever makes it outside a test removes it. */
export function makeFolder(files: Files = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'leeway-check-'));
  writeFiles(folder, files);
  return folder;
}

/** {@link makeFolder}, removed when the test that asked for it ends. */
export function testFolder(files: Files = {}): string {
  const folder = makeFolder(files);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
