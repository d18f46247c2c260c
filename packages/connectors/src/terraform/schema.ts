import { isJsonObject, type Json, type JsonObject } from '@leeway/core';
import { z } from 'zod';

/**
 * The formats Terraform and OpenTofu write, as far as they are read here: permissive about everything else, because
 * minor versions add fields (https://developer.hashicorp.com/terraform/internals/json-format).
 */
const anyJson = z.custom<Json>((value) => value !== undefined);
const object = z.custom<JsonObject>((value) => isJsonObject(value as Json));

const StateResource = z.looseObject({
  address: z.string(),
  mode: z.string(),
  type: z.string(),
  values: object.nullish(),
  sensitive_values: anyJson.optional(),
  deposed_key: z.string().optional(),
});
export type StateResource = z.infer<typeof StateResource>;

const StateModule = z.looseObject({
  resources: z.array(StateResource).default([]),
  get child_modules() {
    return z.array(StateModule).default([]);
  },
});
export type StateModule = z.infer<typeof StateModule>;

const StateValues = z.looseObject({ root_module: StateModule.optional() });

/** `terraform show -json`; `values` is missing when the state is empty. */
export const StateDocument = z.looseObject({ format_version: z.string(), values: StateValues.optional() });
export type StateDocument = z.infer<typeof StateDocument>;

const ResourceChange = z.looseObject({
  address: z.string(),
  mode: z.string(),
  type: z.string(),
  deposed: z.string().optional(),
  change: z.looseObject({
    before: object.nullish(),
    after: object.nullish(),
    after_unknown: anyJson.optional(),
    before_sensitive: anyJson.optional(),
    after_sensitive: anyJson.optional(),
  }),
});
export type ResourceChange = z.infer<typeof ResourceChange>;

/** `terraform show -json <plan>`. */
export const PlanDocument = z.looseObject({
  format_version: z.string(),
  resource_changes: z.array(ResourceChange).default([]),
  resource_drift: z.array(ResourceChange).default([]),
  planned_values: StateValues.optional(),
  prior_state: StateDocument.optional(),
});
export type PlanDocument = z.infer<typeof PlanDocument>;

/** One step of a path in `sensitive_attributes`. */
const PathStep = z.union([
  z.looseObject({ type: z.literal('get_attr'), value: z.string() }),
  z.looseObject({ type: z.literal('index'), value: z.looseObject({ value: z.union([z.string(), z.number()]) }) }),
]);
export type PathStep = z.infer<typeof PathStep>;

const RawInstance = z.looseObject({
  index_key: z.union([z.string(), z.number()]).optional(),
  attributes: object.nullish(),
  sensitive_attributes: z.array(z.array(PathStep)).default([]),
  deposed: z.string().optional(),
});

/** Raw state, `terraform.tfstate` version 4: what a backend holds. */
export const RawState = z.looseObject({
  version: z.literal(4),
  resources: z
    .array(
      z.looseObject({
        module: z.string().optional(),
        mode: z.string(),
        type: z.string(),
        name: z.string(),
        instances: z.array(RawInstance).default([]),
      }),
    )
    .nullish(),
});
export type RawState = z.infer<typeof RawState>;
