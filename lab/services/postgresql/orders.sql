-- Made anew at every "up"; both sides hold the same.
drop schema if exists app cascade;
create schema app;

create table app.customer (
  id bigint generated always as identity primary key,
  name text not null,
  email text not null unique,
  kind text not null default 'b2b' check (kind in ('b2b', 'b2c')),
  credit numeric(12, 2) not null default 0 check (credit >= 0),
  changed timestamptz not null default now()
);
create table app.orders (
  id bigint generated always as identity primary key,
  customer_id bigint not null references app.customer (id) on delete cascade,
  state varchar(16) not null default 'new',
  quantity int not null default 1 constraint orders_quantity check (quantity > 0),
  placed date not null default current_date,
  document jsonb
);
create index orders_by_state on app.orders (state, placed desc);
create index orders_by_document on app.orders using gin (document jsonb_path_ops);
create view app.open_orders as
  select o.id, c.name, o.quantity from app.orders o join app.customer c on c.id = o.customer_id where o.state = 'new';
create function app.vat(amount numeric) returns numeric language sql immutable as 'select amount * 0.21';
create function app.stamp() returns trigger language plpgsql as $$
begin
  new.changed := now();
  return new;
end $$;
create trigger customer_stamp before update on app.customer for each row execute function app.stamp();
alter table app.orders enable row level security;
create policy own_orders on app.orders for select to order_api using (state <> 'held');

create table app.flyway_schema_history (
  installed_rank int primary key,
  version varchar(50),
  description varchar(200) not null,
  type varchar(20) not null,
  script varchar(1000) not null,
  checksum int,
  installed_by varchar(100) not null,
  installed_on timestamp not null default now(),
  execution_time int not null,
  success boolean not null
);
insert into app.flyway_schema_history values
  (1, '1', 'orders', 'SQL', 'V1__orders.sql', 12345, 'deploy', now(), 40, true),
  (2, '2', 'stock', 'SQL', 'V2__stock.sql', -98765, 'deploy', now(), 30, true);

grant usage on schema app to order_api, reporting;
grant select, insert, update on app.orders to order_api;
grant select on app.open_orders to reporting;
-- What the connector's page lists for a reader, and nothing else.
grant usage on schema app to reader;
grant select on app.flyway_schema_history to reader;
