import { testConnector } from '@leeway/connector-kit/test-contract.ts';
import { startFaultServer } from '@leeway/connector-kit/testing/fault-server.ts';
import { runScenario, type Scenario } from '@leeway/connector-kit/testing/scenario.ts';
import { describe, expect, it } from 'vitest';
import { type Answer, replayed } from '../shared/catalog/testing/replay.ts';
import { sqlServer } from './catalog.ts';
import { connector } from './index.ts';

const marker = 'Tr0ub4dor-and-3';
const orders = { schema: 'dbo', table: 'Orders' };
const column = (table: object, name: string, more: object) => ({
  part: 'column',
  ...table,
  name,
  nullable: false,
  identity: false,
  collation: null,
  definition: null,
  flag: null,
  ...more,
});
const history = { schema: 'dbo', table: 'flyway_schema_history' };

/** Rows as the catalog views are documented to give them. */
const answers: readonly Answer[] = [
  { about: 'has_perms_by_name', rows: [{ definition: 1 }] },
  {
    about: 'sys.columns',
    rows: [
      { part: 'check', ...orders, name: 'CK_Orders_Amount', definition: '([Amount]>(0))', flag: false },
      column(orders, 'Id', { type: 'int', length: 4, identity: true }),
      column(orders, 'Note', { type: 'nvarchar', length: -1, nullable: true, collation: 'Latin1_General_CI_AS' }),
      column(orders, 'Code', { type: 'nvarchar', length: 40 }),
      column(orders, 'Amount', { type: 'decimal', precision: 20, scale: 6, definition: '((0))' }),
      column(orders, 'Twice', { type: 'decimal', precision: 20, scale: 6, definition: '([Amount]*(2))', flag: true }),
      {
        part: 'foreign',
        ...orders,
        name: 'FK_Orders_Customer',
        type: 'CASCADE',
        collation: 'NO_ACTION',
        definition: 'CustomerId',
        target: 'dbo.Customers.Id',
        flag: false,
      },
      ...['installed_rank', 'script', 'checksum', 'success', 'version'].map((name) =>
        column(history, name, { type: 'int' }),
      ),
    ],
  },
  {
    about: 'sys.indexes',
    rows: [
      { ...orders, name: 'PK__Orders__3214EC0712AB34CD', type: 'CLUSTERED', unique: true, primary: true, column: 'Id' },
      { ...orders, name: 'IX_Status', type: 'NONCLUSTERED', unique: false, column: 'Status', descending: true },
      { ...orders, name: 'IX_Status', type: 'NONCLUSTERED', unique: false, column: 'Amount', included: true },
    ],
  },
  {
    about: 'sys.sql_modules',
    rows: [
      { schema: 'dbo', name: 'OpenOrders', type: 'V ', definition: 'create view OpenOrders as  \r\nselect 1 as a\r\n' },
      { schema: 'dbo', name: 'Hidden', type: 'P ', definition: null },
    ],
  },
  {
    about: 'sys.database_permissions',
    rows: [
      { principal: 'etl', state: 'GRANT', permission: 'SELECT', class: 'OBJECT_OR_COLUMN', target: 'dbo.Orders' },
      { principal: 'etl', state: 'DENY', permission: 'DELETE', class: 'OBJECT_OR_COLUMN', target: 'dbo.Orders' },
      { principal: 'etl', state: 'MEMBER', permission: 'db_datareader', class: 'ROLE', target: '' },
    ],
  },
  { about: 'sys.configurations', rows: [{ scope: 'server', name: 'max degree of parallelism', value: '4' }] },
  {
    about: 'flyway_schema_history',
    rows: [
      { installed_rank: 1, script: 'V1__init.sql', checksum: 12, success: true, version: '1' },
      { installed_rank: 2, script: 'V2__more.sql', checksum: 13, success: false, version: '2' },
    ],
  },
];

const settings = { host: '127.0.0.1', database: 'wms', user: 'reader', passwordFrom: 'PASSWORD', tls: 'disable' };
const variables = { PASSWORD: marker };
const database: Scenario = { name: 'a database', settings, variables, resources: 10 };

