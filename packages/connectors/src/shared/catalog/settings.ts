import { z } from 'zod';

const Name = z.string().min(1);

/** Parameters of an environment arrive as text where they stand in a template. */
const Port = z.union([z.int(), z.string().regex(/^\d+$/).transform(Number)]).pipe(z.int().min(1).max(65535));
const Patterns = z.array(z.string().regex(/^[a-z*][\w.*-]*$/, 'expected a kind, * as wildcard')).optional();

/** Settings of a database whose catalog is read, to be spread into a connector's own. */
export const catalogSettings = {
  host: Name.describe('Host name or address'),
  port: Port.optional().describe('The usual one of the system when absent'),
  database: Name.describe('Database; the service name of Oracle'),
  user: Name.describe('Login that reads'),
  passwordFrom: Name.describe('Environment variable with its password'),
  tls: z
    .enum(['disable', 'require', 'verify-full'])
    .default('verify-full')
    .describe('verify-full holds the certificate to the host name; require only encrypts'),
  tlsAuthority: Name.optional().describe('PEM file with the authorities to trust, relative to the estate'),
  kinds: Patterns.describe('Only these kinds, * as wildcard; all when absent'),
  exceptKinds: Patterns.describe('Kinds not to read'),
  statementSeconds: z.int().min(1).max(3600).default(60).describe('Time one query may take'),
};

const Shape = z.strictObject(catalogSettings);
export type CatalogSettings = z.infer<typeof Shape>;
