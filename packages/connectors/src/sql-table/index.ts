import type { Connector } from '@leeway/connector-kit';
import { sqlTableKinds } from './kinds.ts';
import { checkTables, readTables } from './read.ts';
import { SqlTableSettings } from './settings.ts';

export const connector: Connector<SqlTableSettings> = {
  id: 'sql-table',
  title: 'SQL tables',
  summary: 'Parameter tables of any ERP in PostgreSQL, MySQL, MariaDB, SQL Server or Oracle, row by row.',
  settings: SqlTableSettings,
  kinds: sqlTableKinds,
  verification: { state: 'verified', against: 'PostgreSQL 15 and MariaDB 10.11; SQL Server and Oracle not yet' },
  permissions: ['a user with SELECT on the tables that are read, and nothing else'],
  check: checkTables,
  read: readTables,
};