testConnector('sqlserver', replayed(connector, sqlServer, answers), {
  secrets: [marker],
  scenarios: [database],
  failures: [{ name: 'a password that is not set', settings, codes: ['LW3055'] }],
});

const numbered = (number: number) => Object.assign(new Error('refused'), { number, code: 'EREQUEST' });
const without = (about: string, rows: Answer['rows']) => [{ about, rows }, ...answers];

describe('SQL Server', () => {
  it('reads tables with types as they are written, and histories of migrations', async () => {
    const { resources } = await runScenario(replayed(connector, sqlServer, answers), database);
    const find = (key: string) => resources.find((resource) => resource.key === key)?.attributes;
    expect(find('dbo.Orders')).toEqual({
      columns: {
        Id: { type: 'int', identity: true },
        Note: { type: 'nvarchar(max)', nullable: true, collation: 'Latin1_General_CI_AS' },
        Code: { type: 'nvarchar(20)' },
        Amount: { type: 'decimal(20,6)', default: '((0))' },
        Twice: { type: 'decimal(20,6)', computed: '([Amount]*(2))', persisted: true },
      },
      constraints: {
        CK_Orders_Amount: { check: '([Amount]>(0))' },
        FK_Orders_Customer: { columns: ['CustomerId'], references: ['dbo.Customers.Id'], onDelete: 'cascade' },
      },
    });
    expect(find('dbo.Orders.PK(Id)')).toMatchObject({ primaryKey: true, unique: true });
    expect(find('dbo.Orders.IX_Status')).toMatchObject({ columns: ['Status desc'], included: ['Amount'] });
    expect(find('dbo.OpenOrders')).toEqual({ definition: 'create view OpenOrders as\nselect 1 as a' });
    expect(find('dbo.Hidden')).toEqual({ encrypted: true });
    expect(find('etl on dbo.Orders')).toEqual({ privileges: ['SELECT'], denied: ['DELETE'] });
    expect(resources.find(({ kind }) => kind === 'sqlserver.migrations.flyway')?.attributes).toEqual({
      failed: ['V2__more.sql'],
      applied: { 'V1__init.sql': { version: '1', checksum: '12' } },
    });
  });

  it('calls nothing complete where the server would leave something out', async () => {
    const run = await runScenario(
      replayed(connector, sqlServer, without('has_perms_by_name', [{ definition: 0 }])),
      database,
    );
    expect(run.notices.map(({ problem }) => problem)).toMatchObject([
      { code: 'LW3003', hint: expect.stringContaining('VIEW DEFINITION') },
    ]);
    expect(run.complete).toEqual([]);
    expect(run.resources).toHaveLength(10);
  });

  it('keeps the kinds that were not denied, and ends where the connection breaks', async () => {
    const denied = await runScenario(
      replayed(connector, sqlServer, without('sys.sql_modules', numbered(229))),
      database,
    );
    expect(denied.notices.map(({ kind }) => kind)).toContain('sqlserver.view');
    expect(denied.complete).toContain('sqlserver.table');
    expect(denied.complete).not.toContain('sqlserver.view');
    const broken = Object.assign(new Error('lost'), { code: 'ECONNRESET' });
    const lost = await runScenario(replayed(connector, sqlServer, without('sys.columns', broken)), database);
    expect(lost.notices).toMatchObject([{ problem: { code: 'LW3001' } }]);
    expect(lost.complete).toEqual([]);
  });

  it('says so, over the real driver, where nobody or another system answers', async () => {
    for (const fault of ['close', 'garbage'] as const) {
      const server = await startFaultServer(fault);
      const run = await runScenario(connector, {
        name: fault,
        settings: { ...settings, port: server.port },
        variables,
      });
      await server.close();
      expect(run.notices.map(({ problem }) => problem.code)[0]).toMatch(/^LW30(?:01|06|11)$/);
      expect(run.complete).toEqual([]);
    }
  });
});
