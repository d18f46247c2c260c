import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { JsonObject } from '@leeway/core';
import { startPostgres } from '../checks/postgres-server.ts';
import type { Benchmark } from './benchmark.ts';
import { root, runChild } from './child.ts';
import { heldItself, information, notMeasured, type Result } from './result.ts';

const count = 200_000;
const limit = { atMost: 400 };

interface Reply {
  readonly resources: number;
  readonly seconds: number;
  readonly residentBytes: number;
}

/** What stands under `observed:` for each protocol the page server speaks. */
const sources: Readonly<Record<string, (address: string) => JsonObject>> = {
  kubernetes: (server) => ({ connector: 'kubernetes', cluster: { server }, kinds: ['core/ConfigMap'] }),
  odata: (address) => ({
    connector: 'odata',
    url: `${address}/odata/`,
    entitySets: { Parameters: { key: ['Code'] } },
  }),
};

/**
 * Memory that one large source takes: a whole scan in a process of its own, pages from a server in another, the store in
 * PostgreSQL as it is in production.
 */
export const streaming: Benchmark = {
  name: 'streaming',
  async run({ say }): Promise<readonly Result[]> {
    const name = (connector: string) =>
      `memory resident while ${connector} reads ${count.toLocaleString('en')} resources`;
    const postgres = await startPostgres();
    if ('skipped' in postgres)
      return Object.keys(sources).map((each) => notMeasured(name(each), postgres.skipped, limit));
    const pages = await startPages();
    try {
      const results: Result[] = [];
      for (const [connector, observed] of Object.entries(sources)) {
        say(`reading ${count} resources through ${connector}`);
        const reply = runChild<Reply>('read-source.ts', {
          store: postgres.url,
          name: connector,
          observed: observed(pages.address),
        });
        if (reply.resources !== count) throw new Error(`${connector} read ${reply.resources} resources of ${count}`);
        results.push(
          heldItself(name(connector), reply.residentBytes / 2 ** 20, 'MiB', limit, 'pages of 1 kB resources over HTTP'),
        );
        results.push(information(`the same scan through ${connector}`, reply.seconds, 's'));
      }
      return results;
    } finally {
      await stop(pages.server);
      await postgres.stop();
    }
  },
};

/** The server of `children/serve-pages.ts`, once it says where it listens. */
async function startPages(): Promise<{ readonly server: ChildProcess; readonly address: string }> {
  const script = join(root, 'bench/children/serve-pages.ts');
  const server = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, String(count)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  for await (const line of createInterface(server.stdout)) return { server, address: line };
  throw new Error('the page server ended while starting');
}

async function stop(server: ChildProcess): Promise<void> {
  const ended = once(server, 'exit');
  server.kill();
  await ended;
}
