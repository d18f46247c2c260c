import type { Connector } from '@leeway/connector-kit';
import { checkCatalog, readCatalog } from '../shared/catalog/read.ts';
import { openSqlServer } from '../sql-table/drivers/sqlserver.ts';
import { sqlServer } from './catalog.ts';
import { sqlServerKinds } from './kinds.ts';
import { SqlServerSettings } from './schema.ts';

/** Microsoft SQL Server and Azure SQL: the catalog views of one database. */
export const connector: Connector<SqlServerSettings> = {
  id: 'sqlserver',
  title: 'SQL Server',
  summary: 'Tables, indexes, views, routines, triggers, grants, settings and migration histories of a database.',
  settings: SqlServerSettings,
  kinds: sqlServerKinds,
  verification: { state: 'built-to-published-api', api: 'the catalog views of SQL Server 2017 and later' },
  permissions: [
    'VIEW DEFINITION on the database',
    'VIEW DATABASE STATE on the database, for its scoped configuration',
    'SELECT on the table of a migration history, for sqlserver.migrations.*',
  ],
  check: (settings, context) => checkCatalog(sqlServer, settings, context, openSqlServer),
  read: (settings, context) => readCatalog(sqlServer, settings, context, openSqlServer),
};
