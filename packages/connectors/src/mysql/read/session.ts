/** A row with its columns by lower-case name, every value as the server writes it. */
export type Row = Readonly<Record<string, string | null>>;

/** A connection that answers one statement after the other. */
export interface Session {
  /** Throws {@link SqlError} where the server refuses, ProblemError or the socket's error where the line breaks. */
  query(sql: string): Promise<readonly Row[]>;
  close(): void;
}

/** A statement or a sign-in that the server refused. */
export class SqlError extends Error {
  /** The server's error number: https://mariadb.com/kb/en/mariadb-error-codes/ */
  readonly number: number;
  constructor(number: number) {
    super(`error ${number}`);
    this.name = 'SqlError';
    this.number = number;
  }
}

/** A SQL string literal that every sql_mode reads alike, without relying on backslashes. */
export function quoteText(text: string): string {
  if (!/[\\']/.test(text)) return `'${text}'`;
  return `convert(x'${Buffer.from(text).toString('hex')}' using utf8mb4)`;
}

/** A quoted name. */
export function quoteName(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}
