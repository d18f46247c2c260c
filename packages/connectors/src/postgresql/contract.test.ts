import { Client } from 'pg';
import { afterAll } from 'vitest';
import { startPostgres } from '../../../../checks/postgres-server.ts';
import { testConnector } from '../../../connector-kit/src/test-contract.ts';
import { startFaultServer } from '../../../connector-kit/src/testing/fault-server.ts';
import type { Scenario, Started } from '../../../connector-kit/src/testing/scenario.ts';
import { connector } from './index.ts';
import { richSchema } from './testing/rich-schema.ts';

const server = await startPostgres();
afterAll(async () => {
  if ('stop' in server) await server.stop();
});

let filled: Promise<void> | undefined;

async function fill(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(richSchema);
  await client.end();
}

async function startLive(url: string): Promise<Started> {
  filled ??= fill(url);
  await filled;
  return { settings: { url, passwordFrom: 'PGPASSWORD' }, stop: async () => undefined };
}

const live: readonly Scenario[] =
  'url' in server
    ? [
        {
          name: 'a live server',
          settings: { url: server.url },
          variables: { PGPASSWORD: 'planted-marker-4711' },
          start: () => startLive(server.url),
        },
      ]
    : [];

async function startFault(fault: 'refuse' | 'garbage' | 'html' | 'reset'): Promise<Started> {
  const { host, port, close } = await startFaultServer(fault);
  return { settings: { host, port, sslMode: 'disable', passwordFrom: 'PGPASSWORD' }, stop: close };
}

testConnector('postgresql', connector, {
  scenarios: [
    {
      name: 'migration files',
      settings: { files: ['db/*.sql'] },
      files: {
        'db/V1__all.sql': richSchema,
        'db/V2__more.sql': 'alter table app.orders add column ship_date date;\n',
        'db/V10__last.sql': "comment on column app.orders.ship_date is 'promised';\n",
      },
    },
    ...live,
  ],
  secrets: ['planted-marker-4711'],
  failures: (['refuse', 'garbage', 'html', 'reset'] as const).map((fault) => ({
    name: `a server that answers with ${fault}`,
    settings: { host: '127.0.0.1' },
    variables: { PGPASSWORD: 'planted-marker-4711' },
    start: () => startFault(fault),
    codes: ['LW3001', 'LW3006', 'LW3011'],
  })),
});
