import { parentPort, workerData } from 'node:worker_threads';
import { PGlite, type PGliteOptions } from '@electric-sql/pglite';
import { keepTemplate, loadTemplate } from './template.ts';

/** Runs an in-process PostgreSQL off the main thread, where a runaway statement can be stopped by ending the thread. */

/** Statements to run, answered under the same number. */
interface Request {
  readonly id: number;
  readonly sql: string;
}

// Nobody reads what a server prints; kept, it would only grow.
process.stdout.write = () => true;
process.stderr.write = () => true;

const { extensions } = workerData as { readonly extensions: readonly string[] };

async function loadExtensions(): Promise<NonNullable<PGliteOptions['extensions']>> {
  const loaded: NonNullable<PGliteOptions['extensions']> = {};
  for (const name of extensions) {
    const module: Record<string, unknown> = await import(`@electric-sql/pglite/contrib/${name}`);
    loaded[name] = module[name] as (typeof loaded)[string];
  }
  return loaded;
}

async function open(): Promise<PGlite> {
  const template = loadTemplate();
  const database = await PGlite.create({
    extensions: await loadExtensions(),
    ...(template && { loadDataDir: template }),
  });
  if (!template) await keepTemplate(database);
  return database;
}

const database = await open();

async function answer({ id, sql }: Request): Promise<void> {
  try {
    const results = await database.exec(sql);
    parentPort?.postMessage({ id, rows: results.map(({ rows }) => rows) });
  } catch (error) {
    const { code, message, position } = error as { code?: string; message: string; position?: string };
    parentPort?.postMessage({ id, error: { code: code ?? 'XX000', message, position } });
  }
}

parentPort?.on('message', (request: Request) => void answer(request));
parentPort?.postMessage({ id: 0, rows: [] });
