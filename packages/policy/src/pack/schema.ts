import { type Json, severities } from '@leeway/core';
import { z } from 'zod';

const attributes = z.record(z.string(), z.json());

const resource = z.strictObject({
  kind: z.string().optional(),
  key: z.string().optional(),
  attributes,
});

/** One test: a resource and, if it should fail, what is said of it. */
export const policyTest = z
  .strictObject({
    resource: resource.optional(),
    attributes: attributes.optional(),
    kind: z.string().optional(),
    key: z.string().optional(),
    /** The sentence expected; without it any sentence will do. */
    message: z.string().optional(),
    path: z.string().optional(),
    environment: z
      .strictObject({
        name: z.string().optional(),
        dimensions: z.record(z.string(), z.json()).optional(),
        parameters: attributes.optional(),
      })
      .optional(),
    params: attributes.optional(),
    now: z.iso.datetime({ offset: true }).optional(),
  })
  .refine((test) => (test.resource === undefined) !== (test.attributes === undefined), {
    message: 'a test has either "attributes" or "resource"',
  });
export type PolicyTest = z.infer<typeof policyTest>;

export const packedPolicy = z.strictObject({
  code: z.string().regex(/^[A-Z][A-Z0-9_-]{1,31}$/, 'a code is 2 to 32 capitals, digits, - or _'),
  title: z.string().min(1),
  severity: z.enum(severities),
  kinds: z.array(z.string().min(1)).min(1),
  where: z.string().optional(),
  let: z.record(z.string().regex(/^[a-zA-Z_]\w*$/, 'a name is letters, digits and _'), z.string()).optional(),
  expression: z.string().min(1),
  message: z.string().min(1),
  path: z.string().optional(),
  value: z.string().optional(),
  remediation: z.string().min(1),
  params: attributes.default({}),
  tests: z
    .strictObject({ pass: z.array(policyTest).default([]), fail: z.array(policyTest).default([]) })
    .default({ pass: [], fail: [] }),
});
export type PackedPolicy = z.infer<typeof packedPolicy>;

/** A pack file: `packs/*.yaml`, or the estate's own. */
export const policyPack = z.strictObject({
  pack: z.string().min(1),
  title: z.string().optional(),
  policies: z.array(packedPolicy).min(1),
});
export type PolicyPack = z.infer<typeof policyPack>;

/** Fields known at a place of a pack, for naming the nearest one. Lists and records are passed through. */
export function knownFields(path: readonly PropertyKey[]): readonly string[] {
  const [, , field, , ...rest] = path;
  if (path.length === 0) return Object.keys(policyPack.shape);
  if (path.length === 2) return Object.keys(packedPolicy.shape);
  if (field === 'tests' && path.length === 3) return ['pass', 'fail'];
  if (field === 'tests' && rest.at(-1) === 'resource') return Object.keys(resource.shape);
  return field === 'tests' ? Object.keys(policyTest.shape) : [];
}

/** A value of a pack in the words of a message. */
export function describeValue(value: Json | undefined): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  // An expression that begins with `!` unquoted is a tag for YAML.
  if (typeof value === 'object' && Object.keys(value)[0]?.startsWith('!')) return 'a YAML tag (quote the text)';
  return typeof value === 'object' ? 'an object' : `${typeof value} ${JSON.stringify(value)}`;
}
