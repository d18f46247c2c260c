import { testConnector } from '@leeway/connector-kit/test-contract.ts';
import { startFaultServer } from '@leeway/connector-kit/testing/fault-server.ts';
import { runScenario, type Scenario } from '@leeway/connector-kit/testing/scenario.ts';
import { describe, expect, it } from 'vitest';
import { type Answer, replayed } from '../shared/catalog/testing/replay.ts';
import { oracle } from './catalog.ts';
import { connector } from './index.ts';

const marker = 'Tr0ub4dor-and-3';
const orders = { OWNER: 'WMS', TABLE_NAME: 'ORDERS' };
const column = (NAME: string, more: object) => ({
  PART: 'column    ',
  ...orders,
  NAME,
  FLAG: 'N',
  EXTRA: 'NO',
  IDENT: 'NO',
  ...more,
});
const constraint = (NAME: string, more: object) => ({
  PART: 'constraint',
  ...orders,
  NAME,
  FLAG: 'ENABLED',
  EXTRA: 'USER NAME',
  IDENT: null,
  ...more,
});

/** Rows as the data dictionary is documented to give them; numbers as text, as the driver is told to. */
const answers: readonly Answer[] = [
  {
    about: 'dba_tab_cols',
    rows: [
      column('ID', { TYPE: 'NUMBER', PREC: '10', SCALE: '0', IDENT: 'YES' }),
      column('NOTE', { TYPE: 'VARCHAR2', LENGTH: '200', FLAG: 'Y' }),
      constraint('SYS_C0012', { TYPE: 'C', EXTRA: 'GENERATED NAME', TEXT: '"ID" IS NOT NULL' }),
      constraint('SYS_C0013', { TYPE: 'P', EXTRA: 'GENERATED NAME', TEXT: 'ID' }),
      constraint('ORDERS_NOTE', { TYPE: 'C', TEXT: 'length(note) > 1', FLAG: 'DISABLED' }),
      constraint('ORDERS_CUSTOMER', { TYPE: 'R', TEXT: 'CUSTOMER', TARGET: 'WMS.CUSTOMERS.ID', IDENT: 'CASCADE' }),
    ],
  },
  {
    about: 'dba_indexes',
    rows: [
      {
        ...orders,
        NAME: 'SYS_C0013',
        TYPE: 'NORMAL',
        UNIQUENESS: 'UNIQUE',
        STATUS: 'VALID',
        GENERATED: 'Y',
        COLUMN_NAME: 'ID',
        DESCEND: 'ASC',
      },
      {
        ...orders,
        NAME: 'ORDERS_NOTE_I',
        TYPE: 'NORMAL',
        UNIQUENESS: 'NONUNIQUE',
        STATUS: 'UNUSABLE',
        GENERATED: 'N',
        COLUMN_NAME: 'NOTE',
        DESCEND: 'DESC',
      },
    ],
  },
  { about: 'dba_views', rows: [{ OWNER: 'WMS', NAME: 'OPEN_ORDERS', TEXT: 'select 1 as a from dual  \n' }] },
  {
    about: 'dba_source',
    rows: [
      { OWNER: 'WMS', NAME: 'SHIP', TYPE: 'PACKAGE BODY', LINE: '1', TEXT: 'package body ship as\n' },
      { OWNER: 'WMS', NAME: 'SHIP', TYPE: 'PACKAGE BODY', LINE: '2', TEXT: 'end;\n' },
      { OWNER: 'WMS', NAME: 'AUDIT_T', TYPE: 'TRIGGER', LINE: '1', TEXT: 'trigger audit_t', STATUS: 'DISABLED' },
    ],
  },
  {
    about: 'dba_tab_privs',
    rows: [
      { GRANTEE: 'ETL', TARGET: 'WMS.ORDERS', PRIVILEGE: 'SELECT', GRANTABLE: 'NO' },
      { GRANTEE: 'WMS', TARGET: 'the system', PRIVILEGE: 'CREATE TABLE', GRANTABLE: 'YES' },
    ],
  },
  {
    about: 'v$parameter',
    rows: [
      { NAME: 'control_files', VALUE: '/u02/one.ctl' },
      { NAME: 'open_cursors', VALUE: '600' },
    ],
  },
];

const settings = {
  host: '127.0.0.1',
  database: 'ERP',
  user: 'reader',
  passwordFrom: 'PASSWORD',
  tls: 'disable',
  schemas: ['WMS', 'FIN'],
};
const variables = { PASSWORD: marker };
const schema: Scenario = { name: 'a schema', settings, variables, resources: 9 };

testConnector('oracle', replayed(connector, oracle, answers), {
  secrets: [marker],
  scenarios: [schema],
  failures: [{ name: 'a password that is not set', settings, codes: ['LW3055'] }],
});

const numbered = (errorNum: number) => Object.assign(new Error('refused'), { errorNum });

describe('Oracle', () => {
  it('reads tables and names made up by the database as what they say', async () => {
    const { resources } = await runScenario(replayed(connector, oracle, answers), schema);
    const find = (key: string) => resources.find((resource) => resource.key === key)?.attributes;
    expect(find('WMS.ORDERS')).toEqual({
      columns: { ID: { type: 'NUMBER(10,0)', identity: true }, NOTE: { type: 'VARCHAR2(200)', nullable: true } },
      constraints: {
        'primary key (ID)': { type: 'primary key', columns: ['ID'] },
        ORDERS_NOTE: { type: 'check', check: 'length(note) > 1', disabled: true },
        ORDERS_CUSTOMER: {
          type: 'foreign key',
          columns: ['CUSTOMER'],
          references: ['WMS.CUSTOMERS.ID'],
          onDelete: 'cascade',
        },
      },
    });
    expect(find('WMS.ORDERS.(ID)')).toMatchObject({ unique: true, columns: ['ID'] });
    expect(find('WMS.ORDERS.ORDERS_NOTE_I')).toMatchObject({ disabled: true, columns: ['NOTE desc'] });
    expect(find('WMS.SHIP')).toEqual({ definition: 'package body ship as\nend;' });
    expect(find('WMS.AUDIT_T')).toMatchObject({ disabled: true });
    expect(find('WMS on the system')).toEqual({ privileges: ['CREATE TABLE'], grantable: ['CREATE TABLE'] });
    expect(find('control_files')).toBeUndefined();
  });

  it('numbers its placeholders anew for each list of schemas', () => {
    const [tables] = oracle.sections(connector.settings.parse(settings));
    expect(tables?.query.values).toEqual(['WMS', 'FIN', 'WMS', 'FIN']);
    expect(tables?.query.text).toContain('in (:1, :2)');
    expect(tables?.query.text).toContain('in (:3, :4)');
  });

  it('keeps the kinds that were not denied', async () => {
    const denied = replayed(connector, oracle, [{ about: 'dba_source', rows: numbered(1031) }, ...answers]);
    const run = await runScenario(denied, schema);
    expect(run.notices.map(({ problem }) => problem.code)).toContain('LW3003');
    expect(run.complete).toContain('oracle.table');
    expect(run.complete).not.toContain('oracle.trigger');
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
