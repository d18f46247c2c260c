import { testConnector } from '@leeway/connector-kit/test-contract.ts';
import { type SocketFault, startFaultServer } from '@leeway/connector-kit/testing/fault-server.ts';
import { runScenario } from '@leeway/connector-kit/testing/scenario.ts';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMariadb } from '../../../../checks/mariadb-server.ts';
import { startPostgres } from '../../../../checks/postgres-server.ts';
import { queryOf } from './dialect.ts';
import { connector } from './index.ts';
import { toJson } from './row.ts';
import type { System } from './settings.ts';

const marker = 'Tr0ub4dor-and-3';
const postgres = await startPostgres();
const mariadb = await startMariadb();

const parameters = {
  key: ['company', 'name'],
  ignore: ['id'],
  secret: ['pin'],
  changedBy: 'changed_by',
  changedAt: 'changed_at',
};

/** The same parameters in the spelling of both systems. */
const fill = (texts: { readonly boolean: string; readonly json: string }) => `
  create table wms_parameter (id int primary key, company varchar(10) not null, name varchar(40) not null, value varchar(100),
    amount decimal(20,6), active ${texts.boolean}, valid_from date, big bigint, note ${texts.json}, pin varchar(40),
    changed_by varchar(20), changed_at timestamp not null);
  insert into wms_parameter values
    (1, 'NL', 'WAVE_SIZE', '40', 12.500000, true, '2026-01-01', 9007199254740993, '{"a": 1}', '${marker}', 'anna', '2026-03-01 10:00:00'),
    (2, 'DE', 'WAVE_SIZE', '60', null, false, null, null, null, null, null, '2026-03-01 10:00:00'),
    (3, 'NL', 'CUT_OFF', '16:30', 0, true, '2026-01-01', 1, null, null, 'ben', '2026-03-02 11:30:00');
  create table many (n int primary key, t varchar(10))`;

const { port, hostname } = 'url' in postgres ? new URL(postgres.url) : { port: '1', hostname: 'localhost' };
const postgresSettings = {
  system: 'postgresql',
  host: hostname,
  port: Number(port),
  database: 'postgres',
  user: 'postgres',
  tls: 'disable',
};
const mariadbSettings = {
  system: 'mysql',
  host: '127.0.0.1',
  port: 'port' in mariadb ? mariadb.port : 1,
  database: 'erp',
  user: 'reader',
  passwordFrom: 'PASSWORD',
  tls: 'disable',
};
const variables = { PASSWORD: marker };
const wms = { wms_parameter: parameters };

describe.skipIf('skipped' in postgres)('PostgreSQL', () => {
  beforeAll(async () => {
    const client = new Client({ connectionString: 'url' in postgres ? postgres.url : '' });
    await client.connect();
    await client.query(fill({ boolean: 'boolean', json: 'jsonb' }));
    await client.query("insert into many select n, 'x' from generate_series(1, 2500) n");
    await client.query('create role nobody_in_particular login');
    await client.end();
  });
  afterAll(() => ('stop' in postgres ? postgres.stop() : undefined));

  testConnector('sql-table on PostgreSQL', connector, {
    secrets: [marker],
    scenarios: [
      { name: 'a parameter table', settings: { ...postgresSettings, tables: wms }, resources: 3 },
      {
        name: 'rows of one company, some columns, and more than a batch',
        settings: {
          ...postgresSettings,
          tables: {
            'public.wms_parameter': { key: ['name'], columns: ['value'], filter: { company: 'NL', active: true } },
            many: { key: ['n'] },
          },
        },
        resources: 2502,
      },
    ],
    failures: [
      {
        name: 'no such table',
        settings: { ...postgresSettings, tables: { nothing: { key: ['a'] } } },
        codes: ['LW3006'],
      },
      {
        name: 'no such column',
        settings: { ...postgresSettings, tables: { many: { key: ['a'] } } },
        codes: ['LW3006'],
      },
      {
        name: 'a key of two rows',
        settings: { ...postgresSettings, tables: { many: { key: ['t'] } } },
        codes: ['LW3006'],
      },
      {
        name: 'too many rows',
        settings: { ...postgresSettings, maxRows: 2499, tables: { many: { key: ['n'] } } },
        codes: ['LW3165'],
      },
      {
        name: 'a table that is denied',
        settings: { ...postgresSettings, user: 'nobody_in_particular', tables: wms },
        codes: ['LW3003'],
      },
      { name: 'no such database', settings: { ...postgresSettings, database: 'none', tables: wms }, codes: ['LW3001'] },
      {
        name: 'TLS that is not offered',
        settings: { ...postgresSettings, tls: 'require', tables: wms },
        codes: ['LW3001', 'LW3006'],
      },
      {
        name: 'a password that is not set',
        settings: { ...postgresSettings, passwordFrom: 'NONE', tables: wms },
        codes: ['LW3055'],
      },
    ],
  });

  it('keeps exact numbers, seals secrets and tells who changed what', async () => {
    const run = await runScenario(connector, { name: 'x', settings: { ...postgresSettings, tables: wms } });
    const found = run.resources.find(({ key }) => key === 'NL/WAVE_SIZE');
    expect(found).toEqual({
      kind: 'sql.wms_parameter',
      key: 'NL/WAVE_SIZE',
      attributes: {
        company: 'NL',
        name: 'WAVE_SIZE',
        value: '40',
        amount: '12.500000',
        active: true,
        valid_from: '2026-01-01',
        big: '9007199254740993',
        note: { a: 1 },
        pin: { $secret: expect.any(String) },
      },
      origin: { place: 'wms_parameter', actor: 'anna', at: '2026-03-01T10:00:00.000Z' },
    });
  });

  it('reads the other tables where one fails', async () => {
    const tables = { nothing: { key: ['a'] }, ...wms };
    const run = await runScenario(connector, { name: 'x', settings: { ...postgresSettings, tables } });
    expect(run.notices).toMatchObject([{ kind: 'sql.nothing' }]);
    expect(run.complete).toEqual(['sql.wms_parameter']);
  });
});

