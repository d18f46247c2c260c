import type { Change, Description, Kind, Noise, SeverityRule } from '@leeway/core';
import { describeParameter, type Words } from '../shared/erp-words.ts';

/** A kind of record and the SuiteQL that gives it. */
export interface Table extends Kind {
  readonly sql: string;
  readonly key: readonly string[];
  readonly ignore: readonly string[];
  /** What a role needs to read it. */
  readonly permission: string;
}

const words: Words = {
  fields: {
    isinactive: 'inactivity',
    isdeployed: 'deployment',
    loglevel: 'log level',
    runasrole: 'role it runs as',
    scriptfile: 'script file',
    centertype: 'center',
    issalesrole: 'use as a sales role',
    restricttodevice: 'restriction to devices',
    subsidiaryoption: 'restriction to subsidiaries',
    initoncreate: 'start on create',
    initonvieworupdate: 'start on view or update',
    releasestatus: 'release status',
    permlevel: 'level',
  },
  values: { permlevel: { '1': 'view', '2': 'create', '3': 'edit', '4': 'full' } },
};

/** `T` and `F` are NetSuite's switches. */
function describe(change: Change): Description | undefined {
  const { path, before, after } = change;
  if (path === '/isinactive' || path === '/isdeployed') {
    const isOn = (value: unknown) => (value === 'T' || value === true) === (path === '/isdeployed');
    return {
      actual: isOn(after) ? 'is in use' : 'is switched off',
      expected: isOn(before) ? 'has it in use' : 'has it switched off',
    };
  }
  return describeParameter(words, change);
}

interface TableOptions {
  readonly ignore?: readonly string[];
  readonly noise?: Noise;
  readonly severity?: readonly SeverityRule[];
  readonly permission: string;
}

function table(name: string, title: string, key: readonly string[], sql: string, options: TableOptions): Table {
  const { ignore = [], noise, severity = [{ path: '/*', severity: 'medium' }], permission } = options;
  return {
    name: `netsuite.${name}`,
    title,
    layer: 'erp',
    version: 1,
    severity,
    describe,
    ...(noise && { noise }),
    sql,
    key,
    ignore,
    permission,
  };
}

const high: readonly SeverityRule[] = [
  { path: '', severity: 'high' },
  { path: '/*', severity: 'high' },
];

/**
 * Columns as NetSuite's Records Catalog has them. References come through BUILTIN.DF as the names people see; script ids are
 * the names developers give, the same in every account.
 */
export const tables: readonly Table[] = [
  table(
    'subsidiary',
    'subsidiary',
    ['name'],
    'select name, BUILTIN.DF(parent) as parent, BUILTIN.DF(currency) as currency, country, iselimination, isinactive from subsidiary order by id',
    {
      permission: 'Lists > Subsidiaries (View)',
      severity: [
        { path: '/currency', severity: 'critical' },
        { path: '/*', severity: 'high' },
      ],
    },
  ),
  table(
    'accountingperiod',
    'accounting period',
    ['periodname'],
    "select periodname, startdate, enddate, closed, alllocked, aplocked, arlocked from accountingperiod where isquarter = 'F' and isyear = 'F' order by id",
    {
      permission: 'Setup > Manage Accounting Periods (View)',
      severity: [
        { path: '/closed', severity: 'high' },
        { path: '/*', severity: 'medium' },
      ],
    },
  ),
  table(
    'location',
    'location',
    ['subsidiary', 'name'],
    'select name, BUILTIN.DF(subsidiary) as subsidiary, BUILTIN.DF(parent) as parent, makeinventoryavailable, isinactive from location order by id',
    { permission: 'Lists > Locations (View)' },
  ),
  table(
    'role',
    'role',
    ['scriptid'],
    'select scriptid, name, BUILTIN.DF(centertype) as centertype, issalesrole, isinactive from role order by id',
    { permission: 'Setup > Bulk Manage Roles (View)', severity: high },
  ),
  table(
    'rolepermission',
    'permission of a role',
    ['role', 'permkey'],
    'select BUILTIN.DF(role) as role, permkey, name, permlevel from rolepermissions order by role, permkey',
    { permission: 'Setup > Bulk Manage Roles (View)', severity: high },
  ),
  table(
    'script',
    'script',
    ['scriptid'],
    'select scriptid, name, scripttype, BUILTIN.DF(scriptfile) as scriptfile, apiversion, isinactive from script order by id',
    { permission: 'Customization > SuiteScript (View)', severity: high },
  ),
  table(
    'scriptdeployment',
    'script deployment',
    ['scriptid'],
    'select scriptid, BUILTIN.DF(script) as script, recordtype, status, loglevel, isdeployed, BUILTIN.DF(runasrole) as runasrole, eventtype from scriptdeployment order by primarykey',
    {
      permission: 'Customization > SuiteScript (View)',
      severity: [
        { path: '', severity: 'high' },
        { path: '/isdeployed', severity: 'high' },
        { path: '/loglevel', severity: 'low' },
        { path: '/*', severity: 'medium' },
      ],
    },
  ),
  table(
    'workflow',
    'workflow',
    ['scriptid'],
    'select scriptid, name, recordtype, releasestatus, initoncreate, initonvieworupdate, isinactive from workflow order by id',
    { permission: 'Setup > Workflow (View)', severity: high },
  ),
  table(
    'customrecordtype',
    'custom record type',
    ['scriptid'],
    'select scriptid, name, accesstype, isinactive from customrecordtype order by internalid',
    { permission: 'Customization > Custom Record Types (View)' },
  ),
  table(
    'customfield',
    'custom field',
    ['scriptid'],
    'select scriptid, name, fieldtype, fieldvaluetype, ismandatory, isinactive from customfield order by internalid',
    { permission: 'Customization > Custom Fields (View)' },
  ),
  table(
    'paymentterm',
    'payment term',
    ['name'],
    'select name, daysuntilnetdue, discountpercent, daysuntilexpiry, isinactive from term order by id',
    { permission: 'Lists > Accounting Lists (View)', severity: [{ path: '/*', severity: 'high' }] },
  ),
];

/** Preferences have no SuiteQL: a RESTlet of one's own gives them. */
export const preferences: Kind = {
  name: 'netsuite.preferences',
  title: 'preferences',
  layer: 'erp',
  version: 1,
  severity: [{ path: '/*', severity: 'high' }],
  describe,
};

/** Custom records that a source asks for in SuiteQL of its own. */
const furtherKind: Kind = {
  name: 'netsuite.*',
  title: 'record',
  layer: 'erp',
  version: 1,
  severity: [{ path: '/*', severity: 'medium' }],
  describe,
};

export const netsuiteKinds: readonly Kind[] = [...tables, preferences, furtherKind];
