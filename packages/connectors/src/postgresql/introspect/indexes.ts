import { type Family, notInExtension, optionsOf } from './family.ts';
import { shapeIndex } from './shape-index.ts';

/** Indexes that stand for themselves: those behind a constraint and those a partition inherits are left to their owner. */
export const indexFamily: Family = {
  kinds: ['postgresql.index'],
  shape: shapeIndex,
  sql: ({ schemas }) => `
select 'postgresql.index' as kind, n.nspname || '.' || c.relname as key, json_build_object(
    'table', n.nspname || '.' || t.relname,
    'definition', pg_get_indexdef(i.indexrelid),
    'unique', i.indisunique,
    'valid', i.indisvalid,
    'clustered', nullif(i.indisclustered, false),
    'replicaIdentity', nullif(i.indisreplident, false),
    'options', ${optionsOf('c.reloptions')},
    'tablespace', ts.spcname,
    'comment', obj_description(c.oid, 'pg_class')) as attributes
from pg_index i
join pg_class c on c.oid = i.indexrelid
join pg_class t on t.oid = i.indrelid
join pg_namespace n on n.oid = c.relnamespace
left join pg_tablespace ts on ts.oid = c.reltablespace
where not c.relispartition and t.relpersistence <> 't' and ${schemas}
  and not exists (select 1 from pg_constraint k where k.conindid = c.oid and k.contype in ('p', 'u', 'x'))
  and ${notInExtension('pg_class', 't.oid')}`,
};
