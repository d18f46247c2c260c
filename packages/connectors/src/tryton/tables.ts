import type { Change, Description, Json, Kind, Noise, SeverityRule } from '@leeway/core';
import { describeField, describeJob, describeModule, describeRight } from './words.ts';

/**
 * A kind of record and how it is read. Fields are paths: `model.model` is the field `model` of the record behind `model`,
 * `lines(type,ratio)` the two fields of each record in `lines`. Records behind a field are called by their names.
 */
export interface Table extends Kind {
  readonly model: string;
  /** Fields that name a record in every environment. */
  readonly key: readonly string[];
  readonly fields: readonly string[];
  readonly domain?: Json;
}

interface TableOptions {
  readonly domain?: Json;
  readonly noise?: Noise;
  readonly severity?: readonly SeverityRule[];
  readonly describe?: (change: Change) => Description | undefined;
}

/** Texts and numbers that people write in several ways. */
const decimal = { quantity: { '/rate': 'scalar', '/amount': 'scalar' } } as const;

function table(
  model: string,
  title: string,
  key: readonly string[],
  fields: readonly string[],
  { domain, noise, severity, describe = describeField }: TableOptions = {},
): Table {
  return {
    name: `tryton.${model}`,
    title,
    layer: 'erp',
    version: 1,
    describe,
    ...(noise && { noise }),
    ...(severity && { severity }),
    model,
    key,
    fields,
    ...(domain !== undefined && { domain }),
  };
}

const permissions = ['perm_read', 'perm_write', 'perm_create', 'perm_delete'];
const numbering = ['sequence_type', 'type', 'prefix', 'suffix', 'padding', 'number_increment', 'active', 'company'];
const right: TableOptions = {
  describe: describeRight,
  severity: [
    { path: '', severity: 'high' },
    { path: '/**', severity: 'high' },
  ],
};
const sequence: TableOptions = {
  severity: [
    { path: '/padding', severity: 'medium' },
    { path: '/*', severity: 'high' },
  ],
};

