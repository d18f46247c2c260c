import { approvedCategories, verdicts } from '@leeway/core';
import { z } from 'zod';
import { anything, name, names, pattern, text } from './values.ts';

const bound = z
  .union([z.literal('reference'), z.number(), z.string()])
  .meta({ title: '"reference", a number or a quantity', examples: ['reference', '500m'] });

/** Exactly one of these; the loader checks that. */
export const constraintEntry = z
  .strictObject({
    equals: anything.optional().describe('The value is exactly this: the pinned value.'),
    oneOf: z
      .array(anything)
      .min(1)
      .optional()
      .meta({ title: 'a list of values', description: 'The value is one of these.' }),
    atMost: bound.optional().describe('Number or quantity at most the reference (or declared) one, or a given one.'),
    atLeast: bound.optional().describe('Number or quantity at least the reference (or declared) one, or a given one.'),
    matches: text.optional().meta({
      title: 'a regular expression (RE2)',
      description: 'RE2 regular expression over the text of the value, anchored at both ends.',
      examples: ["'https://.*[.]test[.]example[.]com'"],
    }),
    ratio: z
      .strictObject({ min: z.number().optional(), max: z.number().optional() })
      .optional()
      .meta({
        title: 'a map with min, max or both',
        description: 'The actual value divided by the expected one lies between these.',
        examples: ['{min: 0.25, max: 1}'],
      }),
    absent: z.literal(true).optional().meta({ title: 'true', description: 'The resource or field is not there.' }),
    digest: z
      .string()
      .regex(/^[0-9a-f]{16,64}$/)
      .optional()
      .meta({
        title: 'a digest of 16 to 64 hex digits',
        description: 'The resource is there with this digest of its attributes; "leeway approve" prints it.',
      }),
  })
  .meta({ title: 'a map with one constraint', examples: ['{atMost: reference}'], minProperties: 1, maxProperties: 1 });
export type ConstraintEntry = z.infer<typeof constraintEntry>;

export const approvedEntry = z
  .strictObject({
    match: z
      .strictObject({
        environments: names
          .optional()
          .meta({ description: 'Environments it holds in, "*" as wildcard; all by default.' }),
        workload: pattern.optional().describe('Workload the resource belongs to.'),
        source: pattern.optional().describe('Source the resource was read by.'),
        kind: pattern.meta({ description: 'Kind, "*" as wildcard.', examples: ['apps/Deployment'] }),
        key: pattern.meta({
          description: 'Key, environment-neutral or in full, "*" as wildcard.',
          examples: ["'wms/wms-api'"],
        }),
        path: z
          .string()
          .optional()
          .meta({
            title: 'a JSON Pointer',
            description: 'Pointer to the field, with item selectors and wildcards; without it the resource as a whole.',
            examples: ['/spec/replicas', "'/spec/template/spec/containers[name=wms]/image'"],
          }),
        verdicts: z
          .array(z.enum(verdicts))
          .min(1)
          .optional()
          .meta({
            title: 'a list of verdicts',
            description: 'Only findings of these verdicts.',
            examples: ['[parity]'],
          }),
        policy: text.optional().meta({ description: 'For an exception to a policy: its code.', examples: ['NET001'] }),
      })
      .meta({
        title: 'a map with kind and key',
        examples: ["{kind: apps/Deployment, key: 'wms/*', path: /spec/replicas}"],
      }),
    allow: constraintEntry.meta({ description: 'What the accepted side must look like. Exactly one.' }),
    category: z.enum(approvedCategories).describe('Why environments may differ here.'),
    reason: text.meta({
      description: 'Why this is right, for the person who reads it in a year.',
      examples: ['Staging has a tenth of the load'],
    }),
    owner: text.meta({ description: 'Who answers for it.', examples: ['team-warehouse'] }),
    approver: text.meta({ description: 'Who approved it.', examples: ['jane.doe'] }),
    ticket: text.optional().describe('Where it was asked for.'),
    expires: text.meta({
      title: 'a moment with its zone',
      description: 'When it ends: with an offset, or with an IANA zone in brackets.',
      examples: ['2026-12-31T23:59[Europe/Brussels]'],
    }),
  })
  .meta({ title: 'a map that describes an approved difference' });
export type ApprovedEntry = z.infer<typeof approvedEntry>;

export const approvedSections = {
  approved: z.record(name, approvedEntry).optional().meta({
    title: 'a map of approved differences by id',
    description: 'Differences that are allowed, each pinned to a value or a constraint, with an owner and an end.',
  }),
};
