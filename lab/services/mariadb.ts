import { readFile } from 'node:fs/promises';
import { missingCommands, type Place } from '../place.ts';
import type { Drift, LabService } from '../service.ts';

const ports = { staging: 13306, production: 13307 } as const;

const server = '/usr/sbin/mariadbd';
const reader = `'reader'@'127.0.0.1'`;

export const service: LabService = {
  id: 'mariadb',
  title: 'MariaDB',
  packages: ['mariadb-server'],
  available: () => missingCommands(server, 'mariadb', 'mariadb-install-db'),
  async up(place) {
    const data = `${place.folder}/data`;
    const isMade = await place.run('test', ['-d', `${data}/mysql`]).then(
      () => true,
      () => false,
    );
    if (!isMade) {
      const made = ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db'];
      await place.run('mariadb-install-db', made);
    }
    await place.start('mariadb', server, [
      '--no-defaults',
      `--datadir=${data}`,
      `--port=${ports[place.side]}`,
      '--bind-address=127.0.0.1',
      `--socket=${place.folder}/mariadb.sock`,
      `--server-id=${ports[place.side]}`,
      '--innodb-buffer-pool-size=64M',
      '--sql-mode=STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION',
      '--max-connections=120',
    ]);
    await place.until('ready', async () => (await sql(place, 'select 1')).includes('1'));
  },
  async fill(place) {
    await sql(place, await readFile(new URL('mariadb/shop.sql', import.meta.url), 'utf8'));
    // What nobody decided differs on purpose: counters, and from where objects were made.
    if (place.side !== 'staging') return;
    await sql(
      place,
      `use shop; alter table orders auto_increment = 5000;
       create or replace definer = root@'10.1.2.3' sql security invoker view open_orders as
       select o.id, c.name, o.quantity from orders o join customer c on c.id = o.customer_id where o.status = 'new'`,
    );
  },
  drifts: [
    change('column-widened', 'alter table shop.orders modify remark mediumtext null', {
      undo: 'alter table shop.orders modify remark text null',
      finding: { kind: 'mysql.table', key: 'shop.orders', path: '/columns/remark/type', says: 'as mediumtext' },
    }),
    change('index-lost', 'drop index orders_status on shop.orders', {
      undo: 'create index orders_status on shop.orders (status, placed desc)',
      finding: { kind: 'mysql.index', key: 'shop.orders.orders_status', path: '' },
    }),
    change('check-dropped', 'alter table shop.orders drop constraint orders_quantity', {
      undo: 'alter table shop.orders add constraint orders_quantity check (quantity > 0 and quantity < 1000)',
      finding: { kind: 'mysql.table', key: 'shop.orders', path: '/checks/orders_quantity' },
    }),
    change('event-disabled', 'alter event shop.purge_moves disable', {
      undo: 'alter event shop.purge_moves enable',
      finding: { kind: 'mysql.event', key: 'shop.purge_moves', path: '/status', says: 'is disabled' },
    }),
    change('trigger-lost', 'drop trigger shop.orders_stamp', {
      undo: `delimiter //
create trigger shop.orders_stamp before insert on shop.orders for each row
begin
  set new.placed = coalesce(new.placed, curdate());
end //`,
      finding: { kind: 'mysql.trigger', key: 'shop.orders_stamp', path: '' },
    }),
    change('grant-widened', `grant drop on shop.* to 'order-api'@'127.0.0.1'`, {
      undo: `revoke drop on shop.* from 'order-api'@'127.0.0.1'`,
      finding: { kind: 'mysql.grant', key: 'order-api on shop.*', path: '/privileges', says: 'DROP' },
    }),
    change('limit-lowered', 'set global max_connections = 60', {
      undo: 'set global max_connections = 120',
      finding: { kind: 'mysql.variable', key: 'max_connections', path: '/value', says: 'is 60' },
    }),
    change('mode-loosened', `set global sql_mode = 'NO_ENGINE_SUBSTITUTION'`, {
      undo: `set global sql_mode = 'STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION'`,
      finding: { kind: 'mysql.variable', key: 'sql_mode', path: '/value' },
    }),
    change('migration-behind', 'delete from shop.flyway_schema_history where installed_rank = 2', {
      undo: `insert into shop.flyway_schema_history values (2, '2', 'stock', 'SQL', 'V2__stock.sql', -98765, 'deploy', now(), 30, 1)`,
      finding: {
        kind: 'mysql.migrations.flyway',
        key: 'shop.flyway_schema_history',
        path: '/version',
        says: 'is at 1',
      },
      also: [{ kind: 'mysql.migrations.flyway', key: 'shop.flyway_schema_history', path: '/applied/V2__stock.sql' }],
    }),
  ],
  denials: ['TRIGGER', 'EVENT', 'SHOW VIEW'].map((privilege) => ({
    names: privilege,
    take: async (place) => void (await sql(place, `revoke ${privilege} on *.* from ${reader}`)),
    giveBack: async (place) => void (await sql(place, `grant ${privilege} on *.* to ${reader}`)),
  })),
  sources: {
    shop: {
      connector: 'mysql',
      observed: {
        host: '127.0.0.1',
        port: '{port}',
        user: 'reader',
        passwordFrom: 'MARIADB_READER',
        sslMode: 'disable',
      },
    },
  },
  parameters: { staging: { port: ports.staging }, production: { port: ports.production } },
  variables: { MARIADB_READER: 'reader-pw-9e0b' },
};

/** One statement that changes something, and the one that changes it back. */
function change(
  name: string,
  statement: string,
  {
    undo,
    finding,
    also = [],
  }: { readonly undo: string; readonly finding: Drift['findings'][number]; readonly also?: Drift['findings'] },
): Drift {
  return {
    name,
    apply: async (place) => void (await sql(place, statement)),
    undo: async (place) => void (await sql(place, undo)),
    findings: [finding, ...also],
  };
}

/** Statements run by the server's own client, as its administrator. */
function sql({ folder, run }: Place, statements: string): Promise<string> {
  const args = ['--no-defaults', `--socket=${folder}/mariadb.sock`, '--user=root', '--default-character-set=utf8mb4'];
  return run('mariadb', [...args, '--comments'], { input: statements });
}
