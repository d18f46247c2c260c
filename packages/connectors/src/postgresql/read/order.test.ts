import { expect, it } from 'vitest';
import { declare, tellDifferences } from '../testing/declare.ts';

/** Steps of a rich schema: each needs only what `after` names, and may otherwise come at any time. */
const steps: Readonly<Record<string, { readonly sql: string; readonly after?: readonly string[] }>> = {
  schema: { sql: 'create schema app' },
  status: { sql: "create type app.status as enum ('new', 'shipped')", after: ['schema'] },
  email: { sql: "create domain app.email as varchar(80) check (value like '%@%')", after: ['schema'] },
  customer: { sql: 'create table app.customer (id int)', after: ['schema'] },
  customerName: { sql: "alter table app.customer add name text not null default ''", after: ['customer'] },
  customerEmail: { sql: 'alter table app.customer add email app.email unique', after: ['customer', 'email'] },
  customerKey: { sql: 'alter table app.customer add primary key (id)', after: ['customer'] },
  orders: { sql: 'create table app.orders (id serial)', after: ['schema'] },
  ordersKey: { sql: 'alter table app.orders add primary key (id)', after: ['orders'] },
  ordersQty: { sql: 'alter table app.orders add qty int', after: ['orders'] },
  ordersStatus: { sql: "alter table app.orders add status app.status default 'new'", after: ['orders', 'status'] },
  ordersCustomer: {
    sql: 'alter table app.orders add customer_id int references app.customer',
    after: ['orders', 'customerKey'],
  },
  ordersSecond: {
    sql: 'alter table app.orders add foreign key (customer_id) references app.customer on delete cascade',
    after: ['ordersCustomer'],
  },
  checkLow: { sql: 'alter table app.orders add check (qty > 0)', after: ['ordersQty'] },
  checkHigh: { sql: 'alter table app.orders add check (qty < 1000)', after: ['ordersQty'] },
  checkBoth: { sql: 'alter table app.orders add check (qty <> id)', after: ['ordersQty'] },
  indexLower: { sql: 'create index on app.customer (lower(name))', after: ['customerName'] },
  indexLike: {
    sql: 'create index on app.customer (lower(name) text_pattern_ops) where id > 7',
    after: ['customerName'],
  },
  indexNamed: { sql: 'create unique index customer_uq on app.customer (name) include (id)', after: ['customerName'] },
  view: { sql: 'create view app.names as select id, name from app.customer', after: ['customerName'] },
  body: {
    sql: "create function app.stamp() returns trigger language plpgsql as 'begin return new; end'",
    after: ['schema'],
  },
  trigger: {
    sql: 'create trigger stamp before update on app.orders for each row execute function app.stamp()',
    after: ['orders', 'body'],
  },
  disable: { sql: 'alter table app.orders disable trigger stamp', after: ['trigger'] },
  security: { sql: 'alter table app.orders enable row level security', after: ['orders'] },
  policy: { sql: 'create policy own on app.orders to auditor using (qty > 1)', after: ['ordersQty'] },
  grant: { sql: 'grant select on app.orders to auditor', after: ['orders'] },
  grantMore: { sql: 'grant update, insert on app.orders to auditor, clerk', after: ['orders'] },
  grantColumn: { sql: 'grant select (name) on app.customer to public', after: ['customerName'] },
  comment: { sql: "comment on table app.orders is 'what was ordered'", after: ['orders'] },
  publication: { sql: 'create publication changes for table app.orders', after: ['orders'] },
  partitioned: { sql: 'create table app.event (id int, at date not null) partition by range (at)', after: ['schema'] },
  partition: {
    sql: "create table app.event_1 partition of app.event for values from ('2026-01-01') to ('2027-01-01')",
    after: ['partitioned'],
  },
  eventKey: { sql: 'alter table app.event add primary key (id, at)', after: ['partitioned'] },
  eventIndex: { sql: 'create index on app.event (at desc)', after: ['partitioned'] },
};

/** Numbers from a seed, the same everywhere (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One of the orders in which the steps can be taken. */
function shuffled(seed: number): string {
  const next = random(seed);
  const left = new Set(Object.keys(steps));
  const taken: string[] = [];
  while (left.size > 0) {
    const ready = [...left].filter((name) => (steps[name]?.after ?? []).every((other) => !left.has(other)));
    const name = ready[Math.floor(next() * ready.length)] ?? '';
    left.delete(name);
    taken.push(steps[name]?.sql ?? '');
  }
  return taken.join(';\n');
}

it('gives the same resources for any order of DDL', { timeout: 120_000 }, async () => {
  const first = await declare(shuffled(0));
  expect(first.notices).toEqual([]);
  expect(first.resources.length).toBeGreaterThan(20);
  for (let seed = 1; seed <= 24; seed += 1) {
    const other = await declare(shuffled(seed));
    expect(other.notices).toEqual([]);
    expect([seed, tellDifferences(first, other)]).toEqual([seed, []]);
  }
});
