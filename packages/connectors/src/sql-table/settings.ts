import { z } from 'zod';

const Name = z.string().min(1);
const Column = z.string().min(1).max(128);
const TableName = z
  .string()
  .regex(/^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*){0,2}$/, 'a table with its schema, such as wms.parameters');

const Table = z.strictObject({
  key: z.array(Column).min(1).describe('Columns that name a row in every environment'),
  columns: z.array(Column).min(1).optional().describe('Columns to compare; all when absent'),
  ignore: z.array(Column).optional().describe('Columns not to compare: row ids, time stamps'),
  secret: z.array(Column).optional().describe('Columns with secrets: compared by a keyed digest'),
  filter: z
    .record(Column, z.union([z.string(), z.number(), z.boolean(), z.null()]))
    .optional()
    .describe('Only rows with these values'),
  changedBy: Column.optional().describe('Column that names who changed a row last'),
  changedAt: Column.optional().describe('Column with the time of the last change'),
});
export type Table = z.infer<typeof Table>;

/** What stands under `declared:` or `observed:` of a source with parameter tables. */
export const SqlTableSettings = z.strictObject({
  system: z.enum(['postgresql', 'mysql', 'sqlserver', 'oracle']).describe('mysql stands for MariaDB too'),
  host: Name,
  port: z.int().min(1).max(65535).optional().describe('The usual one of the system when absent'),
  database: Name.describe('Database; the service name of Oracle'),
  user: Name,
  passwordFrom: Name.optional().describe('Environment variable with the password'),
  tls: z
    .enum(['disable', 'require', 'verify-full'])
    .default('verify-full')
    .describe('verify-full holds the certificate to the host name; require only encrypts'),
  tlsAuthority: Name.optional().describe('PEM file with the authorities to trust, relative to the estate'),
  tables: z.record(TableName, Table).describe('Tables to read as parameters, by name as the database keeps it'),
  maxRows: z.int().min(1).max(1_000_000).default(100_000).describe('Rows a table may have'),
  statementSeconds: z.int().min(1).max(3600).default(60).describe('Time one query may take'),
});
export type SqlTableSettings = z.infer<typeof SqlTableSettings>;
export type System = SqlTableSettings['system'];
