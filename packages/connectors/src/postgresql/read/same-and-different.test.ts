import { describe, expect, it } from 'vitest';
import { declare, tellDifferences } from '../testing/declare.ts';

const compare = async (before: string, after: string) => tellDifferences(await declare(before), await declare(after));

const table = 'create table t (id int primary key, a int, b text, c varchar(9), at timestamptz, d numeric(9, 2)); ';

describe('the same, written differently', () => {
  it.each([
    ['order of columns', 'create table t (a int, b text)', 'create table t (b text); alter table t add a int'],
    [
      'a column dropped and made again',
      'create table t (a int, b text)',
      'create table t (b text, x int, a int); alter table t drop x',
    ],
    [
      'names PostgreSQL makes up',
      `${table} create table u (t int references t)`,
      `${table} create table u (t int); alter table u add constraint u_t_fkey7 foreign key (t) references t`,
    ],
    [
      'order of checks',
      'create table t (a int check (a > 0) check (a < 9))',
      'create table t (a int check (a < 9) check (a > 0))',
    ],
    [
      'names of indexes',
      `${table} create index on t (lower(b)); create index on t (lower(c))`,
      `${table} create index on t (lower(c)); create index on t (lower(b))`,
    ],
    [
      'spelling of types',
      'create table t (a varchar(9), b int4, c timestamptz, d decimal(9, 2), e bool)',
      'create table t (a character varying(9), b integer, c timestamp with time zone, d numeric(9, 2), e boolean)',
    ],
    [
      'spelling of defaults',
      "create table t (a varchar default 'x', b timestamptz default now(), c int default null, d varchar(3) default null)",
      "create table t (a varchar default 'x'::text, b timestamptz default current_timestamp, c int, d varchar(3))",
    ],
    [
      'search_path at creation',
      'create schema s; create type s.e as enum (); create table s.t (id serial, e s.e)',
      'create schema s; set search_path = s; create type e as enum (); create table t (id serial, e e)',
    ],
    [
      'in or after CREATE TABLE',
      'create table t (id int primary key, a int not null unique, check (a > 0))',
      'create table t (id int, a int); alter table t alter a set not null, add unique (a), add primary key (id); alter table t add check (a > 0)',
    ],
    [
      'serial and what it stands for',
      'create table t (id serial)',
      "create sequence t_id_seq as int; create table t (id int not null default nextval('t_id_seq')); alter sequence t_id_seq owned by t.id",
    ],
    [
      'a serial sequence that found its name taken',
      'create table t (id serial)',
      'create sequence t_id_seq; create table t (id serial); drop sequence t_id_seq',
    ],
    ['where a sequence stands', 'create sequence s', "create sequence s; select nextval('s')"],
    [
      'order of grants',
      `${table} grant select, insert on t to r`,
      `${table} grant insert on t to r; grant select on t to r`,
    ],
    [
      'all privileges, one by one',
      `${table} grant all on t to r`,
      `${table} grant select, insert, update, delete, truncate, references, trigger, maintain on t to r`,
    ],
    [
      'a grant taken back',
      `${table} grant select on t to x`,
      `${table} grant select on t to x, y; revoke select on t from y`,
    ],
    [
      'default privileges and what they give',
      `${table} grant select on t to r; create table u (a int); grant select on u to r; alter default privileges grant select on tables to r`,
      `alter default privileges grant select on tables to r; ${table} create table u (a int)`,
    ],
    [
      'one owner of everything',
      `${table} grant select on t to x`,
      `${table} grant select on t to x; alter table t owner to app; grant select on t to app`,
    ],
    [
      'partition made or attached',
      'create table p (a int primary key) partition by range (a); create table p1 partition of p for values from (0) to (9)',
      'create table p1 (a int primary key); create table p (a int primary key) partition by range (a); alter table p attach partition p1 for values from (0) to (9)',
    ],
    [
      'line ends of a body',
      "create function f() returns int language sql as 'select 1\n  + 2'",
      "create function f() returns int language sql as 'select 1  \r\n  + 2\r\n'",
    ],
    ['concurrently', `${table} create index i on t (a)`, `${table} create index concurrently i on t (a)`],
    ['a comment taken back', table, `${table} comment on table t is 'x'; comment on table t is null`],
  ])('%s', async (_, before, after) => {
    expect(await compare(before, after)).toEqual([]);
  });
});