/** What is read besides configurations; the next numbers of sequences and the next run of jobs are no settings. */
export const tables: readonly Table[] = [
  table('company.company', 'company', ['party'], ['party', 'currency.code', 'timezone', 'parent', 'header', 'footer'], {
    severity: [{ path: '/currency', severity: 'critical' }],
  }),
  table('ir.sequence', 'sequence', ['name', 'company'], ['name', ...numbering], sequence),
  table('ir.sequence.strict', 'sequence without gaps', ['name', 'company'], ['name', ...numbering], sequence),
  table(
    'ir.cron',
    'scheduled job',
    ['method'],
    ['method', 'active', 'interval_number', 'interval_type', 'minute', 'hour', 'weekday', 'day', 'companies'],
    {
      describe: describeJob,
      noise: { unordered: ['/companies'] },
      severity: [
        { path: '', severity: 'high' },
        { path: '/active', severity: 'high' },
        { path: '/*', severity: 'medium' },
      ],
    },
  ),
  table(
    'ir.trigger',
    'trigger',
    ['model.model', 'name'],
    [
      'name',
      'model.model',
      'active',
      'on_time',
      'on_create',
      'on_write',
      'on_delete',
      'condition',
      'limit_number',
      'minimum_time_delay',
      'action',
    ],
    { severity: [{ path: '/active', severity: 'high' }], noise: { quantity: { '/minimum_time_delay': 'duration' } } },
  ),
  table('res.group', 'user group', ['name'], ['name', 'active', 'parent', 'menu_access'], {
    noise: { unordered: ['/menu_access'] },
    severity: [{ path: '', severity: 'high' }],
  }),
  table(
    'ir.model.access',
    'right on a model',
    ['model.model', 'group'],
    ['model.model', 'group', 'active', ...permissions],
    right,
  ),
  table(
    'ir.model.field.access',
    'right on a field',
    ['field.model.model', 'field.name', 'group'],
    ['field.model.model', 'field.name', 'group', 'active', ...permissions],
    right,
  ),
  table(
    'ir.rule.group',
    'record rule',
    ['model.model', 'name'],
    ['name', 'model.model', 'global_p', 'default_p', 'groups', 'rules(domain)', ...permissions],
    { ...right, noise: { unordered: ['/groups', '/rules'] } },
  ),
  table(
    'ir.model.button',
    'workflow button',
    ['model.model', 'name'],
    ['name', 'model.model', 'groups', 'reset_by', 'rules(description,condition,number_user)'],
    { noise: { unordered: ['/groups', '/reset_by', '/rules'] }, severity: [{ path: '/groups', severity: 'high' }] },
  ),
  table('ir.module', 'module', ['name'], ['name', 'state', 'version'], {
    domain: [['state', '!=', 'not activated']],
    describe: describeModule,
    severity: [
      { path: '', severity: 'high' },
      { path: '/version', severity: 'medium' },
      { path: '/state', severity: 'high' },
    ],
  }),
  table(
    'stock.location',
    'location',
    ['parent', 'name'],
    [
      'name',
      'code',
      'type',
      'active',
      'parent',
      'flat_childs',
      'input_location',
      'output_location',
      'storage_location',
      'picking_location',
      'lost_found_location',
      'waste_locations',
      'allow_pickup',
    ],
    { noise: { unordered: ['/waste_locations'] }, severity: [{ path: '/type', severity: 'high' }] },
  ),
  table(
    'account.tax',
    'tax',
    ['company', 'name'],
    [
      'name',
      'company',
      'active',
      'group',
      'type',
      'rate',
      'amount',
      'start_date',
      'end_date',
      'parent',
      'update_unit_price',
      'invoice_account',
      'credit_note_account',
      'legal_notice',
      'sequence',
    ],
    {
      noise: decimal,
      severity: [
        { path: '', severity: 'high' },
        { path: '/rate', severity: 'critical' },
        { path: '/*', severity: 'high' },
      ],
    },
  ),
  table(
    'account.tax.rule',
    'tax rule',
    ['company', 'name'],
    ['name', 'company', 'kind', 'lines(group.rec_name,origin_tax.rec_name,tax.rec_name)'],
    {
      noise: { unordered: ['/lines'] },
      severity: [{ path: '/*', severity: 'high' }],
    },
  ),
  table(
    'account.fiscalyear',
    'fiscal year',
    ['company', 'name'],
    ['name', 'company', 'start_date', 'end_date', 'state', 'post_move_sequence'],
    {
      severity: [
        { path: '/state', severity: 'high' },
        { path: '/*', severity: 'medium' },
      ],
    },
  ),
  table('account.journal', 'journal', ['name'], ['name', 'code', 'active', 'type', 'sequence'], {
    severity: [{ path: '/sequence', severity: 'high' }],
  }),
  table(
    'account.invoice.payment_term',
    'payment term',
    ['name'],
    ['name', 'active', 'description', 'lines(type,ratio,amount,currency.code)'],
    {
      severity: [{ path: '/*', severity: 'high' }],
    },
  ),
];

const titles: Readonly<Record<string, string>> = {
  account: 'accounting settings',
  party: 'party settings',
  product: 'product settings',
  production: 'production settings',
  purchase: 'purchase settings',
  sale: 'sale settings',
  stock: 'stock settings',
};

/** Configurations are one record each: whoever has the module has it. */
const configuration = (module: string, title: string): Kind => ({
  name: `tryton.${module}.configuration`,
  title,
  layer: 'erp',
  version: 1,
  noise: { quantity: { '/*': 'scalar' } },
  severity: [{ path: '/*', severity: module === 'account' ? 'high' : 'medium' }],
  describe: describeField,
});

export const configurationKinds: readonly Kind[] = [
  ...Object.entries(titles).map(([module, title]) => configuration(module, title)),
  configuration('*', 'settings'),
];

/** Models that a source names itself. */
const furtherKind: Kind = { name: 'tryton.*', title: 'record', layer: 'erp', version: 1, describe: describeField };

export const trytonKinds: readonly Kind[] = [...configurationKinds, ...tables, furtherKind];
