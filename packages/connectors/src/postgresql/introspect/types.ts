import { type Family, notInExtension } from './family.ts';

const key = `n.nspname || '.' || t.typname`;
const common = `
    'owner', pg_get_userbyid(t.typowner),
    'comment', obj_description(t.oid, 'pg_type')`;

/** Enumerations, domains, composite and range types that people made. */
export const typeFamily: Family = {
  kinds: ['postgresql.enum', 'postgresql.domain', 'postgresql.composite_type', 'postgresql.range_type'],
  sql: ({ schemas }) => `
select 'postgresql.enum' as kind, ${key} as key, json_build_object(${common},
    'values', (select json_agg(e.enumlabel order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid)
  ) as attributes
from pg_type t join pg_namespace n on n.oid = t.typnamespace
where t.typtype = 'e' and ${schemas} and ${notInExtension('pg_type', 't.oid')}
union all
select 'postgresql.domain', ${key}, json_build_object(${common},
    'type', format_type(t.typbasetype, t.typtypmod),
    'nullable', not t.typnotnull,
    'default', t.typdefault,
    'collation', (select cn.nspname || '.' || co.collname from pg_collation co
      join pg_namespace cn on cn.oid = co.collnamespace join pg_type bt on bt.oid = t.typbasetype
      where co.oid = t.typcollation and t.typcollation <> bt.typcollation),
    'constraints', (select json_object_agg(k.conname, pg_get_constraintdef(k.oid))
      from pg_constraint k where k.contypid = t.oid and k.contype = 'c'))
from pg_type t join pg_namespace n on n.oid = t.typnamespace
where t.typtype = 'd' and ${schemas} and ${notInExtension('pg_type', 't.oid')}
union all
select 'postgresql.composite_type', ${key}, json_build_object(${common},
    'fields', (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod))
      order by a.attnum) from pg_attribute a where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped))
from pg_type t join pg_namespace n on n.oid = t.typnamespace join pg_class c on c.oid = t.typrelid
where t.typtype = 'c' and c.relkind = 'c' and ${schemas} and ${notInExtension('pg_type', 't.oid')}
union all
select 'postgresql.range_type', ${key}, json_build_object(${common},
    'subtype', format_type(r.rngsubtype, null),
    'operatorClass', (select o.opcname from pg_opclass o where o.oid = r.rngsubopc and not o.opcdefault),
    'canonical', case when r.rngcanonical <> 0 then r.rngcanonical::regproc::text end,
    'difference', case when r.rngsubdiff <> 0 then r.rngsubdiff::regproc::text end)
from pg_type t join pg_namespace n on n.oid = t.typnamespace join pg_range r on r.rngtypid = t.oid
where t.typtype = 'r' and ${schemas} and ${notInExtension('pg_type', 't.oid')}`,
};

/** Collations that people made. `to_jsonb` reads columns that only some versions have. */
export const collationFamily: Family = {
  kinds: ['postgresql.collation'],
  sql: ({ schemas }) => `
select 'postgresql.collation' as kind, n.nspname || '.' || l.collname as key, json_build_object(
    'owner', pg_get_userbyid(l.collowner),
    'provider', case l.collprovider when 'i' then 'icu' when 'c' then 'libc' when 'b' then 'builtin' end,
    'deterministic', l.collisdeterministic,
    'locale', coalesce(to_jsonb(l) ->> 'colllocale', to_jsonb(l) ->> 'colliculocale', l.collcollate),
    'rules', to_jsonb(l) ->> 'collicurules',
    'comment', obj_description(l.oid, 'pg_collation')) as attributes
from pg_collation l join pg_namespace n on n.oid = l.collnamespace
where ${schemas} and ${notInExtension('pg_collation', 'l.oid')}`,
};

/** Operators, casts and text search configurations that people made, as far as their definition goes. */
export const operatorFamily: Family = {
  kinds: ['postgresql.operator', 'postgresql.cast'],
  sql: ({ schemas }) => `
select 'postgresql.operator' as kind,
  n.nspname || '.' || o.oprname || '(' || coalesce(format_type(nullif(o.oprleft, 0), null), 'none') || ', '
    || coalesce(format_type(nullif(o.oprright, 0), null), 'none') || ')' as key, json_build_object(
    'owner', pg_get_userbyid(o.oprowner),
    'function', o.oprcode::regproc::text,
    'returns', format_type(o.oprresult, null),
    'commutator', case when o.oprcom <> 0 then o.oprcom::regoperator::text end,
    'negator', case when o.oprnegate <> 0 then o.oprnegate::regoperator::text end,
    'hashes', o.oprcanhash, 'merges', o.oprcanmerge) as attributes
from pg_operator o join pg_namespace n on n.oid = o.oprnamespace
where ${schemas} and ${notInExtension('pg_operator', 'o.oid')}
union all
select 'postgresql.cast', format_type(k.castsource, null) || ' as ' || format_type(k.casttarget, null), json_build_object(
    'function', case when k.castfunc <> 0 then k.castfunc::regprocedure::text end,
    'context', case k.castcontext when 'e' then 'explicit' when 'a' then 'assignment' else 'implicit' end,
    'method', case k.castmethod when 'f' then 'function' when 'i' then 'inout' else 'binary' end)
from pg_cast k where k.oid >= 16384
  and not exists (select 1 from pg_depend d where d.classid = 'pg_cast'::regclass and d.objid = k.oid and d.deptype = 'i')
  and ${notInExtension('pg_cast', 'k.oid')}`,
};
