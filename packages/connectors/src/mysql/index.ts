import type { Connector } from '@leeway/connector-kit';
import { schemaKinds } from './kinds/schema-kinds.ts';
import { serverKinds } from './kinds/server-kinds.ts';
import { checkLive, readLive } from './read/live.ts';
import { MysqlSettings } from './schema.ts';

/** MySQL and MariaDB: the catalogs of a live server. */
export const connector: Connector<MysqlSettings> = {
  id: 'mysql',
  title: 'MySQL and MariaDB',
  summary: 'Tables, views, routines, triggers, events, accounts, grants, variables and migration histories.',
  settings: MysqlSettings,
  kinds: [...schemaKinds, ...serverKinds],
  verification: { state: 'verified', against: 'MariaDB 10.11.19; MySQL 8 by its manual only' },
  permissions: [
    'SELECT on *.* (on each database where "databases" names them, and on mysql.* for accounts, grants and routines)',
    'SHOW VIEW on the same, for mysql.view',
    'TRIGGER on the same, for mysql.trigger',
    'EVENT on the same, for mysql.event',
  ],
  check: checkLive,
  read: readLive,
};
