import { describe, expect, it } from 'vitest';
import { declare, read, tellDifferences } from '../testing/declare.ts';
import { richSchema } from '../testing/rich-schema.ts';

const problemsOf = async (...args: Parameters<typeof declare>) =>
  (await declare(...args)).notices.map(({ problem }) => problem);

describe('SQL files applied in-process', () => {
  it('read a rich schema with the place of every statement, secrets sealed', async () => {
    const declared = await declare(richSchema);
    expect(declared.notices).toEqual([]);
    expect(declared.resources.find(({ key }) => key === 'app.slot')?.origin?.place).toMatch(/^schema\.sql:\d+:1$/);
    expect(JSON.stringify(declared)).not.toContain('planted-marker-4711');
  });

  it('leave to others what they do not speak of', async () => {
    const { complete } = await declare('create table t (a int)');
    expect(complete).toContain('postgresql.table');
    expect(complete).not.toContain('postgresql.grant');
    expect(complete).not.toContain('postgresql.role');
    expect(complete).not.toContain('postgresql.server');
    expect((await declare('create table t (a int); grant select on t to public')).complete).toContain(
      'postgresql.grant',
    );
  });

  it('make roles that belong to the cluster, in a transaction too, and do not declare them', async () => {
    const declared = await declare(
      'create table t (a int); begin; alter table t owner to app; grant select on t to reporting; commit;',
    );
    expect(declared.notices).toEqual([]);
    expect(declared.resources.map(({ kind }) => kind)).not.toContain('postgresql.role');
    expect(declared.resources.map(({ key }) => key)).toContain('table public.t to reporting');
  });

  it('tell the place of a statement that fails', async () => {
    expect(
      await problemsOf({
        'db/V1__a.sql': 'create table t (a int);',
        'db/V2__b.sql': '-- more\n  alter table t\n    add column é innt;',
      }),
    ).toMatchObject([{ code: 'LW3101', place: { file: 'db/V2__b.sql', line: 3, column: 18 } }]);
  });

  it('never quote a literal', async () => {
    const [found] = await problemsOf("create table t (a int default 'planted-marker-4711'::nope)");
    expect(found).toMatchObject({ code: 'LW3101' });
    expect(JSON.stringify(found)).not.toContain('planted-marker-4711');
  });

  it('stop a runaway statement and say which one', async () => {
    const sql = 'create table t (a int);\ndo $$ begin loop end loop; end $$;';
    expect(await problemsOf(sql, { settings: { statementSeconds: 1 } })).toMatchObject([
      { code: 'LW3103', place: { file: 'schema.sql', line: 2, column: 1 } },
    ]);
    expect((await declare('create table after_it (a int)')).notices).toEqual([]);
  });

  it('end when they are cancelled', async () => {
    const controller = new AbortController();
    const reading = declare('do $$ begin loop end loop; end $$', { signal: controller.signal });
    controller.abort();
    expect((await reading).notices).toMatchObject([{ problem: { code: 'LW3010' } }]);
  });

  it('say which extensions are not at hand', async () => {
    expect(await problemsOf('create extension postgis; create table t (a geometry);')).toMatchObject([
      { code: 'LW3106' },
    ]);
    const { resources } = await declare(
      'create extension pg_cron; create extension if not exists pg_trgm with schema public version "1.6"; create index on pg_class (relname);'.replace(
        /create index.*$/,
        '',
      ),
    );
    expect(resources.filter(({ kind }) => kind === 'postgresql.extension').map(({ key }) => key)).toEqual([
      'pg_cron',
      'pg_trgm',
    ]);
  });

  it('say when there is none', async () => {
    expect((await read({ files: ['none/*.sql'] })).notices).toMatchObject([{ problem: { code: 'LW3104' } }]);
  });

  it('put names without a schema where the settings say', async () => {
    const { resources } = await declare('create table t (a int)', { settings: { defaultSchema: 'app' } });
    expect(resources.map(({ key }) => key)).toContain('app.t');
  });

  it('hold what a dump of the same schema holds', async () => {
    const files = "create table t (id serial primary key, kind varchar(9) default 'a' check (kind in ('a', 'b')));";
    const dump = `\\restrict x
SET statement_timeout = 0; SET transaction_timeout = 0; SET no_such_setting_of_another_version = on;
SELECT pg_catalog.set_config('search_path', '', false);
CREATE TABLE public.t (id integer NOT NULL, kind character varying(9) DEFAULT 'a'::character varying,
  CONSTRAINT t_kind_check CHECK (((kind)::text = ANY (ARRAY[('a'::character varying)::text, ('b'::character varying)::text]))));
CREATE SEQUENCE public.t_id_seq AS integer START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1;
ALTER SEQUENCE public.t_id_seq OWNED BY public.t.id;
ALTER TABLE ONLY public.t ALTER COLUMN id SET DEFAULT nextval('public.t_id_seq'::regclass);
COPY public.t (id, kind) FROM stdin;
1\ta
\\.
SELECT pg_catalog.setval('public.t_id_seq', 7, true);
ALTER TABLE ONLY public.t ADD CONSTRAINT t_pkey PRIMARY KEY (id);
\\unrestrict x
`;
    expect(tellDifferences(await declare(files), await declare(dump))).toEqual([]);
  });

  it('read kinds and schemas as asked', async () => {
    const sql =
      'create schema a; create schema b; create table a.t (x int); create table b.t (x int); create view a.v as select 1 as one';
    const { resources, complete } = await declare(sql, {
      settings: { schemas: ['a*'], kinds: ['postgresql.*'], exceptKinds: ['postgresql.view'] },
    });
    expect(resources.map(({ kind, key }) => `${kind} ${key}`)).toEqual(['postgresql.schema a', 'postgresql.table a.t']);
    expect(complete).not.toContain('postgresql.view');
  });
});
