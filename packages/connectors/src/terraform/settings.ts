import { z } from 'zod';

/** Which side of a plan is meant. */
export const planSides = ['planned', 'applied', 'refreshed'] as const;
export type PlanSide = (typeof planSides)[number];

const Globs = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);

/** What stands under `declared:`, `applied:` or `observed:` of a source that Terraform or OpenTofu writes. */
export const TerraformSettings = z
  .strictObject({
    state: Globs.optional().describe(
      'State files: `terraform show -json`, or raw terraform.tfstate (version 4). Paths or globs.',
    ),
    plan: Globs.optional().describe('Plan files: `terraform show -json <plan>`. Paths or globs.'),
    side: z
      .enum(planSides)
      .optional()
      .describe(
        'Of a plan: what the configuration wants (planned, the default), what was last applied (applied), or what the refresh found (refreshed).',
      ),
    module: z
      .string()
      .min(1)
      .optional()
      .describe('Reads only this module, and leaves its address out of the keys: `module.production`.'),
    stack: z
      .string()
      .min(1)
      .optional()
      .describe(
        'How a file path names its stack, put before the keys where several states are read: `live/*/<stack>.tfstate`.',
      ),
    audit: Globs.optional().describe(
      'Output of `aws cloudtrail lookup-events`: says who changed what was found changed. Paths or globs.',
    ),
  })
  .refine((settings) => (settings.state === undefined) !== (settings.plan === undefined), {
    error: 'Give either "state" or "plan"',
  })
  .refine((settings) => settings.side === undefined || settings.plan !== undefined, {
    error: '"side" belongs to "plan"',
    path: ['side'],
  });
export type TerraformSettings = z.infer<typeof TerraformSettings>;
