import { formatPlace } from '@leeway/core';
import { scanSql, type Token } from './scan.ts';
import { placesIn, type Statement } from './statements.ts';

interface Source {
  readonly file: string;
  readonly text: string;
  readonly statements: readonly Statement[];
}

const objectWords = new Set(
  'TABLE VIEW INDEX SEQUENCE FUNCTION PROCEDURE AGGREGATE TYPE DOMAIN SCHEMA EXTENSION TRIGGER POLICY RULE ROLE USER PUBLICATION SERVER STATISTICS COLLATION'.split(
    ' ',
  ),
);
/** Objects that live in a table and are named within it. */
const inTable = new Set(['TRIGGER', 'POLICY', 'RULE']);
/** Objects that live in no schema. */
const outside = new Set(['SCHEMA', 'EXTENSION', 'ROLE', 'USER', 'PUBLICATION', 'SERVER']);
const betweenWords = new Set(['IF', 'NOT', 'EXISTS', 'ONLY', 'CONCURRENTLY']);

/** Where each object was last created or altered, by its key without arguments: `app.orders` → `db/V2__orders.sql:14:1`. */
export function findPlaces(sources: readonly Source[], defaultSchema: string): ReadonlyMap<string, string> {
  const places = new Map<string, string>();
  for (const { file, text, statements } of sources) {
    const placeAt = placesIn(text, file);
    for (const statement of statements) {
      if (statement.head[0] !== 'CREATE' && statement.head[0] !== 'ALTER') continue;
      const key = objectOf(statement, defaultSchema);
      if (key !== undefined) places.set(key, formatPlace(placeAt(statement.start)));
    }
  }
  return places;
}

function objectOf(statement: Statement, defaultSchema: string): string | undefined {
  const tokens = [...scanSql(statement.text.slice(0, 2000))].filter(
    ({ type }) => type !== 'space' && type !== 'comment',
  );
  const at = tokens.findIndex((token) => objectWords.has(wordOf(token)));
  if (at < 0 || at > 6) return undefined;
  const what = wordOf(tokens[at]);
  const name = nameAt(tokens, at + 1);
  if (name.length === 0 || outside.has(what)) return name.at(-1);
  const on = tokens.findIndex((token, index) => index > at && wordOf(token) === 'ON');
  const table = qualify(on < 0 ? [] : nameAt(tokens, on + 1), defaultSchema);
  if (inTable.has(what)) return `${table}.${name.at(-1)}`;
  // An index lives in the schema of its table.
  if (what === 'INDEX' && on > 0) return `${table.slice(0, table.indexOf('.'))}.${name.at(-1)}`;
  return qualify(name, defaultSchema);
}

const wordOf = (token: Token | undefined) => (token?.type === 'word' ? token.text.toUpperCase() : '');

function qualify(name: readonly string[], defaultSchema: string): string {
  return name.length > 1 ? name.join('.') : `${defaultSchema}.${name[0] ?? ''}`;
}

/** The qualified name that begins at `at`, in parts. */
function nameAt(tokens: readonly Token[], at: number): string[] {
  let next = at;
  while (betweenWords.has(wordOf(tokens[next]))) next++;
  const parts: string[] = [];
  for (; ; next += 2) {
    const token = tokens[next];
    if (token?.type !== 'word' && token?.type !== 'quoted') return parts;
    parts.push(token.type === 'quoted' ? token.text.slice(1, -1) : token.text.toLowerCase());
    if (tokens[next + 1]?.text !== '.') return parts;
  }
}
