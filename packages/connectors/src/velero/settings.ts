import { z } from 'zod';

/** What stands under `declared:` or `observed:` of a source with Velero. */
export const VeleroSettings = z.strictObject({
  files: z
    .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
    .describe('Manifests or dumps (`kubectl get -n velero … -o json`). Paths or globs.'),
});
export type VeleroSettings = z.infer<typeof VeleroSettings>;
