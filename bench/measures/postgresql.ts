import { existsSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { startPostgres } from '../../checks/postgres-server.ts';
import { hold, type Measure, type Measurement, median, notMeasured } from '../measure.ts';
import { isInstalled, program, time } from '../process.ts';

const name = 'comparing two databases of 500 tables';

/** A whole diff of two live databases, process start to exit, against the tools one would use instead. */
export const postgresql: Measure = {
  name: 'postgresql',
  async run({ quick }) {
    const server = await startPostgres();
    if ('skipped' in server) return [notMeasured(name, 'pg_dump', server.skipped)];
    try {
      const urls = await makeDatabases(server.url);
      return [...againstDumps(urls, quick), ...againstLiquibase(urls)];
    } finally {
      await server.stop();
    }
  },
};

async function makeDatabases(url: string): Promise<readonly [string, string]> {
  const names = ['bench_a', 'bench_b'] as const;
  await run(
    url,
    names.map((database) => `create database ${database}`),
  );
  const urls = names.map((database) => Object.assign(new URL(url), { pathname: `/${database}` }).href);
  for (const [at, target] of urls.entries()) await run(target, schema(at === 1));
  return urls as unknown as readonly [string, string];
}

async function run(url: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

/** 500 tables with indexes, checks and keys; the second database differs in a body, a check, an operator class and a grant. */
function schema(isOther: boolean): readonly string[] {
  const tables = Array.from({ length: 500 }, (_, at) => {
    const check = isOther && at === 7 ? '' : ', check (quantity > 0)';
    const operators = isOther && at === 9 ? '' : ' text_pattern_ops';
    return `create table t${at} (id bigint primary key, sku varchar(40) not null, quantity int default 1, note text, created timestamptz default now()${check});
      create index t${at}_sku on t${at} (sku${operators});
      create index t${at}_open on t${at} (created) where quantity > 0;`;
  });
  const body = isOther ? 'select 2' : 'select 1';
  return [
    ...tables,
    `create function stock() returns int language sql as '${body}'`,
    ...(isOther ? ['grant select on t11 to public'] : []),
  ];
}

function againstDumps([left, right]: readonly [string, string], quick: boolean): readonly Measurement[] {
  if (!isInstalled('pg_dump')) return [notMeasured(name, 'two pg_dump --schema-only', 'pg_dump is not installed')];
  const rounds = Array.from({ length: quick ? 5 : 11 }, () => {
    const dumps = [left, right].map((url) => time('pg_dump', ['--schema-only', `--dbname=${url}`]));
    const diff = time(process.execPath, [program, 'diff', left, right, '--quiet']);
    if (diff.code !== 2) throw new Error(`leeway diff ended with ${diff.code}`);
    return { dumps: dumps.reduce((sum, dump) => sum + dump.milliseconds, 0), diff: diff.milliseconds };
  });
  const diff = median(rounds.map((round) => round.diff));
  const dumps = median(rounds.map((round) => round.dumps));
  const found = time(process.execPath, [program, 'diff', left, right, '--format', 'json']);
  const paths = (JSON.parse(found.stdout) as { findings: readonly { kind: string; path: string }[] }).findings.map(
    ({ kind, path }) => `${kind}${path}`,
  );
  return [
    hold({
      name,
      measured: diff,
      unit: 'ms',
      ratio: diff / dumps,
      against: 'two pg_dump --schema-only',
      limit: 1,
      note: `found ${paths.join(', ')}`,
    }),
  ];
}

/** Liquibase's npm package with its jars, where `bench/install-peers` put it. */
function againstLiquibase([left, right]: readonly [string, string]): readonly Measurement[] {
  const folder = process.env['LEEWAY_BENCH_PEERS'] ?? '';
  const liquibase = join(folder, 'node_modules/liquibase/dist/liquibase/liquibase');
  if (!folder || !existsSync(liquibase))
    return [notMeasured(name, 'liquibase diff', 'run bench/install-peers and set LEEWAY_BENCH_PEERS')];
  const jdbc = (url: string) => {
    const { host, pathname } = new URL(url);
    return `jdbc:postgresql://${host}${pathname}`;
  };
  const user = new URL(left).username;
  const peer = time(liquibase, [
    'diff',
    `--url=${jdbc(right)}`,
    `--referenceUrl=${jdbc(left)}`,
    `--username=${user}`,
    `--referenceUsername=${user}`,
    '--password=x',
    '--referencePassword=x',
  ]);
  const diff = time(process.execPath, [program, 'diff', left, right, '--quiet']);
  if (peer.code !== 0) return [notMeasured(name, 'liquibase diff', `it ended with ${peer.code}`)];
  const found = ['stock', 'quantity', 'text_pattern_ops', 'grant'].filter((word) =>
    peer.stdout.toLowerCase().includes(word),
  );
  return [
    hold({
      name,
      measured: diff.milliseconds,
      unit: 'ms',
      ratio: peer.milliseconds / diff.milliseconds,
      against: 'liquibase diff',
      limit: 25,
      atLeast: true,
      note: `liquibase named ${found.join(', ') || 'none of the four'}`,
    }),
  ];
}
