import { ok } from '@leeway/core';
import { runCli } from '../cli.ts';
import type { Io, Sink } from '../io.ts';
import { clean, northwind } from '../output/testing/northwind.ts';
import type { UseCases } from '../use-cases.ts';

/** A sink that keeps what was written. `closeAfter` makes the reader go away, as `head` does. */
export class MemorySink implements Sink {
  text = '';
  closed = false;
  isTerminal = false;
  columns: number | undefined = undefined;
  rows: number | undefined = undefined;
  closeAfter = Number.POSITIVE_INFINITY;

  write(text: string): boolean {
    this.text += text;
    if (this.text.length > this.closeAfter) this.closed = true;
    return true;
  }

  drained(): Promise<void> {
    return Promise.resolve();
  }
}

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly useCases?: Partial<UseCases>;
  readonly environment?: Record<string, string>;
  readonly workingDirectory?: string;
  readonly stdout?: MemorySink;
  readonly stderr?: MemorySink;
  readonly signal?: AbortSignal;
}

const found = northwind.findings[0];
if (!found) throw new Error('the sample report has findings');

/** Use cases that answer with the hand-made reports. */
export const sampleUseCases: UseCases = {
  scan: async () => northwind,
  diff: async () => clean,
  lastReport: async () => ok(northwind),
  explain: async () =>
    ok({
      finding: found,
      history: northwind.history[found.fingerprint] ?? never(),
      events: [
        {
          at: '2026-11-23T14:32:00Z',
          scan: 's1',
          event: 'seen',
          verdict: 'drift',
          severity: 'critical',
          headline: 'It was seen.',
        },
      ],
    }),
  snapshots: async () => ok([]),
  history: async () => ok({ scans: [], events: [] }),
  approve: async () =>
    ok({
      id: 'x',
      file: 'approved/sizing.yaml',
      line: 3,
      constraint: 'exactly 2',
      expires: '2027-01-01T00:00Z',
      text: 'x:\n  owner: a\n',
    }),
  applied: async () => ok({ revision: '3f9c2e1', sources: ['cluster'] }),
  validate: async () => ok({ name: 'northwind', environments: 4, sources: 7, approved: 2, policies: 24, warnings: [] }),
  listPolicies: async () =>
    ok([
      {
        code: 'NET001',
        title: 'Nothing is open to the world',
        pack: 'network',
        severity: 'high',
        kinds: ['*'],
        params: {},
      },
    ]),
  testPolicies: async () => ok({ ok: true, policies: [], passed: 48, failed: 0 }),
  checkSources: async () =>
    ok([
      {
        environment: 'test',
        source: 'orders-db',
        plane: 'observed',
        connector: 'postgresql',
        lines: [{ what: 'catalog', ok: true }],
      },
    ]),
  init: async () =>
    ok({ file: '/estate/leeway.yaml', found: ['environments: production'], nextSteps: ['leeway scan'] }),
  listConnectors: async () => [
    {
      id: 'terraform',
      title: 'Terraform',
      summary: 'States and plans.',
      verification: { state: 'verified', against: 'Terraform 1.11' },
      permissions: [],
      kinds: [{ name: 'terraform.*', title: 'resource', layer: 'network' }],
    },
    {
      id: 'odoo',
      title: 'Odoo',
      summary: 'Settings.',
      verification: { state: 'built-to-published-api', api: 'the JSON-RPC of Odoo' },
      permissions: ['read on ir.config_parameter'],
      kinds: [],
    },
  ],
  newConnector: async ({ id }) => ok({ folder: `src/${id}`, files: [`src/${id}/index.ts`] }),
  doctor: async () => [{ what: 'Node.js', state: 'ok', text: '24' }],
  serve: async () =>
    ok({ url: 'http://127.0.0.1:7460', listensAt: 'http://127.0.0.1:7460', close: async () => undefined }),
  verifyAudit: async () => ok({ intact: true, entries: 3, head: 'abc' }),
  demo: async () => ({ report: northwind, directory: '/examples/northwind' }),
};

function never(): never {
  throw new Error('unreachable');
}

/** Runs a command line in this process. */
export async function run(argv: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const stdout = options.stdout ?? new MemorySink();
  const stderr = options.stderr ?? new MemorySink();
  const io: Io = {
    stdout,
    stderr,
    environment: options.environment ?? {},
    workingDirectory: options.workingDirectory ?? '/',
    now: () => new Date('2026-11-23T14:32:00Z'),
    signal: options.signal ?? new AbortController().signal,
  };
  const code = await runCli(argv, io, {
    version: '0.1.0',
    useCases: async () => ({ ...sampleUseCases, ...options.useCases }),
  });
  return { code, stdout: stdout.text, stderr: stderr.text };
}
