import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { scanAll } from '../../packages/cli/src/compose/scan.ts';
import { startServer } from '../../packages/cli/src/compose/serve/serve.ts';
import { webFolder } from '../../packages/cli/src/compose/serve/web-folder.ts';
import type { EstateRequest, RunningServer } from '../../packages/cli/src/use-cases.ts';
import type { Principal } from '../../packages/server/src/identity/principal.ts';

/** Somebody who may do everything: for looking at screens while they are built. */
export const administrator: Principal = {
  id: 'person:00000000-0000-4000-8000-000000000001',
  kind: 'person',
  name: 'a.jansen',
  grants: [{ role: 'admin' }],
};

export interface ExampleServer extends RunningServer {
  readonly directory: string;
}

/** The example estate, copied, scanned once and served; whoever calls is `principal`. */
export async function startExample(
  options: { readonly principal?: Principal; readonly port?: number; readonly database?: string } = {},
): Promise<ExampleServer> {
  const directory = mkdtempSync(join(tmpdir(), 'leeway-e2e-'));
  const example = fileURLToPath(new URL('../../examples/northwind-distribution', import.meta.url));
  cpSync(example, directory, { recursive: true, filter: (path) => !path.includes('/.leeway') });
  const request: EstateRequest = {
    directory,
    workingDirectory: directory,
    keep: true,
    now: new Date(),
    nowIsGiven: false,
    variable: () => undefined,
    signal: new AbortController().signal,
    ...(options.database !== undefined && { database: options.database }),
  };
  const report = await scanAll({ ...request, strict: false, failOn: 'none', progress: () => undefined });
  if (report.exitCode === 1) throw new Error(`The example was not scanned: ${JSON.stringify(report.problems)}`);
  const principal = options.principal ?? administrator;
  const started = await startServer({
    ...request,
    port: options.port ?? 0,
    host: '127.0.0.1',
    version: '0.0.0',
    logLevel: 'warn',
    authenticate: async () => principal,
    web: webFolder((line) => process.stderr.write(`${line}\n`)),
  });
  if (!started.ok) throw new Error(JSON.stringify(started.problems));
  return {
    ...started.value,
    directory,
    async close() {
      await started.value.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
