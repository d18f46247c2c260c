import { z } from 'zod';
import { anything, name, parameters, pattern, text } from './values.ts';

const spellings = z
  .union([text, z.array(text)])
  .meta({ title: 'a text, or a list of texts', examples: ['[prod, production]'] });

const dimensions = {
  stage: text.optional().describe('Where it stands on the way to production: production, staging, test, development …'),
  region: text.optional().describe('Region or country: eu, us, ap-southeast.'),
  businessUnit: text.optional().describe('Business unit it belongs to.'),
  tenant: text.optional().describe('Tenant or customer, where each has an environment of its own.'),
  tier: text.optional().describe('Service tier: gold, silver.'),
  compliance: z
    .union([text, z.array(text)])
    .optional()
    .meta({
      title: 'a text, or a list of texts',
      description: 'Compliance boundaries it lies in: gdpr, pci-dss, gxp.',
      examples: ['[gdpr, pci-dss]'],
    }),
};

const common = {
  ...dimensions,
  mirrors: text.nullable().optional().describe('Name of the environment this one must mirror; null for none.'),
  criticality: z.int().min(1).max(4).optional().meta({
    title: 'a whole number from 1 to 4',
    description:
      'Weight of its findings: 1 is production, 4 the least. By default production 1, staging and acceptance 2, test 3, development 4.',
  }),
  parameters: parameters.optional().describe('Values for {name} in source settings, and for policies.'),
  tokens: z
    .record(z.string().regex(/^[A-Za-z][\w-]*$/), spellings)
    .optional()
    .meta({
      title: 'a map of neutral names and the spellings they stand for',
      description:
        'Names that belong to this environment alone, by neutral name, so that orders-prod-db and orders-stg-db are the same resource. Stage, region, tenant and the environment name are known already; an empty list switches one off.',
      examples: ["{account: '111122223333', domain: [eu.example.com]}"],
    }),
};

/** One environment: a deployed instance, a point in the dimensions. */
export const environmentEntry = z
  .strictObject(common)
  .meta({ title: 'a map that describes an environment', examples: ['{stage: production, region: eu}'] });
export type EnvironmentEntry = z.infer<typeof environmentEntry>;

const scalar = z.union([z.string(), z.number(), z.boolean()]).meta({ title: 'a text, a number, true or false' });

const row = z.record(z.string().regex(/^[A-Za-z][\w-]*$/), anything);

/** Environments generated from the combinations of some values. */
export const templateEntry = z
  .strictObject({
    name: text.meta({
      title: 'a name with parameters in braces',
      description: 'Name of each environment, e.g. {stage}-{region}.',
      examples: ["'{stage}-{region}'"],
    }),
    for: z.union([z.record(z.string().regex(/^[A-Za-z][\w-]*$/), z.array(scalar).min(1)), z.array(row).min(1)]).meta({
      title: 'a map of lists (every combination), or a list of maps (one environment each)',
      description:
        'What the environments differ in. A map of lists makes every combination; a list of maps makes one environment a map. Names of dimensions set the dimension, others become parameters.',
      examples: ['{stage: [staging, production], region: [eu, us]}'],
    }),
    except: z
      .array(row)
      .optional()
      .meta({
        title: 'a list of maps',
        description: 'Combinations to leave out; one that matches nothing is an error.',
        examples: ['[{stage: staging, region: us}]'],
      }),
    ...common,
  })
  .meta({ title: 'a map that describes a template' });
export type TemplateEntry = z.infer<typeof templateEntry>;

/** Environments by name, pattern, or dimension. */
export const environmentFilter = z
  .union([
    pattern,
    z.strictObject(
      Object.fromEntries(Object.keys(dimensions).map((dimension) => [dimension, spellings.optional()])) as Record<
        keyof typeof dimensions,
        z.ZodOptional<typeof spellings>
      >,
    ),
    z.array(pattern).min(1),
  ])
  .meta({
    title: 'a name, a list of names, or a map of dimensions',
    examples: ['[production-eu, staging-*]', '{stage: production, region: [eu, us]}'],
  });
export type EnvironmentFilter = z.infer<typeof environmentFilter>;

export const environmentSections = {
  environments: z
    .record(name, environmentEntry)
    .optional()
    .meta({
      title: 'a map of environments by name',
      description: 'Environments by name. One that a template generates too is refined: what is written here wins.',
      examples: ['{production: {stage: production}}'],
    }),
  templates: z
    .record(name, templateEntry)
    .optional()
    .meta({ title: 'a map of templates by name', description: 'Environments generated from combinations of values.' }),
};
