import pg from 'pg';

/** A change made to one of two equal databases, and the name by which a report that found it must mention it. */
export interface Change {
  readonly what: string;
  readonly sql: string;
  /** Matches the report of a tool that found the change. */
  readonly found: RegExp;
}

const tables = 500;

/** Each in a table or function of its own, so that a report that names it has found this change and no other. */
export const changes: readonly Change[] = [
  { what: 'a column added', sql: 'ALTER TABLE shop.t010 ADD COLUMN carrier_note text', found: /carrier_note/ },
  { what: 'the type of a column', sql: 'ALTER TABLE shop.t020 ALTER COLUMN quantity TYPE bigint', found: /\bt020\b/ },
  { what: 'a default', sql: "ALTER TABLE shop.t030 ALTER COLUMN state SET DEFAULT 'held'", found: /\bt030\b/ },
  { what: 'a table added', sql: 'CREATE TABLE shop.emergency_fix (id int)', found: /emergency_fix/ },
  { what: 'an index dropped', sql: 'DROP INDEX shop.t040_by_state', found: /t040_by_state/ },
  {
    what: 'the body of a function',
    sql: "CREATE OR REPLACE FUNCTION shop.total_7(a int) RETURNS int LANGUAGE sql AS 'SELECT a + 8'",
    found: /total_7\b/,
  },
  { what: 'a check dropped', sql: 'ALTER TABLE shop.t050 DROP CONSTRAINT t050_quantity_check', found: /\bt050(_|\b)/ },
  {
    what: 'the operator class of an index',
    sql: `DROP INDEX shop.t060_by_document;
      CREATE INDEX t060_by_document ON shop.t060 USING gin (document jsonb_path_ops)`,
    found: /t060_by_document/,
  },
  { what: 'a grant', sql: 'REVOKE SELECT ON shop.t070 FROM bench_reader', found: /\bt070\b/ },
  {
    what: 'the definition of a view',
    sql: "CREATE OR REPLACE VIEW shop.v_3 AS SELECT id, state FROM shop.t003 WHERE state <> 'closed'",
    found: /\bv_3\b/,
  },
];

/** Makes two databases of 500 tables each, alike but for {@link changes}. Returns their URLs. */
export async function createDatabases(server: string): Promise<readonly [string, string]> {
  const [left, right] = ['bench_left', 'bench_right'].map((name) => Object.assign(new URL(server), { pathname: name }));
  if (!left || !right) throw new Error('two databases are needed');
  await execute(server, ['CREATE ROLE bench_reader', 'CREATE DATABASE bench_left']);
  await execute(left.href, [schema()]);
  await execute(server, ['CREATE DATABASE bench_right TEMPLATE bench_left']);
  await execute(
    right.href,
    changes.map(({ sql }) => sql),
  );
  return [left.href, right.href];
}

async function execute(url: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

function schema(): string {
  const names = Array.from({ length: tables }, (_, at) => `t${String(at).padStart(3, '0')}`);
  const functions = Array.from(
    { length: 50 },
    (_, at) => `CREATE FUNCTION shop.total_${at}(a int) RETURNS int LANGUAGE sql AS 'SELECT a + ${at}'`,
  );
  const views = names.slice(0, 50).map((name, at) => `CREATE VIEW shop.v_${at} AS SELECT id, state FROM shop.${name}`);
  return ['CREATE SCHEMA shop', ...names.map(tableText), ...functions, ...views].join(';\n');
}

function tableText(name: string, at: number, names: readonly string[]): string {
  // A tree of references: some tools follow a chain of five hundred by recursion, and do not survive it.
  const parent = at > 0 ? names[Math.floor(at / 10)] : undefined;
  return `CREATE TABLE shop.${name} (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ${parent ? `parent bigint REFERENCES shop.${parent} (id),` : ''}
    code varchar(40) NOT NULL,
    quantity integer NOT NULL DEFAULT 0 CONSTRAINT ${name}_quantity_check CHECK (quantity >= 0),
    price numeric(12, 2),
    state text NOT NULL DEFAULT 'open',
    document jsonb,
    changed timestamptz NOT NULL DEFAULT now(),
    UNIQUE (code)
  );
  CREATE INDEX ${name}_by_state ON shop.${name} (state, changed DESC);
  CREATE INDEX ${name}_by_document ON shop.${name} USING gin (document);
  GRANT SELECT ON shop.${name} TO bench_reader`;
}
