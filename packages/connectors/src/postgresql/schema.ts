import { kindMatches } from '@leeway/connector-kit';
import { z } from 'zod';

/** Key of the password a URL of the command line held. A symbol that does not enumerate: it never gets into JSON or a log. */
export const urlPassword: unique symbol = Symbol('password of a URL');

const kindPatterns = z
  .array(z.string().regex(/^[a-z*][\w.*-]*$/))
  .describe('Kinds by name, with * as wildcard: postgresql.role');

const scope = {
  schemas: z
    .array(z.string().min(1))
    .optional()
    .describe('Schemas to look at, * as wildcard; all that people made when absent'),
  exceptSchemas: z.array(z.string().min(1)).optional().describe('Schemas not to look at, * as wildcard'),
  kinds: kindPatterns.optional().describe('Only these kinds; all when absent'),
  exceptKinds: kindPatterns.optional().describe('Kinds not to read, such as postgresql.grant'),
  owner: z
    .string()
    .min(1)
    .optional()
    .describe('Role that owns things unless something else is said; the most common owner when absent'),
};

const connection = z
  .object({
    ...scope,
    url: z
      .string()
      .regex(/^postgres(?:ql)?:\/\//, 'expected postgres://host/database')
      .refine((url) => passwordOf(url) === undefined, {
        message: 'holds a password: keep it in an environment variable and name that in passwordFrom',
      })
      .optional()
      .describe('postgres://user@host:5432/database?sslmode=verify-full, without a password'),
    host: z.string().min(1).optional(),
    port: z.number().int().min(1).max(65535).optional(),
    database: z.string().min(1).optional(),
    user: z.string().min(1).optional(),
    passwordFrom: z.string().min(1).optional().describe('Environment variable that holds the password'),
    sslMode: z
      .enum(['disable', 'prefer', 'require', 'verify-ca', 'verify-full'])
      .optional()
      .describe('As in libpq; prefer when absent'),
    sslRootCert: z
      .string()
      .min(1)
      .optional()
      .describe('PEM file with the authorities to trust, relative to the estate'),
    statementSeconds: z.number().int().min(1).max(3600).default(30).describe('Time one query may take'),
  })
  .strict()
  .refine(({ url, host }) => (url === undefined) !== (host === undefined), { message: 'give either url or host' });

const files = z
  .object({
    ...scope,
    files: z
      .array(z.string().min(1))
      .min(1)
      .describe('SQL files as glob patterns, applied in this order; the files of one pattern in version order'),
    defaultSchema: z.string().min(1).optional().describe('Schema that names without one belong to; public when absent'),
    placeholders: z
      .record(z.string(), z.string())
      .optional()
      .describe('Values by name for the parts of the files that Flyway calls placeholders'),
    statementSeconds: z.number().int().min(1).max(3600).default(60).describe('Time one statement may take'),
  })
  .strict();

/** Either a live server or SQL files. */
export const settingsSchema = z.union([files, connection]);

export type FileSettings = z.infer<typeof files>;
export type ConnectionSettings = z.infer<typeof connection> & { readonly [urlPassword]?: string };
export type Settings = FileSettings | ConnectionSettings;

/** The password in a connection URL, decoded; undefined where it has none or is no URL. */
export function passwordOf(url: string): string | undefined {
  if (!URL.canParse(url)) return /:\/\/[^/@]*:[^/@]*@/.test(url) ? '' : undefined;
  const parsed = new URL(url);
  const found = decodeText(parsed.password) || parsed.searchParams.get('password');
  return found || undefined;
}

/** Percent-decoding that keeps what is not well encoded. */
export function decodeText(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The URL without its password. */
export function withoutPassword(url: string): string {
  const parsed = new URL(url);
  parsed.password = '';
  parsed.searchParams.delete('password');
  return parsed.href;
}

/** Whether the settings ask for a kind. */
export function isWanted({ kinds, exceptKinds = [] }: Pick<Settings, 'kinds' | 'exceptKinds'>, kind: string): boolean {
  const isNamed = (pattern: string) => kindMatches(pattern, kind);
  return (kinds === undefined || kinds.some(isNamed)) && !exceptKinds.some(isNamed);
}
