import { z } from 'zod';

/** Schemes by what is spoken there, with the port that is meant where none is written. */
export const schemes = {
  http: 80,
  https: 443,
  tcp: 0,
  tls: 443,
  ssh: 22,
  sftp: 22,
  smtp: 25,
  smtps: 465,
} as const;
export type Scheme = keyof typeof schemes;

/** One thing to knock at. */
export interface Endpoint {
  /** What it is called in every environment. */
  readonly name: string;
  readonly scheme: Scheme;
  readonly host: string;
  readonly port: number;
  /** Path with query, for HTTP. */
  readonly path: string;
  readonly method: 'GET' | 'HEAD' | 'OPTIONS';
  /** A partner's AS2 receiver: spoken to in HTTP, never sent a message. */
  readonly as2: boolean;
  /** Name asked for (SNI) and checked against the certificate. */
  readonly servername: string;
}

const pattern =
  /^(https?|tcp|tls|ssh|sftp|smtps?):\/\/(?:\[([0-9a-fA-F:.]+)\]|([^\s:/?#@[\]]+))(?::(\d{1,5}|\{\w+\}))?(\/[^\s#]*)?$/;

const Url = z.string().regex(pattern, `write scheme://host:port with one of ${Object.keys(schemes).join(', ')}`);

const EndpointSettings = z
  .union([
    Url,
    z
      .strictObject({
        url: Url,
        name: z.string().min(1).optional(),
        method: z.enum(['GET', 'HEAD', 'OPTIONS']).optional(),
        as2: z.boolean().optional(),
        servername: z.string().min(1).optional(),
      })
      .refine(({ url, as2 }) => as2 !== true || /^https?:/.test(url), { error: 'AS2 is spoken over http or https' }),
  ])
  .transform((given): Endpoint => {
    const { url, name, method = 'GET', as2 = false, servername } = typeof given === 'string' ? { url: given } : given;
    const [, scheme = 'tcp', v6, plain = '', port, path = '/'] = pattern.exec(url) ?? [];
    const known = scheme as Scheme;
    const host = v6 ?? plain;
    return {
      name: name ?? url,
      scheme: known,
      host,
      port: Number(port ?? schemes[known]) || schemes[known],
      path,
      method,
      as2,
      servername: servername ?? host,
    };
  });

/** What stands under `declared:` or `observed:` of a source that knocks at endpoints. */
export const EndpointsSettings = z.strictObject({
  endpoints: z
    .array(EndpointSettings)
    .min(1)
    .describe('Addresses, or objects with url, name, method, as2, servername.'),
  trust: z
    .union([
      z
        .string()
        .min(1)
        .transform((one) => [one]),
      z.array(z.string().min(1)),
    ])
    .default([])
    .describe('PEM files of private authorities that are trusted beside the public ones.'),
  timeout: z.number().positive().max(120).default(10).describe('Seconds one endpoint may take.'),
});
export type EndpointsSettings = z.infer<typeof EndpointsSettings>;
