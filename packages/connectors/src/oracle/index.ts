import type { Connector } from '@leeway/connector-kit';
import { checkCatalog, readCatalog } from '../shared/catalog/read.ts';
import { openOracle } from '../sql-table/drivers/oracle.ts';
import { oracle } from './catalog.ts';
import { oracleKinds } from './kinds.ts';
import { OracleSettings } from './schema.ts';

/** Oracle Database: the data dictionary of some schemas. */
export const connector: Connector<OracleSettings> = {
  id: 'oracle',
  title: 'Oracle Database',
  summary:
    'Tables, indexes, views, routines, packages, triggers, grants, parameters and migration histories of schemas.',
  settings: OracleSettings,
  kinds: oracleKinds,
  verification: { state: 'built-to-published-api', api: 'the data dictionary of Oracle Database 12.2 and later' },
  permissions: [
    'CREATE SESSION',
    'SELECT_CATALOG_ROLE',
    'SELECT on the table of a migration history, for oracle.migrations.*',
  ],
  check: (settings, context) => checkCatalog(oracle, settings, context, openOracle),
  read: (settings, context) => readCatalog(oracle, settings, context, openOracle),
};
