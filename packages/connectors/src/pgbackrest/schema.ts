import { z } from 'zod';

const Seconds = z.number().nonnegative().max(8.64e12);

const Backup = z.looseObject({
  label: z.string(),
  type: z.string(),
  error: z.boolean().nullish(),
  timestamp: z.looseObject({ stop: Seconds }),
  info: z.looseObject({ size: z.number() }).optional(),
  backrest: z.looseObject({ version: z.string() }).optional(),
});
export type Backup = z.infer<typeof Backup>;

const Status = z.looseObject({ code: z.int(), message: z.string() });

/** One stanza of `pgbackrest info --output=json`, as its command reference documents it. */
const Stanza = z.looseObject({
  name: z.string().min(1),
  cipher: z.string().optional(),
  status: Status,
  db: z.array(z.looseObject({ version: z.string() })).default([]),
  repo: z.array(z.looseObject({ key: z.int(), cipher: z.string(), status: Status.optional() })).default([]),
  backup: z.array(Backup).default([]),
  archive: z.array(z.looseObject({ id: z.string(), min: z.string().nullish(), max: z.string().nullish() })).default([]),
});
export type Stanza = z.infer<typeof Stanza>;

export const Info = z.array(Stanza);
export type Info = z.infer<typeof Info>;