describe('really different', () => {
  it.each([
    [
      'a type',
      'create table t (a timestamptz)',
      'create table t (a timestamp)',
      ['table public.t /columns/a/type: "timestamp with time zone" → "timestamp without time zone"'],
    ],
    [
      'a length',
      'create table t (a varchar(9))',
      'create table t (a varchar(10))',
      ['table public.t /columns/a/type: "character varying(9)" → "character varying(10)"'],
    ],
    [
      'a default',
      "create table t (a text default 'x')",
      'create table t (a text)',
      ['table public.t /columns/a/default: "\'x\'" → absent'],
    ],
    [
      'not null',
      'create table t (a int not null)',
      'create table t (a int)',
      ['table public.t /columns/a/nullable: false → true'],
    ],
    [
      'a function body',
      "create function f() returns int language sql as 'select 1'",
      "create function f() returns int language sql as 'select 2'",
      ['function public.f() /body: "select 1" → "select 2"'],
    ],
    [
      'rights of a function',
      "create function f() returns int language sql as 'select 1'",
      "create function f() returns int language sql security definer as 'select 1'",
      ['function public.f() /securityDefiner: false → true'],
    ],
    [
      'a check',
      'create table t (a int check (a > 0))',
      'create table t (a int check (a >= 0))',
      ['table public.t /constraints/t_a_check/definition: "CHECK (a > 0)" → "CHECK (a >= 0)"'],
    ],
    [
      'one check of two',
      'create table t (a int check (a > 0) check (a < 9))',
      'create table t (a int check (a > 0))',
      ['table public.t /constraints/t_a_check/definition: ["CHECK (a < 9)","CHECK (a > 0)"] → "CHECK (a > 0)"'],
    ],
    [
      'an operator class',
      `${table} create index i on t (b)`,
      `${table} create index i on t (b text_pattern_ops)`,
      ['index public.i /columns: ["b"] → ["b text_pattern_ops"]'],
    ],
    [
      'the condition of an index',
      `${table} create index i on t (b)`,
      `${table} create index i on t (b) where a > 1`,
      ['index public.i /where: absent → "a > 1"'],
    ],
    [
      'a grant',
      `${table} grant select on t to r`,
      `${table} grant select on t to r; grant update on t to r; grant select on t to public`,
      [
        'unmanaged grant table public.t to PUBLIC',
        'grant table public.t to r /privileges: ["SELECT"] → ["SELECT","UPDATE"]',
      ],
    ],
    [
      'what everybody may run',
      "create function f() returns int language sql as 'select 1'; revoke all on function f() from public",
      "create function f() returns int language sql as 'select 1'; grant execute on function f() to public",
      ['missing grant function public.f() to PUBLIC'],
    ],
    [
      'what a foreign key does',
      `${table} create table u (t int references t on delete cascade)`,
      `${table} create table u (t int references t)`,
      [
        'table public.u /constraints/foreign key (t)/definition: "FOREIGN KEY (t) REFERENCES public.t(id) ON DELETE CASCADE" → "FOREIGN KEY (t) REFERENCES public.t(id)"',
      ],
    ],
    [
      'a disabled trigger',
      `${table} create function f() returns trigger language plpgsql as 'begin return new; end'; create trigger g before update on t for each row execute function f()`,
      `${table} create function f() returns trigger language plpgsql as 'begin return new; end'; create trigger g before update on t for each row execute function f(); alter table t disable trigger g`,
      ['trigger public.t.g /enabled: "origin" → "disabled"'],
    ],
    [
      'foreign keys switched off',
      `${table} create table u (t int references t)`,
      `${table} create table u (t int references t); alter table u disable trigger all`,
      ['table public.u /constraints/foreign key (t)/triggersDisabled: absent → true'],
    ],
    [
      'row level security',
      `${table} alter table t enable row level security`,
      table,
      ['table public.t /rowSecurity/enabled: true → false'],
    ],
    [
      'a policy',
      `${table} create policy p on t using (a = 1)`,
      `${table} create policy p on t using (a = 1 or true)`,
      ['policy public.t.p /using: "a = 1" → "(a = 1) OR true"'],
    ],
    [
      'one owner among many',
      'create table t (a int); create table u (a int); create table v (a int)',
      'create table t (a int); create table u (a int); create table v (a int); alter table v owner to mallory',
      ['table public.v /owner: absent → "mallory"'],
    ],
    [
      'serial and identity',
      'create table t (id serial)',
      'create table t (id int generated by default as identity)',
      [
        'missing sequence public.t_id_seq',
        'table public.t /columns/id/default: "nextval(\'public.t_id_seq\'::regclass)" → absent',
        'table public.t /columns/id/identity: absent → "by default"',
      ],
    ],
    [
      'order of enum values',
      "create type e as enum ('a', 'b')",
      "create type e as enum ('b', 'a')",
      ['enum public.e /values: ["a","b"] → ["b","a"]'],
    ],
    [
      'which table a view reads',
      `${table} create table u (id int, a int); create view v as select t.a from t join u on u.id = t.id`,
      `${table} create table u (id int, a int); create view v as select u.a from t join u on u.id = t.id`,
      [expect.stringMatching(/^view public.v \/definition: /)],
    ],
    ['a role that became superuser', 'create role r', 'create role r superuser', ['role r /superuser: false → true']],
    [
      'a membership',
      'create role r; create role s; grant r to s',
      'create role r; create role s',
      [expect.stringMatching(/^role s \/memberOf/)],
    ],
    [
      'bounds of a partition',
      'create table p (a int) partition by range (a); create table p1 partition of p for values from (0) to (9)',
      'create table p (a int) partition by range (a); create table p1 partition of p for values from (0) to (8)',
      ['table public.p1 /partitionBound: "FOR VALUES FROM (0) TO (9)" → "FOR VALUES FROM (0) TO (8)"'],
    ],
  ])('%s', async (_, before, after, expected) => {
    expect(await compare(before, after)).toEqual(expected);
  });
});
