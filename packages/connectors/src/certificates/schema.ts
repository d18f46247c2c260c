import { parseKeyPattern } from '@leeway/connector-kit/key-pattern.ts';
import { z } from 'zod';

const megabyte = 1024 * 1024;

/** Protocols that start in clear text and switch to TLS on request. */
export const startTlsProtocols = ['smtp', 'postgresql'] as const;
export type StartTlsProtocol = (typeof startTlsProtocols)[number];

/** A TLS port to read. */
export interface Endpoint {
  /** What the endpoint is called in every environment; part of the resource's key. */
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** Name asked for (SNI) and checked against the certificate. */
  readonly servername: string;
  readonly starttls?: StartTlsProtocol;
}

/** Splits `host:port`, `[v6]:port` or `tls://host:port`; without a port, 443 is meant. */
export function parseAddress(address: string): { readonly host: string; readonly port: number } | undefined {
  const match = /^(?:(?:tls|https):\/\/)?(?:\[([0-9a-fA-F:.]+)\]|([^\s:/?#@[\]]+))(?::(\d{1,5}))?\/?$/.exec(address);
  const host = match?.[1] ?? match?.[2];
  const port = Number(match?.[3] ?? 443);
  if (host === undefined || port < 1 || port > 65_535) return undefined;
  return { host, port };
}

const address = z
  .string()
  .refine((text) => parseAddress(text) !== undefined, 'write host:port, e.g. portal.example:443');

const endpoint = z
  .union([
    address,
    z.strictObject({
      address,
      name: z.string().min(1).optional(),
      servername: z.string().min(1).optional(),
      starttls: z.enum(startTlsProtocols).optional(),
    }),
  ])
  .transform((given): Endpoint => {
    const fields = typeof given === 'string' ? { address: given } : given;
    const target = parseAddress(fields.address) ?? { host: fields.address, port: 443 };
    return {
      ...target,
      name: fields.name ?? `${target.host}:${target.port}`,
      servername: fields.servername ?? target.host,
      ...(fields.starttls && { starttls: fields.starttls }),
    };
  });

const globs = z.union([
  z
    .string()
    .min(1)
    .transform((one) => [one]),
  z.array(z.string().min(1)),
]);

/** What stands under `declared:` or `observed:` of a source that reads certificates. */
export const certificateSettings = z
  .strictObject({
    files: globs.default([]).describe('Globs of PEM, DER and PKCS#12 files'),
    key: z
      .string()
      .refine((text) => parseKeyPattern(text) !== undefined, 'write a path with <parts> in angle brackets')
      .optional()
      .describe('How a path becomes a key: certs/*/<portal>.pem gives "portal"'),
    name: z.string().min(1).optional().describe('Key of the file, where there is only one'),
    endpoints: z.array(endpoint).default([]).describe('host:port of TLS endpoints, or objects with name and starttls'),
    trust: globs.default([]).describe('PEM files of private authorities that are trusted beside the public ones'),
    passwordFrom: z
      .string()
      .min(1)
      .optional()
      .describe('Environment variable with the password of PKCS#12 files and keys'),
    kinds: z
      .array(z.enum(['tls.certificate', 'tls.file', 'tls.endpoint']))
      .min(1)
      .default(['tls.certificate', 'tls.file', 'tls.endpoint'])
      .describe('Kinds to read'),
    legacy: z.boolean().default(true).describe('Try whether TLS 1.0 and 1.1 are accepted (two more connections)'),
    timeout: z.number().positive().max(120).default(10).describe('Seconds one endpoint may take for one connection'),
    limit: z
      .number()
      .int()
      .positive()
      .default(4 * megabyte)
      .describe('Bytes a file may have'),
  })
  .refine(({ files, endpoints }) => files.length + endpoints.length > 0, 'name files or endpoints to read');

export type CertificateSettings = z.infer<typeof certificateSettings>;
