-- Made anew at every "up": both sides hold the same, except for what nobody decided (counters, definer's host).
drop database if exists shop;
create database shop character set utf8mb4 collate utf8mb4_general_ci;
use shop;
create or replace table customer (
  id bigint unsigned not null auto_increment,
  name varchar(80) not null,
  email varchar(200) not null,
  kind enum('b2b', 'b2c') not null default 'b2b',
  credit decimal(12, 2) not null default 0.00 check (credit >= 0),
  note text null comment 'for the sales desk',
  created datetime(3) not null default current_timestamp(3),
  changed timestamp not null default current_timestamp on update current_timestamp,
  search varchar(100) as (lower(name)) virtual,
  active tinyint(1) not null default 1,
  primary key (id),
  unique key customer_email (email)
) engine = innodb comment = 'who buys';
create or replace table orders (
  id int not null auto_increment primary key,
  customer_id bigint unsigned not null,
  status varchar(16) character set ascii not null default 'new',
  quantity int not null default 1,
  price decimal(12, 2) null,
  total decimal(12, 2) as (quantity * price) stored,
  placed date null,
  remark text null,
  key orders_status (status, placed desc),
  key orders_remark (remark(20)),
  fulltext key orders_text (remark),
  constraint orders_quantity check (quantity > 0 and quantity < 1000),
  foreign key (customer_id) references customer (id) on delete cascade
);
create or replace table stock_move (
  id bigint not null,
  moved date not null,
  quantity int not null,
  primary key (id, moved)
) partition by range (year(moved)) (
  partition p2025 values less than (2026),
  partition p2026 values less than (2027),
  partition later values less than maxvalue
);
create or replace sql security invoker view open_orders as
  select o.id, c.name, o.quantity from orders o join customer c on c.id = o.customer_id where o.status = 'new';
create or replace table flyway_schema_history (
  installed_rank int not null primary key, version varchar(50), description varchar(200) not null, type varchar(20) not null,
  script varchar(1000) not null, checksum int, installed_by varchar(100) not null,
  installed_on timestamp not null default current_timestamp, execution_time int not null, success tinyint(1) not null
);
insert into flyway_schema_history values
  (1, '1', 'base', 'SQL', 'V1__base.sql', 123456, 'deploy', now(), 12, 1),
  (2, '2', 'stock', 'SQL', 'V2__stock.sql', -98765, 'deploy', now(), 30, 1);
create or replace table django_migrations (id int primary key, app varchar(255) not null, name varchar(255) not null, applied datetime(6) not null);
insert into django_migrations values (1, 'auth', '0001_initial', now()), (2, 'auth', '0002_alter', now());
delimiter //
create or replace trigger orders_stamp before insert on orders for each row
begin
  set new.placed = coalesce(new.placed, curdate());
end //
create or replace function vat(amount decimal(12, 2)) returns decimal(12, 2) deterministic no sql
begin
  return round(amount * 0.21, 2);
end //
create or replace procedure close_orders(in before_day date, out closed int) modifies sql data comment 'run by hand'
begin
  update orders set status = 'closed' where placed < before_day;
  set closed = row_count();
end //
create or replace event purge_moves on schedule every 1 day starts '2026-01-01 02:30:00' on completion preserve
do delete from stock_move where moved < curdate() - interval 2 year //
delimiter ;
create or replace role reporting;
create or replace user 'order-api'@'127.0.0.1' identified by 'order-api-pw-71c3';
create or replace user 'etl'@'%' identified by 'etl-pw-20aa' require ssl with max_user_connections 5;
grant select, insert, update, delete on shop.* to 'order-api'@'127.0.0.1';
grant execute on function shop.vat to 'order-api'@'127.0.0.1';
grant select on shop.orders to reporting;
grant select (id, name) on shop.customer to reporting;
grant reporting to 'etl'@'%';
create or replace user 'reader'@'127.0.0.1' identified by 'reader-pw-9e0b';
grant select, show view, trigger, event, show databases on *.* to 'reader'@'127.0.0.1';
create or replace user 'plain'@'127.0.0.1' identified by 'plain-pw-77d2';
grant select on shop.* to 'plain'@'127.0.0.1';
