import type { Connector } from '@leeway/connector-kit';
import { checkOdoo, readOdoo } from './read.ts';
import { OdooSettings } from './settings.ts';
import { odooKinds } from './tables.ts';
import { writeOdoo } from './write.ts';

export const connector: Connector<OdooSettings> = {
  id: 'odoo',
  title: 'Odoo',
  summary: 'System parameters and settings of every company, modules, scheduled actions, rights, journals, warehouses.',
  settings: OdooSettings,
  kinds: odooKinds,
  verification: {
    state: 'built-to-published-api',
    api: 'Odoo 19 External JSON-2 API, and External RPC API (JSON-RPC)',
  },
  permissions: [
    'a user of the group Administration: Settings (base.group_system): Odoo shows system parameters and rights to no other',
    'every company among the allowed companies of that user',
  ],
  check: checkOdoo,
  read: readOdoo,
  write: writeOdoo,
};
