import { declaredFamilies } from '../introspect/families.ts';
import { introspect, plainSpelling } from '../introspect/introspect.ts';
import { schemaFilter } from '../introspect/schema-filter.ts';
import { type Engine, startEngine } from './engine.ts';

/** An engine at rest: emptied, and seen to be as it was when new. */
interface Idle {
  readonly engine: Engine;
  readonly extensions: readonly string[];
  /** What its catalogs say when it is empty. */
  readonly pristine: string;
}

/** Milliseconds an idle engine is kept: it holds some 300 MB. */
const idleLimit = 30_000;

let idle: Idle | undefined;
let idleTimer: NodeJS.Timeout | undefined;

/**
 * Lends an empty engine to `use`. Starting one takes seconds, emptying one milliseconds, so the last is kept and lent
 * again, provided that its catalogs say what they said when it was new; otherwise it is thrown away. The signal ends it.
 */
export async function withEngine<T>(
  extensions: readonly string[],
  signal: AbortSignal,
  use: (engine: Engine) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const lent = takeIdle(extensions) ?? startEngine(extensions);
  const { engine } = lent;
  const abort = () => void engine.stop(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  engine.hold(true);
  try {
    if ('up' in lent) await lent.up;
    const pristine = 'pristine' in lent ? lent.pristine : await describeCatalogs(engine);
    const loaded = 'pristine' in lent ? lent.extensions : extensions;
    const result = await use(engine);
    await giveBack({ engine, extensions: loaded, pristine });
    return result;
  } catch (error) {
    await engine.stop();
    throw error;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function takeIdle(extensions: readonly string[]): Idle | undefined {
  const found = idle;
  clearTimeout(idleTimer);
  idle = undefined;
  if (!found || found.engine.isStopped()) return undefined;
  if (extensions.every((name) => found.extensions.includes(name))) return found;
  void found.engine.stop();
  return undefined;
}

async function giveBack(returned: Idle): Promise<void> {
  const { engine, pristine } = returned;
  const isClean = await empty(engine).then(
    async () => (await describeCatalogs(engine)) === pristine,
    () => false,
  );
  if (!isClean || idle) return await engine.stop();
  idle = returned;
  engine.hold(false);
  idleTimer = setTimeout(() => void engine.stop(), idleLimit).unref();
}

async function describeCatalogs(engine: Engine): Promise<string> {
  await engine.batch(['begin', ...plainSpelling]);
  const { rows, failures } = await introspect(engine, declaredFamilies, { version: 180000, schemas: schemaFilter() });
  await engine.batch(['rollback']);
  return JSON.stringify([rows, failures.length]);
}

/** Everything people can make in a database, dropped; schema `public` made anew as initdb makes it. */
const emptying = `
do $$
declare item record;
begin
  for item in
    select format('drop event trigger %I', evtname) as sql from pg_event_trigger
    union all select format('drop publication %I', pubname) from pg_publication
    union all select format('drop extension %I cascade', extname) from pg_extension where extname <> 'plpgsql'
    union all select format('drop foreign data wrapper %I cascade', fdwname) from pg_foreign_data_wrapper
    union all select format('drop schema %I cascade', nspname) from pg_namespace
      where nspname not like 'pg\\_%' and nspname <> 'information_schema'
    union all select format('alter role %s in database postgres reset all',
      case when setrole = 0 then 'all' else quote_ident(pg_get_userbyid(setrole)) end) from pg_db_role_setting where setdatabase <> 0
    union all select format('alter role %s reset all',
      case when setrole = 0 then 'all' else quote_ident(pg_get_userbyid(setrole)) end) from pg_db_role_setting where setdatabase = 0
    union all select format('drop owned by %I cascade', rolname) from pg_roles where oid >= 16384
    union all select format('drop role %I', rolname) from pg_roles where oid >= 16384
  loop
    begin
      execute item.sql;
    exception when undefined_object or invalid_schema_name then null;
    end;
  end loop;
end $$`;

const publicSchema = [
  'create schema public authorization pg_database_owner',
  'grant usage on schema public to public',
  "comment on schema public is 'standard public schema'",
];

async function empty(engine: Engine): Promise<void> {
  await engine.run('rollback', idleLimit);
  await engine.run('discard all', idleLimit);
  await engine.run('alter system reset all', idleLimit);
  for (const statement of [emptying, ...publicSchema]) await engine.run(statement, idleLimit);
}
