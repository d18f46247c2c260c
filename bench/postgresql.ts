import { startPostgres } from '../checks/postgres-server.ts';
import type { Benchmark } from './benchmark.ts';
import { program } from './built.ts';
import { timed } from './child.ts';
import { changes, createDatabases } from './postgresql-databases.ts';
import { apgdiff, dumps, liquibase, type Peer } from './postgresql-peers.ts';
import { figure, held, information, type Limit, median, notMeasured, type Result } from './result.ts';

const what = 'comparing two databases of 500 tables';

/** Each peer with how many times the program's own time it has to take. */
const peers: readonly (readonly [Peer, Limit])[] = [
  [dumps, { atLeast: 1 }],
  [apgdiff, { atLeast: 1 }],
  [liquibase, { atLeast: 25 }],
];

/** A whole `leeway diff` of two live databases, process start to exit, against the tools one would use instead. */
export const postgresql: Benchmark = {
  name: 'postgresql',
  async run({ quick, scratch, say }): Promise<readonly Result[]> {
    const server = await startPostgres();
    if ('skipped' in server)
      return peers.map(([peer, limit]) => notMeasured(`${what}: ${peer.name}`, server.skipped, limit));
    try {
      say('making the databases');
      const [left, right] = await createDatabases(server.url);
      const diff = [...program(say), 'diff', left, right, '--format', 'json'];
      // The databases differ on purpose.
      const differs = { codes: [2] };
      const rounds = Array.from({ length: quick ? 5 : 11 }, () => timed(diff, differs).milliseconds);
      const report = timed(diff, differs).stdout;
      const own = median(rounds);
      return [foundBy('leeway', report), ...peers.flatMap((each) => against(each, own, [left, right], scratch))];
    } finally {
      await server.stop();
    }
  },
};

function against(
  [peer, limit]: readonly [Peer, Limit],
  own: number,
  [left, right]: readonly [string, string],
  scratch: string,
): readonly Result[] {
  const missing = peer.missing();
  if (missing) return [notMeasured(`${what}: ${peer.name}`, missing, limit)];
  const { milliseconds, report } = peer.compare(left, right, scratch);
  const result = held(
    `${what}: ${peer.name}`,
    own,
    'ms',
    milliseconds / own,
    `${peer.name}: ${figure(milliseconds)} ms`,
    limit,
  );
  return report === '' ? [result] : [result, foundBy(peer.name, report)];
}

/** How many of the changes a report names, and which it misses. */
function foundBy(name: string, report: string): Result {
  const missed = changes.filter(({ found }) => !found.test(report)).map((change) => change.what);
  const found = changes.length - missed.length;
  return information(
    `changes of ${changes.length} that ${name} found`,
    found,
    '',
    missed.length ? `missed ${missed.join(', ')}` : '',
  );
}
