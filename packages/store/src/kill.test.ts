import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, expect, test } from 'vitest';
import { openStore } from './open.ts';

/** More in a long run; a few are enough to notice a broken promise. */
const rounds = Number(process.env['LEEWAY_KILL_ROUNDS'] ?? 6);

interface Report {
  readonly snapshots: Readonly<Record<string, string>>;
  readonly scans: readonly string[];
  readonly open: readonly string[];
  readonly events: readonly string[];
}

type Line =
  | { readonly opening: number }
  | { readonly found: Report }
  | { readonly snapshot: string; readonly digest: string }
  | { readonly scan: string };

const root = mkdtempSync(join(tmpdir(), 'leeway-kill-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

class Writer {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  errors = '';

  constructor(folder: string, mode: 'write' | 'report') {
    const script = new URL('../test/writer.ts', import.meta.url).pathname;
    this.#child = spawn(process.execPath, [script, folder, mode], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child.stderr?.on('data', (text: Buffer) => {
      this.errors += text;
    });
    this.#lines = createInterface({ input: this.#child.stdout! })[Symbol.asyncIterator]();
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  async next(): Promise<Line | undefined> {
    const { value, done } = await this.#lines.next();
    return done ? undefined : (JSON.parse(value) as Line);
  }

  /** Kills without warning and returns what it had acknowledged but nobody had read yet. */
  async kill(): Promise<readonly Line[]> {
    this.#child.kill('SIGKILL');
    const rest: Line[] = [];
    for (let line = await this.next(); line; line = await this.next()) rest.push(line);
    return rest;
  }
}

/** Deterministic, so that a failure comes again. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** What was acknowledged so far. */
interface Acknowledged {
  readonly snapshots: Map<string, string>;
  readonly scans: Set<string>;
}

function acknowledge({ snapshots, scans }: Acknowledged, line: Line): void {
  if ('snapshot' in line) snapshots.set(line.snapshot, line.digest);
  if ('scan' in line) scans.add(line.scan);
}

/** Lets a writer say so many lines, checks its report on the way, and kills it. */
async function killAfter(lines: number, folder: string, known: Acknowledged): Promise<void> {
  const writer = new Writer(folder, 'write');
  for (let said = 0; said < lines; said++) {
    const line = await writer.next();
    if (!line) throw new Error(writer.errors);
    if ('found' in line) checkReport(line.found, known);
    acknowledge(known, line);
  }
  for (const line of await writer.kill()) acknowledge(known, line);
}

test(
  'a process killed at any moment loses nothing it acknowledged and leaves nothing half there',
  async () => {
    const folder = join(root, 'store');
    const random = randomNumbers(42);
    const known: Acknowledged = { snapshots: new Map(), scans: new Set() };
    for (let round = 0; round < rounds; round++) {
      // The first ones die while the store is made and while it is opened, the others between two writes or inside one.
      await killAfter(round < 2 ? 1 : 3 + Math.floor(random() * 25), folder, known);
    }
    const last = new Writer(folder, 'report');
    for (let line = await last.next(); line; line = await last.next())
      if ('found' in line) checkReport(line.found, known);
    expect(last.errors).toBe('');
    expect(known.scans.size).toBeGreaterThan(0);
  },
  20_000 * (rounds + 1),
);

function checkReport(found: Report, { snapshots, scans }: Acknowledged): void {
  for (const [id, digest] of snapshots) expect(found.snapshots[id]).toBe(digest);
  for (const scan of scans) expect(found.scans).toContain(scan);
  for (const [id, digest] of Object.entries(found.snapshots)) snapshots.set(id, digest);
  for (const scan of found.scans) scans.add(scan);
  // A scan is whole: it opened one finding and resolved the one before it.
  expect(found.open).toHaveLength(Math.min(1, found.scans.length));
  const expected = found.scans.flatMap((scan, at) =>
    at === found.scans.length - 1 ? [`${scan} seen`] : [`${scan} resolved`, `${scan} seen`],
  );
  expect([...found.events].sort()).toEqual(expected.sort());
}

test('a second writer is told who the first one is, and gets in as soon as that one is killed', async () => {
  const folder = join(root, 'shared');
  const first = new Writer(folder, 'write');
  let line = await first.next();
  while (line && !('snapshot' in line)) line = await first.next();
  const refused = await openStore({ kind: 'embedded', folder });
  expect(refused).toMatchObject({ ok: false, problems: [{ code: 'LW6002' }] });
  const [found] = refused.ok ? [] : refused.problems;
  expect(found?.message).toContain(`process ${first.pid} since 20`);
  expect(found?.hint).toContain('--database');
  await first.kill();
  const opened = await openStore({ kind: 'embedded', folder });
  expect(opened.ok).toBe(true);
  if (!opened.ok) return;
  expect(await opened.value.snapshots.list({ estate: 'estate' }, 100)).not.toEqual([]);
  const again = await openStore({ kind: 'embedded', folder: join(root, '.', 'shared') });
  expect(again).toMatchObject({ ok: false, problems: [{ code: 'LW6002' }] });
  await opened.value.close();
}, 60_000);
