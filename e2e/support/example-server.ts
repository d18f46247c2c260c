import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoEstate } from '../../packages/cli/src/compose/demo.ts';
import { type StandIns, startServer } from '../../packages/cli/src/compose/serve/serve.ts';
import { webFolder } from '../../packages/cli/src/compose/serve/web-folder.ts';
import type { RunningServer } from '../../packages/cli/src/use-cases.ts';
import type { Principal } from '../../packages/server/src/identity/principal.ts';

/** Somebody who may do everything: for looking at screens while they are built. */
export const administrator: Principal = {
  id: 'person:00000000-0000-4000-8000-000000000001',
  kind: 'person',
  name: 'a.jansen',
  grants: [{ role: 'admin' }],
};

export interface ExampleServer extends RunningServer {
  /** The estate: a copy of its own, in a Git repository of its own. */
  readonly directory: string;
}

interface ExampleOptions {
  /** Whoever calls is this one; without it people sign in. */
  readonly principal?: Principal;
  readonly port?: number;
  /** PostgreSQL instead of the embedded store. */
  readonly database?: string;
  /** Changes the copied estate before it is scanned. */
  readonly prepare?: (directory: string) => void | Promise<void>;
  /** False serves the API alone, so that nothing is built. */
  readonly web?: boolean;
}

/** The example estate, copied, scanned once and served. */
export async function startExample({
  principal,
  port,
  database,
  prepare,
  web = true,
}: ExampleOptions = {}): Promise<ExampleServer> {
  const workingDirectory = mkdtempSync(join(tmpdir(), 'leeway-e2e-'));
  const request = {
    workingDirectory,
    keep: true,
    now: new Date(),
    nowIsGiven: false,
    variable: () => undefined,
    signal: new AbortController().signal,
    ...(database !== undefined && { database }),
  };
  const scan = () => demoEstate({ ...request, strict: false, failOn: 'none', progress: () => undefined });
  let { report, directory } = await scan();
  if (prepare) {
    await prepare(directory);
    ({ report, directory } = await scan());
  }
  if (report.exitCode === 1) throw new Error(`The example was not scanned: ${JSON.stringify(report.problems)}`);
  const standIns: StandIns = principal ? { authenticate: async () => principal } : {};
  const started = await startServer({
    ...request,
    ...standIns,
    directory,
    port: port ?? 0,
    host: '127.0.0.1',
    version: '0.0.0',
    logLevel: 'error',
    ...(web && { web: webFolder((line) => process.stderr.write(`${line}\n`)) }),
  });
  if (!started.ok) throw new Error(JSON.stringify(started.problems));
  return {
    ...started.value,
    directory,
    async close() {
      await started.value.close();
      rmSync(workingDirectory, { recursive: true, force: true });
    },
  };
}
