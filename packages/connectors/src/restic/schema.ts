import { z } from 'zod';

/** One snapshot of `restic snapshots --json`. */
export const Snapshot = z.looseObject({
  time: z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'a time'),
  hostname: z.string().default(''),
  username: z.string().optional(),
  paths: z.array(z.string()).min(1),
  tags: z.array(z.string()).nullish(),
  excludes: z.array(z.string()).nullish(),
  id: z.string(),
  program_version: z.string().optional(),
});
export type Snapshot = z.infer<typeof Snapshot>;

export const Snapshots = z.array(Snapshot);
export const Config = z.looseObject({ version: z.int(), id: z.string() });
export const Keys = z.array(z.looseObject({ id: z.string() }));
export const Stats = z.looseObject({ total_size: z.number() });
/** How `restic check` ended: 0 for a repository that is whole. */
export const Code = z.int();
