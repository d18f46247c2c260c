import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { createReadContext, sealWith } from '@leeway/connector-kit';
import { memoryFiles } from '@leeway/connector-kit/testing/memory-files.ts';
import { openSession } from '../read/client.ts';
import { readLive } from '../read/live.ts';
import type { Row, Session } from '../read/session.ts';
import { MysqlSettings } from '../schema.ts';
import type { RecordedSql } from './recorded-sql.ts';

/** Takes out what is secret or the machine's own. */
function scrub(text: string | null, hostname: string): string | null {
  return text?.replace(/ IDENTIFIED BY PASSWORD '[^']*'/, '').replaceAll(hostname, 'db-host') ?? null;
}

function recording(session: Session, statements: RecordedSql['statements']): Session {
  return {
    close: session.close,
    async query(sql) {
      const rows = await session.query(sql);
      const columns = Object.keys(rows[0] ?? {});
      statements.push({ sql, columns, rows: rows.map((row: Row) => columns.map((name) => row[name] ?? null)) });
      return rows;
    },
  };
}

/**
 * Renews `recordings/mariadb.json` from the lab:
 * `MYSQL_PWD=… node packages/connectors/src/mysql/testing/record.ts --port 13307 --user reader`.
 */
const { values } = parseArgs({ options: { port: { type: 'string' }, user: { type: 'string' } } });
const settings = MysqlSettings.parse({ host: '127.0.0.1', sslMode: 'disable', ...values });
const statements: RecordedSql['statements'] = [];
using context = createReadContext({
  environment: 'production',
  system: 'MariaDB',
  files: memoryFiles({}),
  seal: sealWith('a key for tests only'),
  variable: (name) => process.env[name],
});
for await (const reading of readLive(settings, context, async (target, signal) =>
  recording(await openSession(target, signal), statements),
)) {
  if (reading.type === 'notice') throw new Error(reading.problem.message);
}
const [, told] = statements;
const [version = '', hostname = ''] = told?.rows[0] ?? [];
const clean = statements.map(({ sql, columns, rows }) => ({
  sql,
  columns,
  rows: rows.map((row) => row.map((cell) => scrub(cell, String(hostname)))),
}));
const recorded: RecordedSql = { about: 'MariaDB of the lab', version: String(version), statements: clean };
await writeFile(new URL('../recordings/mariadb.json', import.meta.url), `${JSON.stringify(recorded, null, 1)}\n`);
