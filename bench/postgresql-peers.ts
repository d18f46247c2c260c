import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isInstalled, run, timed } from './child.ts';

/** Where `bench/install-peers` puts what is not a package of the system. */
export const peersFolder = process.env['LEEWAY_BENCH_PEERS'] ?? join(tmpdir(), 'leeway-bench-peers');

/** A tool that tells two databases apart. */
export interface Peer {
  readonly name: string;
  /** Why it cannot be run here; undefined when it can. */
  readonly missing: () => string | undefined;
  /** Milliseconds, and the report. */
  readonly compare: (
    left: string,
    right: string,
    scratch: string,
  ) => { readonly milliseconds: number; readonly report: string };
}

const dump = ['pg_dump', '--schema-only', '--no-owner'];

/** What people do by hand: dump both and look at the differences. Only the dumps are timed. */
export const dumps: Peer = {
  name: 'two pg_dump --schema-only',
  missing: () => (isInstalled('pg_dump') ? undefined : 'pg_dump is not installed'),
  compare(left, right) {
    const [before, after] = [left, right].map((url) => timed([...dump, url]));
    return { milliseconds: (before?.milliseconds ?? 0) + (after?.milliseconds ?? 0), report: '' };
  },
};

export const apgdiff: Peer = {
  name: 'apgdiff and two pg_dump',
  missing: () => (isInstalled('apgdiff', ['--version']) ? undefined : 'apgdiff is not installed (Debian: apgdiff)'),
  compare(left, right, scratch) {
    const dumps = [left, right].map((url, at) => {
      const { milliseconds, stdout } = timed([...dump, url]);
      const file = join(scratch, `${at}.sql`);
      // Lines of newer pg_dump versions that apgdiff cannot read.
      writeFileSync(file, stdout.replaceAll(/^\\(?:un)?restrict .*$/gm, ''));
      return { milliseconds, file };
    });
    const diff = timed(['apgdiff', ...dumps.map(({ file }) => file)]);
    const milliseconds = dumps.reduce((sum, each) => sum + each.milliseconds, diff.milliseconds);
    return { milliseconds, report: diff.stdout };
  },
};

const liquibaseFolder = join(peersFolder, 'node_modules/liquibase/dist/liquibase/internal/lib');

export const liquibase: Peer = {
  name: 'liquibase diff',
  missing() {
    if (!isInstalled('java', ['-version'])) return 'Java is not installed';
    return existsSync(liquibaseFolder) ? undefined : 'liquibase is not installed (bench/install-peers)';
  },
  compare(left, right) {
    const jars = readdirSync(liquibaseFolder).map((jar) => join(liquibaseFolder, jar));
    const [reference, target] = [left, right].map(jdbcUrl);
    const command = ['java', '-cp', jars.join(':'), 'liquibase.integration.commandline.LiquibaseCommandLine', 'diff'];
    const sides = [
      ...[`--reference-url=${reference}`, '--reference-username=postgres', '--reference-password=none'],
      ...[`--url=${target}`, '--username=postgres', '--password=none'],
      ...['--schemas=shop', '--reference-schemas=shop'],
    ];
    const { milliseconds, stdout } = timed([...command, ...sides]);
    return { milliseconds, report: stdout };
  },
};

function jdbcUrl(url: string): string {
  const { host, pathname } = new URL(url);
  return `jdbc:postgresql://${host}${pathname}`;
}

/** A program's own words for its version. */
export function versionOf(command: readonly string[]): string {
  return run(command).stdout.trim();
}
