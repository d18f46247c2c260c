import { type Family, notInExtension, type Row } from './family.ts';

/** `orders_id_seq1` of a serial column is `orders_id_seq`: PostgreSQL added the digit because the name was taken once. */
export function shapeSequence(row: Row): readonly Row[] {
  const ownedBy = row.attributes['ownedBy'];
  return [typeof ownedBy === 'string' ? { ...row, key: row.key.replace(/_seq\d+$/, '_seq') } : row];
}

/** Sequences. Those of identity columns are part of their column; where a sequence stands is never looked at. */
export const sequenceFamily: Family = {
  kinds: ['postgresql.sequence'],
  shape: shapeSequence,
  sql: ({ schemas }) => `
select 'postgresql.sequence' as kind, n.nspname || '.' || c.relname as key, json_build_object(
    'owner', pg_get_userbyid(c.relowner),
    'type', format_type(s.seqtypid, null),
    'start', nullif(s.seqstart, 1)::text,
    'increment', nullif(s.seqincrement, 1)::text,
    'minimum', nullif(s.seqmin, 1)::text,
    'maximum', case when s.seqmax <> case s.seqtypid
      when 'int2'::regtype then 32767 when 'int4'::regtype then 2147483647 else 9223372036854775807 end
      then s.seqmax::text end,
    'cache', nullif(s.seqcache, 1)::text,
    'cycle', s.seqcycle,
    'persistence', case c.relpersistence when 'u' then 'unlogged' end,
    'ownedBy', (select rn.nspname || '.' || r.relname || '.' || a.attname
      from pg_depend d join pg_class r on r.oid = d.refobjid join pg_namespace rn on rn.oid = r.relnamespace
      join pg_attribute a on a.attrelid = r.oid and a.attnum = d.refobjsubid
      where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.refclassid = 'pg_class'::regclass
        and d.deptype = 'a' limit 1),
    'comment', obj_description(c.oid, 'pg_class')) as attributes
from pg_sequence s
join pg_class c on c.oid = s.seqrelid
join pg_namespace n on n.oid = c.relnamespace
where c.relpersistence <> 't' and ${schemas}
  and not exists (select 1 from pg_depend d
    where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype in ('i', 'e'))`,
};

/** Extended statistics. */
export const statisticsFamily: Family = {
  kinds: ['postgresql.statistics'],
  sql: ({ schemas }) => `
select 'postgresql.statistics' as kind, n.nspname || '.' || s.stxname as key, json_build_object(
    'owner', pg_get_userbyid(s.stxowner),
    'definition', pg_get_statisticsobjdef(s.oid),
    'comment', obj_description(s.oid, 'pg_statistic_ext')) as attributes
from pg_statistic_ext s join pg_namespace n on n.oid = s.stxnamespace
where ${schemas} and ${notInExtension('pg_statistic_ext', 's.oid')}`,
};
