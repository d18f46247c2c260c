import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { byteaType, typeParsers } from '../sql/parsers.ts';
import type { StatementFailure, StatementResult, WorkerReply, WorkerRequest, WorkerStart } from './protocol.ts';
import { SyncingFileSystem } from './syncing-file-system.ts';

const { folder } = workerData as WorkerStart;
let lastWords = '';

/** PGlite's own settings, with these changes: fsync stays on (no `-F`), and log and buffers suit a small store. */
const settings = [
  'search_path=public',
  'exit_on_error=false',
  'log_checkpoints=false',
  'max_worker_processes=0',
  'max_parallel_workers=0',
  'max_parallel_workers_per_gather=0',
  'max_parallel_maintenance_workers=0',
  'io_method=sync',
  'wal_sync_method=fsync',
  'shared_buffers=32MB',
  'min_wal_size=32MB',
  'max_wal_size=128MB',
];

function reply(message: WorkerReply): void {
  parentPort?.postMessage(message);
}

/**
 * After a panic PGlite swallows the abort and never comes back from the statement, or comes back without an answer
 * that looks like success. So the thread ends here, inside the call that reports it.
 */
function watch(line: string): boolean {
  const grave = /\b(PANIC|FATAL): +(.*)/.exec(line);
  if (grave?.[2]) lastWords = grave[2];
  if (grave?.[1] === 'PANIC' || line.startsWith('Aborted(')) stop(lastWords || line);
  return false;
}

function stop(reason: string): never {
  reply({ state: 'stopped', reason });
  process.exit(1);
}

async function open(): Promise<PGlite> {
  try {
    return await PGlite.create({
      dataDir: folder,
      fs: new SyncingFileSystem(folder),
      startParams: ['--single', '-O', '-j', ...settings.flatMap((setting) => ['-c', setting])],
      parsers: typeParsers,
      // Binary parameters go over as they are; the default writes them as hexadecimal text.
      serializers: { [byteaType]: (bytes) => bytes },
      onStderr: watch,
    });
  } catch (error) {
    return stop(lastWords || describe(error).message);
  }
}

/** Without parameters `sql` may hold several statements, as in PostgreSQL's simple protocol; rows of all of them are given. */
async function run(pg: PGlite, sql: string, parameters: readonly unknown[]): Promise<StatementResult> {
  const results = parameters.length === 0 ? await pg.exec(sql) : [await pg.query(sql, [...parameters])];
  const last = results.at(-1);
  if (!last?.command) stop(lastWords || 'a statement ended without an answer');
  return { command: last.command, rowCount: last.rowCount ?? 0, rows: results.flatMap(({ rows }) => rows) };
}

function describe(error: unknown): StatementFailure {
  if (!(error instanceof Error)) return { message: String(error) };
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  return { message: error.message, ...code };
}

const pg = await open();
parentPort?.on('message', async (request: WorkerRequest) => {
  if ('close' in request) {
    await pg.close();
    reply({ state: 'closed' });
    process.exit(0);
  }
  try {
    reply({ state: 'done', result: await run(pg, request.sql, request.parameters) });
  } catch (error) {
    reply({ state: 'failed', failure: describe(error) });
  }
});
reply({ state: 'ready' });
