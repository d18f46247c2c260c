import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from '../../cli/src/compose/serve/serve.ts';
import type { RunningServer, ServeRequest } from '../../cli/src/use-cases.ts';
import { Client } from './client.ts';

const leewayYaml = `estate: test
environments:
  production-eu: {stage: production, region: eu}
  staging-eu: {stage: staging, region: eu, mirrors: production-eu}
`;

export interface TestServer extends RunningServer {
  readonly directory: string;
  /** Moves the clock on. */
  wait(milliseconds: number): void;
  /** Somebody who has not signed in. */
  client(): Client;
}

/** A whole server over a small estate, on loopback, with a clock that tests move. */
export async function startTestServer(options: Partial<ServeRequest> = {}, serverYaml?: string): Promise<TestServer> {
  const directory = mkdtempSync(join(tmpdir(), 'leeway-server-'));
  writeFileSync(join(directory, 'leeway.yaml'), leewayYaml);
  if (serverYaml !== undefined) writeFileSync(join(directory, 'server.yaml'), serverYaml);
  let waited = 0;
  const started = await startServer({
    directory,
    workingDirectory: directory,
    keep: true,
    now: new Date(),
    nowIsGiven: false,
    variable: () => undefined,
    signal: new AbortController().signal,
    port: 0,
    host: '127.0.0.1',
    version: '0.0.0',
    logLevel: 'silent',
    clock: () => new Date(Date.now() + waited),
    ...options,
  });
  if (!started.ok) throw new Error(JSON.stringify(started.problems));
  return {
    ...started.value,
    directory,
    wait(milliseconds) {
      waited += milliseconds;
    },
    client: () => new Client(started.value.listensAt),
    async close() {
      await started.value.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

export const adminPassword = 'correct horse battery';

/** The first administrator of a fresh server, signed in. */
export async function setUp(server: TestServer): Promise<Client> {
  const admin = server.client();
  const link = new URL(server.setUpUrl ?? '').searchParams.get('link');
  const answer = await admin.post('/session/set-up', { link, name: 'Admin', password: adminPassword });
  if (answer.status !== 204) throw new Error(`Set-up was answered with ${JSON.stringify(answer)}`);
  await admin.readCsrf();
  return admin;
}
