import { type Family, notInExtension } from './family.ts';

const routineKind = `case p.prokind when 'p' then 'postgresql.procedure' else 'postgresql.function' end`;
const signature = `n.nspname || '.' || p.proname || '(' || oidvectortypes(p.proargtypes) || ')'`;

/** Functions, window functions and procedures, with their bodies. */
export const routineFamily: Family = {
  kinds: ['postgresql.function', 'postgresql.procedure'],
  sql: ({ version, schemas }) => `
select ${routineKind} as kind, ${signature} as key, json_build_object(
    'owner', pg_get_userbyid(p.proowner),
    'language', l.lanname,
    'arguments', nullif(regexp_replace(pg_get_function_arguments(p.oid), '(^|, )IN ', '\\1', 'g'), ''),
    'returns', pg_get_function_result(p.oid),
    'body', ${version >= 140000 ? 'coalesce(pg_get_function_sqlbody(p.oid), p.prosrc)' : 'p.prosrc'},
    'library', p.probin,
    'window', case when p.prokind = 'w' then true end,
    'volatility', case p.provolatile when 'i' then 'immutable' when 's' then 'stable' else 'volatile' end,
    'strict', p.proisstrict,
    'securityDefiner', p.prosecdef,
    'leakproof', p.proleakproof,
    'parallel', case p.proparallel when 's' then 'safe' when 'r' then 'restricted' else 'unsafe' end,
    'cost', case when p.procost <> case when l.lanname in ('c', 'internal') then 1 else 100 end then p.procost end,
    'rows', case when p.proretset and p.prorows <> 1000 then p.prorows end,
    'settings', (select json_object_agg(split_part(s, '=', 1), substr(s, strpos(s, '=') + 1)) from unnest(p.proconfig) s),
    'comment', obj_description(p.oid, 'pg_proc')) as attributes
from pg_proc p
join pg_namespace n on n.oid = p.pronamespace
join pg_language l on l.oid = p.prolang
where p.prokind <> 'a' and ${schemas} and ${notInExtension('pg_proc', 'p.oid')}
  and not exists (select 1 from pg_depend i where i.classid = 'pg_proc'::regclass and i.objid = p.oid and i.deptype = 'i')`,
};

/** Aggregate functions. */
export const aggregateFamily: Family = {
  kinds: ['postgresql.aggregate'],
  sql: ({ schemas }) => `
select 'postgresql.aggregate' as kind, ${signature} as key, json_build_object(
    'owner', pg_get_userbyid(p.proowner),
    'form', case g.aggkind when 'o' then 'ordered-set' when 'h' then 'hypothetical-set' else 'normal' end,
    'transition', g.aggtransfn::regproc::text,
    'state', format_type(g.aggtranstype, null),
    'initial', g.agginitval,
    'final', case when g.aggfinalfn <> 0 then g.aggfinalfn::regproc::text end,
    'combine', case when g.aggcombinefn <> 0 then g.aggcombinefn::regproc::text end,
    'serialize', case when g.aggserialfn <> 0 then g.aggserialfn::regproc::text end,
    'deserialize', case when g.aggdeserialfn <> 0 then g.aggdeserialfn::regproc::text end,
    'movingTransition', case when g.aggmtransfn <> 0 then g.aggmtransfn::regproc::text end,
    'sortOperator', case when g.aggsortop <> 0 then g.aggsortop::regoper::text end,
    'parallel', case p.proparallel when 's' then 'safe' when 'r' then 'restricted' else 'unsafe' end,
    'comment', obj_description(p.oid, 'pg_proc')) as attributes
from pg_aggregate g
join pg_proc p on p.oid = g.aggfnoid
join pg_namespace n on n.oid = p.pronamespace
where ${schemas} and ${notInExtension('pg_proc', 'p.oid')}`,
};

const state = (column: string) =>
  `case ${column} when 'O' then 'origin' when 'D' then 'disabled' when 'R' then 'replica' else 'always' end`;

/** Triggers on tables and views, without those a foreign key or a parent table made. */
export const triggerFamily: Family = {
  kinds: ['postgresql.trigger'],
  sql: ({ version, schemas }) => `
select 'postgresql.trigger' as kind, n.nspname || '.' || c.relname || '.' || g.tgname as key, json_build_object(
    'table', n.nspname || '.' || c.relname,
    'definition', pg_get_triggerdef(g.oid),
    'enabled', ${state('g.tgenabled')},
    'comment', obj_description(g.oid, 'pg_trigger')) as attributes
from pg_trigger g
join pg_class c on c.oid = g.tgrelid
join pg_namespace n on n.oid = c.relnamespace
where not g.tgisinternal ${version >= 130000 ? 'and g.tgparentid = 0' : ''}
  and ${schemas} and ${notInExtension('pg_class', 'c.oid')}`,
};

/** Event triggers. */
export const eventTriggerFamily: Family = {
  kinds: ['postgresql.event_trigger'],
  sql: () => `
select 'postgresql.event_trigger' as kind, e.evtname as key, json_build_object(
    'owner', pg_get_userbyid(e.evtowner),
    'event', e.evtevent,
    'tags', e.evttags,
    'function', e.evtfoid::regproc::text,
    'enabled', ${state('e.evtenabled')},
    'comment', obj_description(e.oid, 'pg_event_trigger')) as attributes
from pg_event_trigger e where ${notInExtension('pg_event_trigger', 'e.oid')}`,
};
