import { z } from 'zod';

const Field = z.json();
const Matchers = z.array(z.string());

const Route = z.looseObject({
  receiver: z.string().optional(),
  matchers: Matchers.optional(),
  match: z.record(z.string(), z.coerce.string()).optional(),
  match_re: z.record(z.string(), z.coerce.string()).optional(),
  get routes() {
    return z.array(Route).optional();
  },
});
export type Route = z.infer<typeof Route>;

const Inhibition = z.looseObject({
  source_matchers: Matchers.optional(),
  target_matchers: Matchers.optional(),
  source_match: z.record(z.string(), z.coerce.string()).optional(),
  source_match_re: z.record(z.string(), z.coerce.string()).optional(),
  target_match: z.record(z.string(), z.coerce.string()).optional(),
  target_match_re: z.record(z.string(), z.coerce.string()).optional(),
  equal: z.array(z.string()).optional(),
});
export type Inhibition = z.infer<typeof Inhibition>;

const Named = z.looseObject({ name: z.string().min(1) });

/** alertmanager.yml, as the configuration reference has it; what it says of routes is checked, of receivers taken as it is. */
export const Configuration = z.looseObject({
  global: z.record(z.string(), Field).nullish(),
  route: Route,
  receivers: z.array(Named.catchall(Field)).min(1),
  inhibit_rules: z.array(Inhibition).nullish(),
  time_intervals: z.array(Named.catchall(Field)).nullish(),
  mute_time_intervals: z.array(Named.catchall(Field)).nullish(),
});
export type Configuration = z.infer<typeof Configuration>;

/** GET /api/v2/status. */
export const Status = z.looseObject({ config: z.looseObject({ original: z.string() }) });

/** GET /api/v2/silences. */
export const Silences = z.array(
  z.looseObject({
    id: z.string(),
    status: z.looseObject({ state: z.string() }),
    matchers: z.array(
      z.looseObject({ name: z.string(), value: z.string(), isRegex: z.boolean(), isEqual: z.boolean().default(true) }),
    ),
    comment: z.string(),
    createdBy: z.string(),
    startsAt: z.string(),
    endsAt: z.string(),
    updatedAt: z.string().optional(),
  }),
);
export type Silence = z.infer<typeof Silences>[number];
