import { matchesWildcard } from '@leeway/core';
import { z } from 'zod';
import { historyTools } from './read/history.ts';

/** Key of the password a URL of the command line held. A symbol that does not enumerate: it never gets into JSON or a log. */
export const urlPassword: unique symbol = Symbol('password of a URL');

const name = z.string().min(1);

const kindPatterns = z
  .array(z.string().regex(/^[a-z*][\w.*-]*$/, 'expected a kind such as postgresql.role, * as wildcard'))
  .optional();

const url = z
  .string()
  .regex(/^postgres(?:ql)?:\/\//, 'expected postgres://host/database')
  .refine((text) => URL.canParse(text), 'is not a valid URL')
  .refine(
    (text) => passwordOf(text) === undefined,
    'holds a password: keep it in an environment variable and name that in passwordFrom',
  );

const sslMode = z.enum(['disable', 'prefer', 'require', 'verify-ca', 'verify-full']);

/** Settings of one plane: SQL files, or a live server by its URL or its parts. */
export const settingsSchema = z
  .strictObject({
    files: z
      .array(name)
      .min(1)
      .optional()
      .describe('SQL files as glob patterns, applied in this order; the files of one pattern in version order'),
    defaultSchema: name.optional().describe('Schema that names without one belong to; public when absent'),
    placeholders: z
      .record(z.string(), z.string())
      .optional()
      .describe('Values by name for the parts of the files that Flyway calls placeholders'),
    history: z
      .enum(historyTools)
      .optional()
      .describe('Migration tool the files are for: its history table must hold what they are'),
    url: url.optional().describe('postgres://user@host:5432/database?sslmode=verify-full, without a password'),
    host: name.optional().describe('Host name or address, in place of a URL'),
    port: z.int().min(1).max(65535).optional().describe('5432 when absent'),
    database: name.optional().describe('Name of the database; the user when absent'),
    user: name.optional().describe('Role to sign in as'),
    passwordFrom: name.optional().describe('Environment variable that holds the password; PGPASSWORD when absent'),
    sslMode: sslMode.optional().describe('As in libpq; prefer when absent'),
    sslRootCert: name.optional().describe('PEM file with the authorities to trust, relative to the estate'),
    schemas: z.array(name).optional().describe('Schemas to look at, * as wildcard; all that people made when absent'),
    exceptSchemas: z.array(name).optional().describe('Schemas not to look at, * as wildcard'),
    kinds: kindPatterns.describe('Only these kinds, * as wildcard; all when absent'),
    exceptKinds: kindPatterns.describe('Kinds not to read, such as postgresql.grant'),
    owner: name
      .optional()
      .describe('Role that owns things unless something else is said; the most common owner when absent'),
    statementSeconds: z.int().min(1).max(3600).default(60).describe('Time one statement may take'),
  })
  .superRefine((settings, { addIssue }) => {
    const given = sources.filter((field) => settings[field] !== undefined);
    if (given.length !== 1) addIssue({ code: 'custom', message: 'give exactly one of files, url and host' });
    for (const field of settings.files ? connectionFields : fileFields) {
      if (settings[field] === undefined) continue;
      addIssue({
        code: 'custom',
        path: [field],
        message: `does not go with ${settings.files ? 'files' : 'a live server'}`,
      });
    }
  });

const sources = ['files', 'url', 'host'] as const;
const fileFields = ['defaultSchema', 'placeholders', 'history'] as const;
const connectionFields = ['port', 'database', 'user', 'passwordFrom', 'sslMode', 'sslRootCert'] as const;

export type Settings = z.infer<typeof settingsSchema>;
export type FileSettings = Settings & { readonly files: readonly string[] };
export type ConnectionSettings = Settings & { readonly [urlPassword]?: string };

/** Whether the settings name SQL files; a live server otherwise. */
export function isFiles(settings: Settings): settings is FileSettings {
  return settings.files !== undefined;
}

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
  const isNamed = (pattern: string) => matchesWildcard(pattern, kind);
  return (kinds === undefined || kinds.some(isNamed)) && !exceptKinds.some(isNamed);
}
