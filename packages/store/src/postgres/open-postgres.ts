import { failed, ok, problem, type Result } from '@leeway/core';
import type { PostgresPool } from 'kysely';
import type { Client, Pool, QueryResult } from 'pg';
import { classifyFailure, throwClassified } from '../sql/classify.ts';
import { type Database, openKysely } from '../sql/database.ts';
import { arrayTypes, typeParsers } from '../sql/parsers.ts';
import { type RunStatement, StatementClient } from '../sql/statement-client.ts';
import { createListen } from './listen.ts';
import { postgresSignals } from './postgres-signals.ts';

const connectMilliseconds = 10_000;
const maximumConnections = 8;

interface Address {
  readonly label: string;
  /** The password as the URL writes it and as it is. */
  readonly secrets: readonly string[];
}

/** Connects to the server a URL names. The password in it never gets into a message. */
export async function openPostgres(url: string, statementSeconds: number): Promise<Result<Database>> {
  const address = readAddress(url);
  if (typeof address === 'string') return failed(problem('LW6013', { reason: address }));
  // Loaded on first use: the embedded store does without.
  const pg = await import('pg');
  const pool = new pg.Pool({
    connectionString: url,
    max: maximumConnections,
    connectionTimeoutMillis: connectMilliseconds,
    statement_timeout: statementSeconds * 1000,
    application_name: 'leeway',
    types: { getTypeParser: (type: number) => parserOf(type, pg.types.getTypeParser) },
  });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined);
  try {
    (await pool.connect()).release();
    const guarded = guardPool(pool, address, statementSeconds);
    const db = openKysely(guarded);
    const listen = createListen(() => connectAlone(pg.Client, url));
    return ok({
      db,
      pool: guarded,
      label: address.label,
      embedded: false,
      signals: postgresSignals(db, listen),
      listen,
    });
  } catch (error) {
    await pool.end();
    const clean = withoutSecrets(error, address.secrets);
    const found = classifyFailure(clean, address.label, statementSeconds);
    return failed(found ?? problem('LW6001', { store: address.label, reason: clean.message }));
  }
}

function parserOf(type: number, builtin: (type: number) => (text: string) => unknown): (text: string) => unknown {
  return typeParsers[type] ?? (arrayTypes.has(type) ? builtin(type) : (text) => text);
}

/** A connection beside the pool, for listening. */
async function connectAlone(Connection: new (config: object) => Client, url: string): Promise<Client> {
  const client = new Connection({
    connectionString: url,
    connectionTimeoutMillis: connectMilliseconds,
    query_timeout: connectMilliseconds,
    keepAlive: true,
    application_name: 'leeway listening',
  });
  await client.connect();
  return client;
}

/** What may be shown of a URL, or what is wrong with it. */
function readAddress(url: string): Address | string {
  if (!URL.canParse(url)) return 'it is not a URL';
  const { protocol, hostname, port, pathname, password, searchParams } = new URL(url);
  if (protocol !== 'postgres:' && protocol !== 'postgresql:')
    return `its scheme is ${protocol.slice(0, -1)}, not postgresql`;
  if (pathname.includes('@')) return 'its password has a "/" in it, to be written as %2F';
  const host = hostname === '' ? 'the local socket' : `${hostname}${port === '' ? '' : `:${port}`}`;
  const name = decode(pathname.slice(1));
  const secrets = [password, decode(password), searchParams.get('password') ?? ''].filter((secret) => secret !== '');
  return { label: name === '' ? `the database at ${host}` : `the database ${name} at ${host}`, secrets };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const ignore = () => undefined;

/** The pool with failures as problems. */
function guardPool(pool: Pool, { label, secrets }: Address, statementSeconds: number): PostgresPool {
  const guard = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      return throwClassified(withoutSecrets(error, secrets), label, statementSeconds);
    }
  };
  const connect = () =>
    guard(async () => {
      const client = await pool.connect();
      // A connection that breaks between two statements says so on the client; unheard, that would end the process. The next
      // statement on it fails, and that is what counts.
      client.on('error', ignore);
      const run: RunStatement = (sql, parameters) =>
        guard(async () => resultOf(await client.query(sql, [...parameters])));
      return new StatementClient(run, (destroy) => {
        client.off('error', ignore);
        client.release(destroy);
      });
    });
  return { options: {}, connect, end: () => pool.end() };
}

/** Several statements give several results: the last one counts, with the rows of all. */
function resultOf(result: QueryResult | readonly QueryResult[]): QueryResult | undefined {
  if (!Array.isArray(result)) return result as QueryResult;
  const results: readonly QueryResult[] = result;
  const last = results.at(-1);
  return last && { ...last, rows: results.flatMap(({ rows }) => rows) };
}

/** The same failure; only its text could carry a password. */
function withoutSecrets(error: unknown, secrets: readonly string[]): Error {
  const failure = error instanceof Error ? error : new Error(String(error));
  for (const secret of secrets) failure.message = failure.message.replaceAll(secret, '***');
  return failure;
}
