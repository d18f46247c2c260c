import { scanSql, type Token } from './scan.ts';
import type { Statement } from './statements.ts';

/** Extensions that the in-process database brings along, as CREATE EXTENSION names them. */
export const bundledExtensions: ReadonlySet<string> = new Set(
  `amcheck auto_explain bloom btree_gin btree_gist citext cube dict_int dict_xsyn earthdistance file_fdw fuzzystrmatch hstore
  intarray isn lo ltree moddatetime pageinspect pg_buffercache pg_freespacemap pg_stat_statements pg_surgery pg_trgm
  pg_visibility pg_walinspect pgcrypto seg tablefunc tcn tsm_system_rows tsm_system_time unaccent uuid-ossp`.split(
    /\s+/,
  ),
);

/** What to do with a statement on an empty in-process database. */
export type Adapted =
  | { readonly action: 'run'; readonly text: string }
  /** It concerns the cluster or upkeep, not the schema. */
  | { readonly action: 'skip' }
  | { readonly action: 'extension'; readonly name: string; readonly schema: string | undefined; readonly text: string };

const skipped = [
  /^(?:CREATE|DROP) (?:DATABASE|TABLESPACE|SUBSCRIPTION)\b/,
  /^ALTER (?:TABLESPACE|SUBSCRIPTION)\b/,
  /^(?:VACUUM|ANALYZE|ANALYSE|CHECKPOINT|CLUSTER|REINDEX|LISTEN|NOTIFY|UNLISTEN|PREPARE TRANSACTION)\b/,
];

/**
 * Fits a statement to the in-process database without moving what follows: CONCURRENTLY is blanked (nobody else is
 * there), the database's own name becomes the one at hand, extension versions are left to what is bundled.
 */
export function adaptStatement({ text, head }: Statement, database: string): Adapted {
  const start = head.join(' ');
  if (skipped.some((pattern) => pattern.test(start))) return { action: 'skip' };
  if (start.startsWith('CREATE EXTENSION')) return adaptExtension(text);
  const tokens = meaningful(text);
  if (head[0] === 'ALTER' && head[1] === 'DATABASE') return run(replaceToken(text, tokens[2], database));
  if (start.startsWith('COMMENT ON DATABASE')) return run(replaceToken(text, tokens[3], database));
  if (head[0] === 'GRANT' || head[0] === 'REVOKE') return run(replaceToken(text, databaseOf(tokens), database));
  return run(withoutConcurrently(text, head, tokens));
}

const run = (text: string): Adapted => ({ action: 'run', text });

function meaningful(text: string): readonly Token[] {
  return [...scanSql(text)].filter(({ type }) => type !== 'space' && type !== 'comment');
}

const wordOf = (token: Token | undefined) => (token?.type === 'word' ? token.text.toUpperCase() : '');
const nameOf = (token: Token | undefined) =>
  token?.type === 'quoted' ? token.text.slice(1, -1).replaceAll('""', '"') : (token?.text ?? '').toLowerCase();

function databaseOf(tokens: readonly Token[]): Token | undefined {
  const at = tokens.findIndex((token, index) => wordOf(token) === 'DATABASE' && wordOf(tokens[index - 1]) === 'ON');
  return at < 0 ? undefined : tokens[at + 1];
}

function replaceToken(text: string, token: Token | undefined, replacement: string): string {
  if (!token) return text;
  return text.slice(0, token.start) + replacement + text.slice(token.start + token.text.length);
}

function withoutConcurrently(text: string, head: readonly string[], tokens: readonly Token[]): string {
  if (!['CREATE', 'DROP', 'REFRESH', 'ALTER'].includes(head[0] ?? '')) return text;
  const word = tokens.find((token) => wordOf(token) === 'CONCURRENTLY');
  return replaceToken(text, word, ' '.repeat('CONCURRENTLY'.length));
}

/** CREATE EXTENSION [IF NOT EXISTS] name [WITH] [SCHEMA schema] [VERSION version] [CASCADE] */
function adaptExtension(text: string): Adapted {
  const tokens = meaningful(text);
  const at = wordOf(tokens[2]) === 'IF' ? 5 : 2;
  const after = (word: string) => {
    const found = tokens.findIndex((token, index) => index > at && wordOf(token) === word);
    return found < 0 ? undefined : tokens[found + 1];
  };
  const schema = after('SCHEMA');
  const version = after('VERSION');
  const withoutVersion = replaceToken(text, version, '');
  return {
    action: 'extension',
    name: nameOf(tokens[at]),
    schema: schema && nameOf(schema),
    text: version ? withoutVersion.replace(/\bVERSION\b/i, '') : text,
  };
}

/** Extensions the statements ask for. */
export function extensionsOf(statements: readonly Statement[]): ReadonlySet<string> {
  const asked = statements
    .filter(({ head }) => head[0] === 'CREATE' && head[1] === 'EXTENSION')
    .map(({ text }) => adaptExtension(text));
  return new Set(asked.flatMap((adapted) => (adapted.action === 'extension' ? [adapted.name] : [])));
}

const optionalStatements: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^(?:CREATE|ALTER|DROP) (?:ROLE|USER(?! MAPPING)|GROUP)\b/, ['postgresql.role']],
  [/^(?:GRANT|REVOKE)\b/, ['postgresql.grant']],
  [/^ALTER DEFAULT PRIVILEGES\b/, ['postgresql.default_privilege', 'postgresql.grant']],
  [/^ALTER SYSTEM\b/, ['postgresql.setting']],
  [/^ALTER DATABASE \S+ (?:SET|RESET)\b/, ['postgresql.bound_setting']],
  [/^ALTER (?:ROLE|USER) \S+ (?:IN DATABASE \S+ )?(?:SET|RESET)\b/, ['postgresql.bound_setting']],
  [/^(?:CREATE|ALTER|DROP) PUBLICATION\b/, ['postgresql.publication']],
  [
    /^(?:CREATE|ALTER|DROP) (?:SERVER|FOREIGN DATA)\b/,
    ['postgresql.foreign_server', 'postgresql.foreign_data_wrapper'],
  ],
  [/^(?:CREATE|ALTER|DROP) USER MAPPING\b/, ['postgresql.user_mapping']],
];

/** Kinds that SQL files may leave to somebody else and that these statements speak of. */
export function statedKinds(statements: readonly Statement[]): ReadonlySet<string> {
  return new Set(statements.flatMap(kindsStatedBy));
}

function kindsStatedBy({ head, text }: Statement): readonly string[] {
  const start = head.join(' ');
  // A block may do anything; what it grants and creates is found by its words.
  if (head[0] === 'DO') {
    return [
      ...(/\bgrant\b|\brevoke\b/i.test(text) ? ['postgresql.grant'] : []),
      ...(/\b(?:create|alter)\s+(?:role|user)\b/i.test(text) ? ['postgresql.role'] : []),
    ];
  }
  // GRANT role TO role is a membership.
  if (/^(?:GRANT|REVOKE)\b/.test(start) && !/\bON\b/i.test(text)) return ['postgresql.role'];
  return optionalStatements.flatMap(([pattern, kinds]) => (pattern.test(start) ? kinds : []));
}
