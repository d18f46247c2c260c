import { type Family, notInExtension, optionsOf, type Scope } from './family.ts';
import { shapeTable } from './shape-table.ts';

/**
 * Columns of all tables at once, each as [name, type, nullable, default, rare fields or null]: most have nothing rare, and
 * what is not said is neither built nor sent. Their order is left out: ALTER TABLE ADD COLUMN cannot choose it.
 */
function columnsSql({ version, schemas }: Scope): string {
  const compression = version >= 140000 ? `case a.attcompression when 'p' then 'pglz' when 'l' then 'lz4' end` : 'null';
  return `
  select a.attrelid, json_agg(json_build_array(a.attname, format_type(a.atttypid, a.atttypmod), not a.attnotnull,
      case when a.attgenerated = '' then pg_get_expr(d.adbin, d.adrelid) end,
      case when a.attgenerated <> '' or a.attidentity <> '' or a.attcollation <> t.typcollation
          or a.attstorage <> t.typstorage or a.attstattarget >= 0 or a.attoptions is not null
          or cd.description is not null or ${compression} is not null then json_build_object(
        'generated', case when a.attgenerated <> '' then json_build_object(
          'expression', pg_get_expr(d.adbin, d.adrelid), 'stored', a.attgenerated = 's') end,
        'identity', case a.attidentity when 'a' then 'always' when 'd' then 'by default' end,
        'sequence', i.options,
        'collation', case when a.attcollation <> t.typcollation then
          (select cn.nspname || '.' || co.collname from pg_collation co join pg_namespace cn on cn.oid = co.collnamespace
            where co.oid = a.attcollation) end,
        'storage', case when a.attstorage <> t.typstorage then
          case a.attstorage when 'p' then 'plain' when 'e' then 'external' when 'm' then 'main' else 'extended' end end,
        'compression', ${compression},
        'statistics', case when a.attstattarget >= 0 then a.attstattarget end,
        'options', ${optionsOf('a.attoptions')},
        'comment', cd.description) end)) as list
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  join pg_type t on t.oid = a.atttypid
  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  left join pg_description cd
    on cd.objoid = a.attrelid and cd.classoid = 'pg_class'::regclass and cd.objsubid = a.attnum
  left join (
    select x.refobjid, x.refobjsubid, json_build_object(
      'start', nullif(s.seqstart, 1)::text, 'increment', nullif(s.seqincrement, 1)::text,
      'cache', nullif(s.seqcache, 1)::text, 'cycle', nullif(s.seqcycle, false)) as options
    from pg_depend x join pg_sequence s on s.seqrelid = x.objid
    where x.classid = 'pg_class'::regclass and x.refclassid = 'pg_class'::regclass and x.deptype = 'i'
  ) i on i.refobjid = a.attrelid and i.refobjsubid = a.attnum
  where c.relkind in ('r', 'p', 'f') and ${schemas}
  group by a.attrelid`;
}

/**
 * Constraints of all tables at once, each as [name, type, definition, rare fields or null], without those a partition or
 * child inherits and without NOT NULL, which is a property of the column (PostgreSQL 18 catalogues it as a constraint too).
 */
const constraintsSql = `
  select k.conrelid, json_agg(json_build_array(k.conname, k.contype, pg_get_constraintdef(k.oid),
      case when ki.reloptions is not null or kd.description is not null or kt.disabled then json_build_object(
        'options', ${optionsOf('ki.reloptions')}, 'triggersDisabled', kt.disabled, 'comment', kd.description) end)) as list
  from pg_constraint k
  left join pg_class ki on ki.oid = k.conindid and k.contype in ('p', 'u', 'x') and ki.reloptions is not null
  left join pg_description kd on kd.objoid = k.oid and kd.classoid = 'pg_constraint'::regclass
  left join (select tgconstraint, true as disabled from pg_trigger
    where tgenabled = 'D' and tgconstraint <> 0 and tgisinternal group by tgconstraint) kt on kt.tgconstraint = k.oid
  where k.contype in ('p', 'u', 'f', 'c', 'x') and k.conrelid <> 0 and k.coninhcount = 0 and k.conparentid = 0
  group by k.conrelid`;

/** Tables, partitioned and foreign tables, each with its columns and constraints. */
export const tableFamily: Family = {
  kinds: ['postgresql.table'],
  shape: shapeTable,
  sql: (scope) => `
select 'postgresql.table' as kind, n.nspname || '.' || c.relname as key, json_build_object(
    'owner', pg_get_userbyid(c.relowner),
    'persistence', case c.relpersistence when 'u' then 'unlogged' end,
    'rowSecurity', json_build_object('enabled', c.relrowsecurity, 'forced', c.relforcerowsecurity),
    'replicaIdentity', case c.relreplident when 'n' then 'nothing' when 'f' then 'full' when 'i' then 'index' end,
    'options', ${optionsOf('c.reloptions')},
    'accessMethod', nullif(am.amname, 'heap'),
    'tablespace', ts.spcname,
    'ofType', case when c.reloftype <> 0 then format_type(c.reloftype, null) end,
    'partitionBy', case when c.relkind = 'p' then pg_get_partkeydef(c.oid) end,
    'partitionBound', case when c.relispartition then pg_get_expr(c.relpartbound, c.oid) end,
    'parents', (select json_agg(pn.nspname || '.' || p.relname order by pn.nspname, p.relname)
      from pg_inherits h join pg_class p on p.oid = h.inhparent join pg_namespace pn on pn.oid = p.relnamespace
      where h.inhrelid = c.oid),
    'foreignServer', fs.srvname,
    'foreignOptions', ${optionsOf('ft.ftoptions')},
    'comment', obj_description(c.oid, 'pg_class'),
    'columns', columns.list,
    'constraints', constraints.list) as attributes
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
left join pg_am am on am.oid = c.relam
left join pg_tablespace ts on ts.oid = c.reltablespace
left join pg_foreign_table ft on ft.ftrelid = c.oid
left join pg_foreign_server fs on fs.oid = ft.ftserver
left join (${columnsSql(scope)}) columns on columns.attrelid = c.oid
left join (${constraintsSql}) constraints on constraints.conrelid = c.oid
where c.relkind in ('r', 'p', 'f') and c.relpersistence <> 't' and ${scope.schemas}
  and ${notInExtension('pg_class', 'c.oid')}`,
};
