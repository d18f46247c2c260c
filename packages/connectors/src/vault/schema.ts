import { z } from 'zod';

/** Answers of the HTTP API, as far as they are read: https://openbao.org/api-docs/ */
const Keys = z.object({ data: z.looseObject({ keys: z.array(z.string()) }) }).transform(({ data }) => data.keys);
export const KeyList = Keys;

const Config = z.looseObject({
  default_lease_ttl: z.number().default(0),
  max_lease_ttl: z.number().default(0),
  listing_visibility: z.string().optional(),
});

const Mount = z.looseObject({
  type: z.string(),
  description: z.string().default(''),
  local: z.boolean().default(false),
  seal_wrap: z.boolean().default(false),
  options: z.record(z.string(), z.string()).nullish(),
  config: Config.prefault({}),
});
export type Mount = z.infer<typeof Mount>;

export const Mounts = z.object({ data: z.record(z.string(), Mount) }).transform(({ data }) => data);

export const Policy = z.object({ data: z.looseObject({ policy: z.string() }) }).transform(({ data }) => data.policy);

/** Roles have fields of their own in every method: all of them are compared, as they come. */
export const Role = z.object({ data: z.record(z.string(), z.json()) }).transform(({ data }) => data);

const Version = z.looseObject({
  created_time: z.string(),
  deletion_time: z.string().default(''),
  destroyed: z.boolean().default(false),
});

export const Metadata = z
  .object({
    data: z.looseObject({
      current_version: z.number(),
      max_versions: z.number().default(0),
      cas_required: z.boolean().default(false),
      delete_version_after: z.string().default('0s'),
      custom_metadata: z.record(z.string(), z.string()).nullish(),
      versions: z.record(z.string(), Version).default({}),
    }),
  })
  .transform(({ data }) => data);
export type Metadata = z.infer<typeof Metadata>;
