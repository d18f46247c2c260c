import { type AddressInfo, createServer } from 'node:net';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPostgres } from '../../../../../checks/postgres-server.ts';
import { startFaultServer } from '../../../../connector-kit/src/testing/fault-server.ts';
import { connector } from '../index.ts';
import { declare, read, tellDifferences, testContext } from '../testing/declare.ts';
import { richSchema } from '../testing/rich-schema.ts';

const server = await startPostgres();

async function execute(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** Reads without the settings, which are the test server's own. */
const readUrl = (url: string, more = {}) => read({ url, exceptKinds: ['postgresql.setting'], ...more });

/** The files of the live database, with the role the tests add. */
const declareRich = () => declare(`${richSchema} create role unprivileged login;`);

describe.skipIf('skipped' in server)('a live server', () => {
  const url = 'url' in server ? server.url : '';
  const as = (user: string, database = 'postgres') => {
    const target = new URL(url);
    target.username = user;
    target.pathname = database;
    return target.href;
  };

  beforeAll(async () => {
    await execute(url, 'create database rich');
    await execute(as('postgres', 'rich'), richSchema);
    await execute(url, 'create database tools');
    await execute(url, 'create role unprivileged login');
  });
  afterAll(async () => {
    if ('stop' in server) await server.stop();
  });

  it('is the same as the files it was made with, whatever the version', async () => {
    const live = await readUrl(as('postgres', 'rich'));
    expect(live.notices).toEqual([]);
    expect(JSON.stringify(live)).not.toContain('planted-marker-4711');
    expect(tellDifferences(await declareRich(), live)).toEqual([]);
  });

  it('tells what changed behind the files', async () => {
    await execute(url, 'create database changed template rich');
    await execute(
      as('postgres', 'changed'),
      `alter table app.orders disable row level security; grant delete on app.orders to public;
       alter table app.t_user alter column d type timestamp; create or replace function app.q(int) returns int language sql as 'select 1'`,
    );
    expect(tellDifferences(await declareRich(), await readUrl(as('postgres', 'changed')))).toEqual([
      'unmanaged function app.q(integer)',
      'unmanaged grant table app.orders to PUBLIC',
      'table app.orders /rowSecurity/enabled: true → false',
      'table app.t_user /columns/d/type: "date" → "timestamp without time zone"',
    ]);
  });

  it('tells an unprivileged reader what it did not see', async () => {
    const seen = await read({ url: as('unprivileged', 'rich') });
    expect(seen.notices).toMatchObject([
      { kind: 'postgresql.setting', problem: { code: 'LW3003' } },
      { kind: 'postgresql.user_mapping', problem: { code: 'LW3003' } },
    ]);
    expect(seen.complete).not.toContain('postgresql.setting');
    expect(
      tellDifferences(await declareRich(), {
        ...seen,
        resources: seen.resources.filter(({ kind }) => kind !== 'postgresql.user_mapping'),
      }),
    ).toEqual(['missing user_mapping s for app_rw']);
  });

  it('reads the histories of migration tools and takes their tables out', async () => {
    await execute(
      as('postgres', 'tools'),
      `create table flyway_schema_history (installed_rank int primary key, version varchar(50), description varchar(200),
         type varchar(20), script varchar(1000), checksum int, installed_by varchar(100), success boolean);
       insert into flyway_schema_history values (1, '1', 'init', 'SQL', 'V1__init.sql', 11, 'x', true),
         (2, '2', 'more', 'SQL', 'V2__more.sql', 22, 'x', false);
       create table databasechangelog (id text, author text, filename text, md5sum text, exectype text);
       create table databasechangeloglock (id int, locked boolean);
       insert into databasechangelog values ('1', 'a', 'c.xml', '9:x', 'EXECUTED');
       insert into databasechangeloglock values (1, true);
       create table alembic_version (version_num varchar(32)); insert into alembic_version values ('abc');
       create table _prisma_migrations (migration_name text, checksum text, finished_at timestamptz, rolled_back_at timestamptz);
       insert into _prisma_migrations values ('1_init', 'ff', now(), null), ('2_bad', 'ee', null, null);
       create schema rails; create table rails.schema_migrations (version text primary key);
       insert into rails.schema_migrations values ('2026');
       create table schema_migrations (version bigint, dirty boolean); insert into schema_migrations values (7, true);
       create table django_migrations (id serial, app text, name text, applied timestamptz);
       insert into django_migrations (app, name) values ('auth', '0001_initial');
       create table knex_migrations (id int, name text, batch int, migration_time timestamptz);
       create table knex_migrations_lock (index int, is_locked int);
       insert into knex_migrations values (1, '1_a.js', 1, now()); insert into knex_migrations_lock values (1, 0);
       create table goose_db_version (id int, version_id bigint, is_applied boolean); insert into goose_db_version values (1, 0, true);
       create table orders (id int);`,
    );
    const { resources, notices } = await readUrl(as('postgres', 'tools'));
    expect(notices).toEqual([]);
    const histories = resources.filter(({ kind }) => kind.startsWith('postgresql.migrations.'));
    expect(
      Object.fromEntries(
        histories.map(({ kind, attributes }) => [kind.slice('postgresql.migrations.'.length), attributes]),
      ),
    ).toEqual({
      flyway: {
        version: '1',
        failed: ['V2__more.sql'],
        applied: { 'V1__init.sql': { version: '1', description: 'init', checksum: 11 } },
      },
      liquibase: { locked: true, applied: { 'c.xml a 1': { checksum: '9:x', outcome: 'executed' } } },
      alembic: { heads: ['abc'] },
      prisma: { failed: ['2_bad'], applied: { '1_init': { checksum: 'ff' } } },
      rails: { applied: { 2026: true } },
      'golang-migrate': { version: '7', dirty: true },
      django: { applied: { 'auth.0001_initial': true } },
      knex: { locked: false, applied: { '1_a.js': true } },
      goose: { applied: { 0: true } },
    });
    expect(resources.flatMap(({ kind, key }) => (/table|sequence/.test(kind) ? [key] : []))).toEqual(['public.orders']);
  });

  it('calls the history it may not read not checked', async () => {
    const { notices, complete } = await read({ url: as('unprivileged', 'tools'), kinds: ['postgresql.migrations.*'] });
    expect(notices).toContainEqual(
      expect.objectContaining({
        kind: 'postgresql.migrations.flyway',
        problem: expect.objectContaining({ code: 'LW3003' }),
      }),
    );
    expect(complete).not.toContain('postgresql.migrations.flyway');
  });

  it('says when the database or the user is wrong', async () => {
    expect((await readUrl(as('postgres', 'nowhere'))).notices).toMatchObject([{ problem: { code: 'LW3001' } }]);
    expect((await readUrl(as('nobody-here'))).notices).toMatchObject([{ problem: { code: 'LW3002' } }]);
  });

  it('keeps a password of the command line to itself', async () => {
    const target = new URL(as('postgres', 'nowhere'));
    target.password = 'planted-marker-4711';
    const found = connector.standalone?.({ url: target.href });
    expect(JSON.stringify(found)).not.toContain('planted-marker-4711');
    using context = testContext({});
    const lines = found ? await connector.check(found.settings, context) : [];
    expect(lines).toMatchObject([{ ok: false, problem: { code: 'LW3001' } }]);
    expect(JSON.stringify(lines)).not.toContain('planted-marker-4711');
  });

  it('checks what may be read', async () => {
    using context = testContext({});
    const lines = await connector.check(connector.settings.parse({ url: as('unprivileged', 'rich') }), context);
    expect(lines.map(({ ok }) => ok)).toEqual([true, false, false]);
  });
});

describe('no proper server', () => {
  it.each([
    ['refuse', ['LW3001']],
    ['close', ['LW3001', 'LW3011', 'LW3006']],
    ['reset', ['LW3001', 'LW3011']],
    ['garbage', ['LW3001', 'LW3006', 'LW3011']],
    ['html', ['LW3001', 'LW3006', 'LW3011']],
  ] as const)('%s', async (fault, codes) => {
    const fake = await startFaultServer(fault);
    try {
      const { notices, complete, resources } = await read({ host: fake.host, port: fake.port, sslMode: 'disable' });
      expect([complete, resources]).toEqual([[], []]);
      expect(codes).toContain(notices[0]?.problem.code);
    } finally {
      await fake.close();
    }
  });

  it('an answer that pg cannot parse ends the reading, not the process', async () => {
    const login = Buffer.from('R\0\0\0\x08\0\0\0\0Z\0\0\0\x05I', 'latin1');
    const negativeFieldCount = Buffer.from('T\0\0\0\x06\xff\xff', 'latin1');
    const fake = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => {
        socket.write(login);
        socket.on('data', () => socket.write(negativeFieldCount));
      });
    });
    await new Promise<void>((resolve) => fake.listen(0, '127.0.0.1', resolve));
    const { port } = fake.address() as AddressInfo;
    const { notices, complete } = await read({ host: '127.0.0.1', port, sslMode: 'disable' });
    fake.close();
    expect(complete).toEqual([]);
    expect(notices[0]?.problem.code).toBe('LW3006');
  });

  it.each(['disable', 'prefer', 'verify-full'])(
    'one that never answers ends when it is cancelled (%s)',
    async (sslMode) => {
      const fake = await startFaultServer('hang');
      try {
        const controller = new AbortController();
        const reading = read({ host: fake.host, port: fake.port, sslMode }, {}, { signal: controller.signal });
        setImmediate(() => controller.abort());
        expect((await reading).notices).toMatchObject([{ problem: { code: 'LW3010' } }]);
      } finally {
        await fake.close();
      }
    },
  );
});
