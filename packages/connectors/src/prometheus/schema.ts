import { z } from 'zod';

/**
 * Rule files (https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/) and the answer of
 * `/api/v1/rules`, as far as they are compared: permissive about everything else.
 */
const Scalar = z
  .union([z.string(), z.number(), z.boolean(), z.null()])
  .transform((value) => (value === null ? '' : String(value)));
const Texts = z
  .record(z.string(), Scalar)
  .nullish()
  .transform((texts) => texts ?? {});
/** `0` is the one duration Prometheus takes without a unit. */
const Duration = Scalar.refine((text) => /^(?:0|(?:\d+(?:ms|[smhdwy]))+)$/.test(text), {
  error: 'a duration such as 5m',
});

const FileRule = z
  .looseObject({
    record: z.string().min(1).optional(),
    alert: z.string().min(1).optional(),
    expr: Scalar,
    for: Duration.optional(),
    keep_firing_for: Duration.optional(),
    labels: Texts,
    annotations: Texts,
  })
  .refine((rule) => (rule.record === undefined) !== (rule.alert === undefined), {
    error: 'either "record" or "alert"',
  });
export type FileRule = z.infer<typeof FileRule>;

const FileGroup = z.looseObject({
  name: z.string().min(1),
  interval: Duration.optional(),
  limit: z.number().optional(),
  query_offset: Duration.optional(),
  labels: Texts,
  rules: z
    .array(FileRule)
    .nullish()
    .transform((rules) => rules ?? []),
});

export const RuleFile = z.looseObject({
  groups: z
    .array(FileGroup)
    .nullish()
    .transform((groups) => groups ?? []),
});
export type RuleFile = z.infer<typeof RuleFile>;

const LiveRule = z.looseObject({
  type: z.enum(['alerting', 'recording']),
  name: z.string(),
  query: z.string(),
  duration: z.number().optional(),
  keepFiringFor: z.number().optional(),
  labels: Texts,
  annotations: Texts,
});

const LiveGroup = z.looseObject({
  name: z.string(),
  file: z.string(),
  interval: z.number().optional(),
  limit: z.number().optional(),
  queryOffset: z.number().optional(),
  rules: z.array(LiveRule),
});
export type LiveGroup = z.infer<typeof LiveGroup>;

export const RulesAnswer = z.looseObject({
  status: z.literal('success'),
  data: z.looseObject({ groups: z.array(LiveGroup) }),
});
