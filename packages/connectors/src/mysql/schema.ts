import { matchesWildcard } from '@leeway/core';
import { z } from 'zod';

const name = z.string().min(1);

const kindPatterns = z
  .array(z.string().regex(/^[a-z*][\w.*-]*$/, 'expected a kind such as mysql.grant, * as wildcard'))
  .optional();

/** Parameters of an environment arrive as text where they stand in a template. */
const port = z.union([z.int(), z.string().regex(/^\d+$/).transform(Number)]).pipe(z.int().min(1).max(65535));

/** Settings of one plane: how to reach a MySQL or MariaDB server, and what of it to read. */
export const MysqlSettings = z.strictObject({
  host: name.describe('Host name or address'),
  port: port.optional().describe('3306 when absent'),
  user: name.describe('Account to sign in as'),
  passwordFrom: name.optional().describe('Environment variable that holds the password; MYSQL_PWD when absent'),
  sslMode: z
    .enum(['disable', 'prefer', 'require', 'verify-ca', 'verify-full'])
    .default('prefer')
    .describe('Whether to use TLS, and how far to trust the certificate'),
  sslRootCert: name.optional().describe('PEM file with the authorities to trust, relative to the estate'),
  databases: z
    .array(name)
    .min(1)
    .optional()
    .describe("Databases to look at, * as wildcard; all but the server's own when absent"),
  kinds: kindPatterns.describe('Only these kinds, * as wildcard; all when absent'),
  exceptKinds: kindPatterns.describe('Kinds not to read, such as mysql.user'),
  statementSeconds: z.int().min(1).max(3600).default(60).describe('Time one statement may take'),
});
export type MysqlSettings = z.infer<typeof MysqlSettings>;

/** Whether the settings ask for a kind. */
export function isWanted({ kinds, exceptKinds = [] }: Pick<MysqlSettings, 'kinds' | 'exceptKinds'>, kind: string) {
  const isNamed = (pattern: string) => matchesWildcard(pattern, kind);
  return (kinds === undefined || kinds.some(isNamed)) && !exceptKinds.some(isNamed);
}
