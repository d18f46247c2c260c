import type { Change, Description, Json, Kind, Noise, SeverityRule } from '@leeway/core';
import { describeParameter, type Words } from '../shared/erp-words.ts';

/** A kind of record and how it is read. */
export interface Table extends Kind {
  readonly model: string;
  /** Fields that name a record where no module of Odoo does. */
  readonly key: readonly string[];
  readonly fields: readonly string[];
  readonly domain?: Json;
  /** True where most records come with a module and have a name of its own (an external id). */
  readonly external: boolean;
}

interface TableOptions {
  readonly domain?: Json;
  readonly external?: boolean;
  readonly noise?: Noise;
  readonly severity?: readonly SeverityRule[];
  readonly describe?: (change: Change) => Description | undefined;
}

const words: Words = {
  fields: {
    perm_read: 'permission to read',
    perm_write: 'permission to change',
    perm_create: 'permission to create',
    perm_unlink: 'permission to delete',
    domain_force: 'condition',
    implied_ids: 'implied groups',
    lot_stock_id: 'stock location',
    reception_steps: 'steps of reception',
    delivery_steps: 'steps of delivery',
    number_increment: 'step',
    latest_version: 'version',
  },
  values: {
    reception_steps: { one_step: 'directly', two_steps: 'through input', three_steps: 'through input and quality' },
    delivery_steps: {
      ship_only: 'directly',
      pick_ship: 'through output',
      pick_pack_ship: 'through packing and output',
    },
  },
};

export const describeField = (change: Change) => describeParameter(words, change);

function table(
  model: string,
  title: string,
  key: readonly string[],
  fields: readonly string[],
  options: TableOptions = {},
): Table {
  const { domain, external = false, noise, severity, describe = describeField } = options;
  return {
    name: `odoo.${model}`,
    title,
    layer: 'erp',
    version: 1,
    describe,
    ...(noise && { noise }),
    ...(severity && { severity }),
    model,
    key,
    fields,
    external,
    ...(domain !== undefined && { domain }),
  };
}

const rights = ['perm_read', 'perm_write', 'perm_create', 'perm_unlink'];
const high: readonly SeverityRule[] = [
  { path: '', severity: 'high' },
  { path: '/*', severity: 'high' },
];

export const tables: readonly Table[] = [
  table('ir.config_parameter', 'system parameter', ['key'], ['key', 'value'], {
    // Which database this is, not how it is set up.
    domain: [
      ['key', 'not in', ['database.uuid', 'database.create_date', 'database.secret', 'web.base.url.freeze.date']],
    ],
    describe: ({ path, before, after }) =>
      path === '/value' ? describeParameter({}, { kind: configuration, name: '', path, before, after }) : undefined,
    severity: [{ path: '/value', severity: 'medium' }],
  }),
  table('ir.module.module', 'module', ['name'], ['name', 'state', 'latest_version'], {
    domain: [['state', 'not in', ['uninstalled', 'uninstallable']]],
    severity: [
      { path: '', severity: 'high' },
      { path: '/state', severity: 'high' },
      { path: '/latest_version', severity: 'medium' },
    ],
  }),
  table(
    'ir.cron',
    'scheduled action',
    ['name'],
    ['name', 'model_id', 'active', 'interval_number', 'interval_type', 'priority', 'state', 'code'],
    {
      external: true,
      describe: describeJob,
      noise: { quantity: { '/code': 'white-space' } },
      severity: [
        { path: '', severity: 'high' },
        { path: '/active', severity: 'high' },
        { path: '/code', severity: 'high' },
      ],
    },
  ),
  table('res.groups', 'user group', ['name'], ['name', 'implied_ids', 'share'], {
    external: true,
    noise: { unordered: ['/implied_ids'] },
    severity: high,
  }),
  table(
    'ir.model.access',
    'right on a model',
    ['model_id', 'group_id', 'name'],
    ['name', 'model_id', 'group_id', 'active', ...rights],
    {
      external: true,
      severity: high,
    },
  ),
  table(
    'ir.rule',
    'record rule',
    ['model_id', 'name'],
    ['name', 'model_id', 'active', 'domain_force', 'groups', ...rights],
    {
      external: true,
      noise: { unordered: ['/groups'], quantity: { '/domain_force': 'white-space' } },
      severity: high,
    },
  ),
  table('res.company', 'company', ['name'], ['name', 'currency_id', 'parent_id', 'country_id'], {
    severity: [{ path: '/currency_id', severity: 'critical' }],
  }),
  table(
    'account.journal',
    'journal',
    ['company_id', 'code'],
    ['code', 'name', 'type', 'active', 'company_id', 'currency_id', 'default_account_id', 'restrict_mode_hash_table'],
    {
      severity: [{ path: '/*', severity: 'high' }],
    },
  ),
  table(
    'account.tax',
    'tax',
    ['company_id', 'type_tax_use', 'name'],
    ['name', 'type_tax_use', 'amount_type', 'amount', 'price_include', 'active', 'company_id', 'tax_group_id'],
    {
      severity: [
        { path: '/amount', severity: 'critical' },
        { path: '/*', severity: 'high' },
      ],
    },
  ),
  table(
    'stock.warehouse',
    'warehouse',
    ['company_id', 'code'],
    [
      'code',
      'name',
      'active',
      'company_id',
      'reception_steps',
      'delivery_steps',
      'lot_stock_id',
      'buy_to_resupply',
      'resupply_wh_ids',
    ],
    {
      noise: { unordered: ['/resupply_wh_ids'] },
      severity: [{ path: '/*', severity: 'high' }],
    },
  ),
  table(
    'stock.route',
    'route',
    ['company_id', 'name'],
    [
      'name',
      'active',
      'company_id',
      'sequence',
      'product_selectable',
      'product_categ_selectable',
      'warehouse_selectable',
      'sale_selectable',
    ],
    {
      external: true,
      severity: [{ path: '/active', severity: 'high' }],
    },
  ),
  table(
    'ir.sequence',
    'sequence',
    ['company_id', 'code', 'name'],
    [
      'name',
      'code',
      'implementation',
      'active',
      'prefix',
      'suffix',
      'padding',
      'number_increment',
      'use_date_range',
      'company_id',
    ],
    {
      severity: [
        { path: '/prefix', severity: 'high' },
        { path: '/*', severity: 'medium' },
      ],
    },
  ),
];

/** The settings screen: what holds for all companies, and what each has of its own. */
export const configuration: Kind = {
  name: 'odoo.res.config.settings',
  title: 'general settings',
  layer: 'erp',
  version: 1,
  severity: [{ path: '/*', severity: 'medium' }],
  describe: describeSetting,
};

/** Models that a source names itself. */
const furtherKind: Kind = { name: 'odoo.*', title: 'record', layer: 'erp', version: 1, describe: describeField };

export const odooKinds: readonly Kind[] = [configuration, ...tables, furtherKind];

/** `module_…` installs a module, `group_…` gives everyone a group: both are switches for features. */
function describeSetting(change: Change): Description | undefined {
  const path = change.path.replace(/^\/(?:module|group|default)_/, '/');
  return describeParameter(words, { ...change, path });
}

function describeJob(change: Change): Description | undefined {
  const { path, before, after } = change;
  if (path !== '/active') return describeField(change);
  return {
    actual: after === false ? 'is switched off' : 'runs',
    expected: before === false ? 'has it switched off' : 'lets it run',
  };
}