describe.skipIf('skipped' in mariadb)('MariaDB', () => {
  beforeAll(async () => {
    if ('skipped' in mariadb) return;
    await mariadb.execute(`create database erp; use erp; ${fill({ boolean: 'bool', json: 'json' })};
      insert into many select seq, 'x' from seq_1_to_2500;
      create user reader@'127.0.0.1' identified by '${marker}'; grant select on erp.wms_parameter to reader@'127.0.0.1';
      grant select on erp.many to reader@'127.0.0.1'; create table erp.secret_plans (a int)`);
  });
  afterAll(() => ('stop' in mariadb ? mariadb.stop() : undefined));

  testConnector('sql-table on MariaDB', connector, {
    secrets: [marker],
    scenarios: [
      { name: 'a parameter table', settings: { ...mariadbSettings, tables: wms }, variables, resources: 3 },
      {
        name: 'more than a batch',
        settings: { ...mariadbSettings, tables: { 'erp.many': { key: ['n'] } } },
        variables,
        resources: 2500,
      },
    ],
    failures: [
      {
        name: 'no such table',
        settings: { ...mariadbSettings, user: 'root', passwordFrom: undefined, tables: { nothing: { key: ['a'] } } },
        codes: ['LW3006', 'LW3002'],
      },
      {
        name: 'a table that is denied',
        settings: { ...mariadbSettings, tables: { secret_plans: { key: ['a'] } } },
        variables,
        codes: ['LW3003'],
      },
      {
        name: 'no such column',
        settings: { ...mariadbSettings, tables: { many: { key: ['n'], columns: ['z'] } } },
        variables,
        codes: ['LW3006'],
      },
      {
        name: 'a wrong password',
        settings: { ...mariadbSettings, tables: wms },
        variables: { PASSWORD: 'wrong' },
        codes: ['LW3002'],
      },
    ],
  });

  it('says the same as PostgreSQL but for what its types cannot say', async () => {
    const run = await runScenario(connector, { name: 'x', settings: { ...mariadbSettings, tables: wms }, variables });
    const found = run.resources.find(({ key }) => key === 'NL/WAVE_SIZE');
    expect(found?.attributes).toMatchObject({
      amount: '12.500000',
      active: 1,
      valid_from: '2026-01-01',
      big: '9007199254740993',
    });
    expect(found?.origin).toEqual({ place: 'wms_parameter', actor: 'anna', at: '2026-03-01T10:00:00.000Z' });
  });
});

describe.each<System>(['postgresql', 'mysql', 'sqlserver', 'oracle'])('a %s server', (system) => {
  const faults: readonly [SocketFault, readonly string[]][] = [
    ['refuse', ['LW3001', 'LW3009']],
    ['hang', ['LW3001', 'LW3005', 'LW3009']],
    ['close', ['LW3001', 'LW3006', 'LW3009', 'LW3011']],
    ['garbage', ['LW3001', 'LW3006', 'LW3007', 'LW3009', 'LW3011']],
    ['html', ['LW3001', 'LW3006', 'LW3007', 'LW3009', 'LW3011']],
  ];
  it.each(faults)('that does %s is told of', async (fault, codes) => {
    const server = await startFaultServer(fault);
    const settings = {
      system,
      host: server.host,
      port: server.port,
      database: 'd',
      user: 'u',
      tls: 'disable',
      statementSeconds: 1,
      tables: { t: { key: ['a'] } },
    };
    const run = await runScenario(connector, { name: 'x', settings });
    await server.close();
    expect(run.notices.map(({ problem }) => problem.code)).toEqual([expect.toBeOneOf([...codes])]);
    expect(run.complete).toEqual([]);
  });
});

describe('queries', () => {
  const table = { key: ['a"`]'], columns: ['b'], filter: { c: "x' or 1=1", d: null, e: 5 } };
  it.each<[System, string]>([
    ['postgresql', `select "a""\`]", "b" from "s"."t" where "c" = $1 and "d" is null and "e" = $2 limit 11`],
    ['mysql', 'select `a"``]`, `b` from `s`.`t` where `c` = ? and `d` is null and `e` = ? limit 11'],
    ['sqlserver', 'select top (11) [a"`]]], [b] from [s].[t] where [c] = @p1 and [d] is null and [e] = @p2'],
    [
      'oracle',
      `select "a""\`]", "b" from "s"."t" where "c" = :1 and "d" is null and "e" = :2 fetch first 11 rows only`,
    ],
  ])('of %s quote names and keep values apart', (system, text) => {
    expect(queryOf(system, 's.t', table, 11)).toEqual({ text, values: ["x' or 1=1", 5] });
  });
});

describe('settings', () => {
  const base = { ...postgresSettings, tables: wms };
  it.each([
    { ...base, tables: { 'wms; drop table x': { key: ['a'] } } },
    { ...base, tables: { t: { key: [] } } },
    { ...base, system: 'db2' },
    { ...base, maxRows: 0 },
  ])('%j are refused', (settings) => expect(connector.settings.safeParse(settings).success).toBe(false));
});

describe('values', () => {
  it.each([
    [5n, '5'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
    [new Date('2026-01-01T00:00:00Z'), '2026-01-01T00:00:00.000Z'],
    [new Date('x'), null],
    [new Uint8Array([1]), 'sha256:4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a'],
    [undefined, null],
    [{ a: [1] }, { a: [1] }],
  ])('%s is %j', (value, expected) => expect(toJson(value)).toEqual(expected));
});
