import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { missingCommands, type Place } from '../place.ts';
import type { Drift, ExpectedFinding, LabService } from '../service.ts';

const ports = { staging: 15432, production: 15433 } as const;
const bin = '/usr/lib/postgresql/15/bin';
const password = 'reader-pw-3c7d';

/** Roles belong to the whole server: made once, and brought to what a clean pair has. */
const roles = `
do $$ begin
  if not exists (select from pg_roles where rolname = 'reader') then
    create role order_api login password 'order-api-pw-55e1';
    create role reporting;
    create role reader login;
  end if;
end $$;
alter role reader password '${password}';
grant pg_read_all_settings to reader;
alter role order_api nosuperuser nocreatedb connection limit 20;
alter role reporting set statement_timeout = '30s';
`;

export const service: LabService = {
  id: 'postgresql',
  title: 'PostgreSQL',
  packages: ['postgresql'],
  available: () => missingCommands(`${bin}/postgres`, `${bin}/initdb`),
  async up(place) {
    const data = `${place.folder}/data`;
    if (!existsSync(data)) {
      const made = ['-D', data, '-U', 'postgres', '--auth-local=trust', '--auth-host=scram-sha-256', '--no-sync'];
      await place.run(`${bin}/initdb`, [...made, '-E', 'UTF8', '--locale=C']);
    }
    const port = String(ports[place.side]);
    const options = ['-D', data, '-h', '127.0.0.1', '-p', port, '-k', place.folder, '-c', 'fsync=off'];
    await place.start('postgres', `${bin}/postgres`, options);
    await place.until('ready', async () => (await sql(place, 'select 1', 'postgres')).trim() === '1');
    const known = await sql(place, "select 1 from pg_database where datname = 'orders'", 'postgres');
    if (known.trim() === '') await sql(place, 'create database orders', 'postgres');
  },
  async fill(place) {
    await sql(place, roles);
    await sql(place, await readFile(new URL('postgresql/orders.sql', import.meta.url), 'utf8'));
  },
  drifts: [
    change('column-widened', 'alter table app.customer alter column credit type numeric(14, 2)', {
      undo: 'alter table app.customer alter column credit type numeric(12, 2)',
      findings: [{ kind: 'postgresql.table', key: 'app.customer', path: '/columns/credit/type' }],
    }),
    change('index-lost', 'drop index app.orders_by_document', {
      undo: 'create index orders_by_document on app.orders using gin (document jsonb_path_ops)',
      findings: [{ kind: 'postgresql.index', key: 'app.orders_by_document', path: '' }],
    }),
    change('check-dropped', 'alter table app.orders drop constraint orders_quantity', {
      undo: 'alter table app.orders add constraint orders_quantity check (quantity > 0)',
      findings: [{ kind: 'postgresql.table', key: 'app.orders', path: '/constraints/orders_quantity' }],
    }),
    change('function-edited', functionOf('0.19'), {
      undo: functionOf('0.21'),
      findings: [{ kind: 'postgresql.function', key: 'app.vat(numeric)', path: '/body' }],
    }),
    change('rows-opened', 'alter table app.orders disable row level security', {
      undo: 'alter table app.orders enable row level security',
      findings: [
        {
          kind: 'postgresql.table',
          key: 'app.orders',
          path: '/rowSecurity/enabled',
          says: 'does not enforce row level security',
        },
      ],
    }),
    change('made-superuser', 'alter role order_api superuser', {
      undo: 'alter role order_api nosuperuser',
      findings: [{ kind: 'postgresql.role', key: 'order_api', path: '/superuser', says: 'is superuser' }],
    }),
    change('grant-widened', 'grant delete on app.orders to order_api', {
      undo: 'revoke delete on app.orders from order_api',
      findings: [
        { kind: 'postgresql.grant', key: 'table app.orders to order_api', path: '/privileges', says: 'allows DELETE' },
      ],
    }),
    change('memory-raised', "alter system set work_mem = '64MB'; select pg_reload_conf()", {
      undo: 'alter system reset work_mem; select pg_reload_conf()',
      findings: [{ kind: 'postgresql.setting', key: 'work_mem', path: '' }],
    }),
    change('migration-behind', "delete from app.flyway_schema_history where version = '2'", {
      undo: `insert into app.flyway_schema_history
        values (2, '2', 'stock', 'SQL', 'V2__stock.sql', -98765, 'deploy', now(), 30, true)`,
      findings: [
        {
          kind: 'postgresql.migrations.flyway',
          key: 'app.flyway_schema_history',
          path: '/version',
          says: 'is at 1 in staging',
        },
        { kind: 'postgresql.migrations.flyway', key: 'app.flyway_schema_history', path: '/applied/V2__stock.sql' },
      ],
    }),
  ],
  denials: [
    {
      names: 'pg_read_all_settings',
      take: async (place) => void (await sql(place, 'revoke pg_read_all_settings from reader')),
      giveBack: async (place) => void (await sql(place, 'grant pg_read_all_settings to reader')),
    },
    {
      names: 'SELECT on app.flyway_schema_history',
      take: async (place) => void (await sql(place, 'revoke select on app.flyway_schema_history from reader')),
      giveBack: async (place) => void (await sql(place, 'grant select on app.flyway_schema_history to reader')),
    },
  ],
  sources: {
    orders: {
      connector: 'postgresql',
      observed: {
        host: '127.0.0.1',
        port: '{port}',
        database: 'orders',
        user: 'reader',
        passwordFrom: 'POSTGRESQL_READER',
        sslMode: 'disable',
      },
    },
  },
  parameters: { staging: { port: ports.staging }, production: { port: ports.production } },
  variables: { POSTGRESQL_READER: password },
};

function functionOf(rate: string): string {
  return `create or replace function app.vat(amount numeric) returns numeric language sql immutable
    as 'select amount * ${rate}'`;
}

/** Statements that change something, and those that change it back. */
function change(
  name: string,
  statements: string,
  { undo, findings }: { readonly undo: string; readonly findings: readonly ExpectedFinding[] },
): Drift {
  return {
    name,
    apply: async (place) => void (await sql(place, statements)),
    undo: async (place) => void (await sql(place, undo)),
    findings,
  };
}

/** Statements run by psql as the administrator; each one for itself, as some have to be. */
function sql({ run, folder, side }: Place, statements: string, database = 'orders'): Promise<string> {
  const where = ['-h', folder, '-p', String(ports[side]), '-U', 'postgres', '-d', database];
  return run(`${bin}/psql`, [...where, '-XAtq', '-v', 'ON_ERROR_STOP=1'], { input: statements });
}
