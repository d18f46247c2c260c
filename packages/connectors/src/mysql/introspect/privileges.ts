import type { Row } from '../read/session.ts';

/** A privilege on everything (`*`), on a database, or on one table of it. */
export interface Need {
  readonly privilege: string;
  readonly database: string;
  readonly table?: string;
}

interface Grant {
  readonly privileges: ReadonlySet<string>;
  readonly covers: (need: Need) => boolean;
  readonly taken: boolean;
}

/** What the reader may do, by its own SHOW GRANTS. */
export class Privileges {
  readonly #grants: readonly Grant[];

  /** Rows of SHOW GRANTS: MySQL and MariaDB hide what a reader may not see without a word, so it is told from these. */
  constructor(rows: readonly Row[]) {
    this.#grants = rows.flatMap((row) => parseGrant(Object.values(row)[0] ?? ''));
  }

  has(need: Need): boolean {
    const fitting = this.#grants.filter(({ privileges, covers }) => isNamed(privileges, need) && covers(need));
    return fitting.some(({ taken }) => !taken) && !fitting.some(({ taken }) => taken);
  }
}

function isNamed(privileges: ReadonlySet<string>, { privilege }: Need): boolean {
  return privileges.has(privilege) || privileges.has('ALL PRIVILEGES') || privileges.has('ALL');
}

const statement = /^(GRANT|REVOKE) (.+?) ON (\*|`(?:[^`]|``)+`)\.(\*|`(?:[^`]|``)+`) (?:TO|FROM) /;

function parseGrant(text: string): readonly Grant[] {
  const [, verb, list = '', database = '', table = ''] = statement.exec(text) ?? [];
  if (verb === undefined) return [];
  const privileges = new Set(list.split(/,\s*/).map((name) => name.trim().toUpperCase()));
  const fits = database === '*' ? () => true : patternOf(unquote(database));
  const covers = (need: Need) =>
    (database === '*' || (need.database !== '*' && fits(need.database))) &&
    (table === '*' || (need.table !== undefined && unquote(table) === need.table));
  return [{ privileges, covers, taken: verb === 'REVOKE' }];
}

function unquote(name: string): string {
  return name.slice(1, -1).replaceAll('``', '`');
}

/** In the database of a grant, `_` and `%` are wildcards unless a backslash stands before them. */
function patternOf(name: string): (database: string) => boolean {
  const source = name.replaceAll(/\\([_%\\])|([_%])|([^\w])/g, (_, escaped?: string, wild?: string, other?: string) => {
    if (wild !== undefined) return wild === '_' ? '.' : '.*';
    return `\\${escaped ?? other ?? ''}`.replace(/^\\_$/, '_');
  });
  const pattern = new RegExp(`^${source}$`);
  return (database) => pattern.test(database);
}

/** `SELECT on shop.*`, for messages. */
export function needText({ privilege, database, table = '*' }: Need): string {
  return `${privilege} on ${database}.${table}`;
}
