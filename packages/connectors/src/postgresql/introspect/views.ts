import { unqualifyTopLevel } from '../sql/view-text.ts';
import { type Family, notInExtension, optionsOf, type Row } from './family.ts';

/** Servers before 16 write `orders.id` where later ones write `id`: views are told in the later spelling. */
function shapeView(row: Row, version: number): Row {
  const text = String(row.attributes['definition'] ?? '')
    .replace(/;\s*$/, '')
    .trim();
  return { ...row, attributes: { ...row.attributes, definition: version < 160000 ? unqualifyTopLevel(text) : text } };
}

/** Views and materialized views. */
export const viewFamily: Family = {
  kinds: ['postgresql.view', 'postgresql.materialized_view'],
  shape: (row, { version }) => [shapeView(row, version)],
  sql: ({ schemas }) => `
select case c.relkind when 'v' then 'postgresql.view' else 'postgresql.materialized_view' end as kind,
  n.nspname || '.' || c.relname as key, json_build_object(
    'owner', pg_get_userbyid(c.relowner),
    'definition', pg_get_viewdef(c.oid),
    'options', ${optionsOf('c.reloptions')},
    'populated', case when c.relkind = 'm' then c.relispopulated end,
    'tablespace', ts.spcname,
    'comment', obj_description(c.oid, 'pg_class'),
    'columnComments', (select json_object_agg(a.attname, d.description)
      from pg_attribute a join pg_description d
        on d.objoid = a.attrelid and d.classoid = 'pg_class'::regclass and d.objsubid = a.attnum
      where a.attrelid = c.oid and a.attnum > 0)) as attributes
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
left join pg_tablespace ts on ts.oid = c.reltablespace
where c.relkind in ('v', 'm') and c.relpersistence <> 't' and ${schemas} and ${notInExtension('pg_class', 'c.oid')}`,
};

/** Rules other than the one that makes a view a view. */
export const ruleFamily: Family = {
  kinds: ['postgresql.rule'],
  sql: ({ schemas }) => `
select 'postgresql.rule' as kind, n.nspname || '.' || c.relname || '.' || r.rulename as key, json_build_object(
    'table', n.nspname || '.' || c.relname,
    'definition', pg_get_ruledef(r.oid),
    'enabled', case r.ev_enabled when 'O' then 'origin' when 'D' then 'disabled' when 'R' then 'replica' else 'always' end,
    'comment', obj_description(r.oid, 'pg_rewrite')) as attributes
from pg_rewrite r
join pg_class c on c.oid = r.ev_class
join pg_namespace n on n.oid = c.relnamespace
where r.rulename <> '_RETURN' and ${schemas} and ${notInExtension('pg_class', 'c.oid')}`,
};
