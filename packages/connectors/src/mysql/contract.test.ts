import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { testConnector } from '../../../connector-kit/src/test-contract.ts';
import { type SocketFault, startFaultServer } from '../../../connector-kit/src/testing/fault-server.ts';
import { type Run, runScenario, type Scenario } from '../../../connector-kit/src/testing/scenario.ts';
import { connector } from './index.ts';
import { RecordedSql } from './testing/recorded-sql.ts';
import { type ReplayOptions, startReplay } from './testing/replay-server.ts';

const recorded = RecordedSql.parse(
  JSON.parse(readFileSync(new URL('recordings/mariadb.json', import.meta.url), 'utf8')),
);
const marker = 'planted-marker-4711';
const settings = { host: '127.0.0.1', user: 'reader' };
const variables = { DB_PASSWORD: marker };

let starts = 0;

const live: Scenario = {
  name: 'a live server',
  settings,
  variables,
  start: () => {
    starts += 1;
    return startReplay(recorded, { shuffled: starts % 2 === 0 });
  },
};

async function startFault(fault: SocketFault) {
  const { host, port, close } = await startFaultServer(fault);
  return { settings: { ...settings, host, port, sslMode: 'disable', statementSeconds: 1 }, stop: close };
}

const replayed = (name: string, options: ReplayOptions): Scenario => ({
  name,
  settings,
  variables,
  start: () => startReplay(recorded, options),
});

testConnector('mysql', connector, {
  scenarios: [live],
  secrets: [marker],
  failures: [
    ...(['refuse', 'garbage', 'html', 'reset', 'close', 'hang'] as const).map((fault) => ({
      name: `a server that answers with ${fault}`,
      settings,
      variables,
      start: () => startFault(fault),
      codes: ['LW3001', 'LW3006', 'LW3011'] as const,
    })),
    { ...replayed('a wrong password', { signIn: 'refused' }), codes: ['LW3002'] },
    { ...replayed('a line that breaks', { hangUpAt: 'information_schema.columns' }), codes: ['LW3011'] },
    {
      ...replayed('a server of other days', { instead: { 'select version()': [['10.3.39-MariaDB', 'db-host']] } }),
      codes: ['LW3121'],
    },
    { name: 'a password that is not set', settings: { ...settings, passwordFrom: 'NONE' }, codes: ['LW3055'] },
  ],
});

const read = (options: ReplayOptions): Promise<Run> => runScenario(connector, replayed('x', options));
const granted = (...rows: readonly string[]): ReplayOptions => ({
  instead: { 'show grants': rows.map((row) => [row]) },
});
const hidden = ({ notices }: Run) => notices.map(({ kind }) => kind?.slice('mysql.'.length)).sort();

describe('a reader who may not see everything', () => {
  it('with SELECT alone does not call triggers, events, views and accounts absent', async () => {
    const run = await read(granted('GRANT SELECT ON *.* TO `reader`@`%`'));
    expect(hidden(run)).toEqual(['event', 'trigger', 'view']);
    expect(run.notices[0]?.problem).toMatchObject({ code: 'LW3003', hint: expect.stringContaining('on *.*') });
    expect(run.complete).toContain('mysql.table');
    expect(run.complete).not.toContain('mysql.trigger');
  });

  it('in one database knows nothing of the others', async () => {
    const run = await read(
      granted('GRANT USAGE ON *.* TO `reader`@`%`', 'GRANT ALL PRIVILEGES ON `shop`.* TO `reader`@`%`'),
    );
    expect(hidden(run)).toEqual(expect.arrayContaining(['table', 'trigger', 'user', 'grant', 'function']));
    expect(run.complete).toEqual(['mysql.server', 'mysql.variable']);
  });

  it('is told what was refused, and the rest is read', async () => {
    const run = await read({ refuse: { 'from mysql.user': 1142, 'from `shop`.`django_migrations`': 1142 } });
    expect(hidden(run)).toEqual(['grant', 'migrations.django', 'user']);
    expect(run.complete).toContain('mysql.migrations.flyway');
  });
});

describe('what was recorded', () => {
  it('holds no secret and none of what nobody decided', () => {
    const text = JSON.stringify(recorded);
    expect(text).not.toMatch(/IDENTIFIED BY PASSWORD|authentication_string":|\*[0-9A-F]{40}/);
  });

  it('reads as it was made', async () => {
    const { resources } = await read({});
    const attributes = (kind: string, key: string) =>
      resources.find((found) => found.kind === `mysql.${kind}` && found.key === key)?.attributes;
    expect(attributes('table', 'shop.orders')).toMatchObject({
      collation: 'utf8mb4_general_ci',
      primaryKey: ['id'],
      columns: {
        id: { type: 'int', nullable: false, autoIncrement: true },
        status: { type: 'varchar(16)', default: "'new'", collation: 'ascii_general_ci' },
        total: { generated: 'quantity * price stored' },
      },
      foreignKeys: { 'foreign key (customer_id)': { references: 'customer (id)', onDelete: 'cascade' } },
      checks: { orders_quantity: { clause: 'quantity > 0 and quantity < 1000' } },
    });
    expect(attributes('table', 'shop.stock_move')).toMatchObject({
      partitions: { by: 'range (year(moved))', bounds: { p2025: '2026', later: 'MAXVALUE' } },
    });
    expect(attributes('view', 'shop.open_orders')).toMatchObject({ security: 'invoker', definer: 'root' });
    expect(attributes('event', 'shop.purge_moves')).toMatchObject({ every: '1 day', starts: '2026-01-01 02:30:00' });
    expect(attributes('procedure', 'shop.close_orders')).toMatchObject({
      arguments: ['before_day date', 'out closed int'],
    });
    expect(attributes('user', 'etl')).toMatchObject({ host: '%', tls: 'any', roles: { reporting: 'member' } });
    expect(attributes('grant', 'reporting on shop.customer')).toMatchObject({
      privileges: ['SELECT (id)', 'SELECT (name)'],
    });
    expect(attributes('grant', 'order-api on function shop.vat')).toMatchObject({ privileges: ['EXECUTE'] });
    expect(attributes('variable', 'sql_mode')).toEqual({ value: ['NO_ENGINE_SUBSTITUTION', 'STRICT_TRANS_TABLES'] });
    expect(attributes('migrations.flyway', 'shop.flyway_schema_history')).toMatchObject({ version: '2' });
    expect(attributes('variable', 'server_id')).toBeUndefined();
  });
});
