import { httpAddress, signInFault, signInSettings } from '@leeway/connector-kit';
import { z } from 'zod';

const Texts = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);

/** What stands under `declared:` or `observed:` of a source with a Grafana. */
export const GrafanaSettings = z
  .strictObject({
    files: Texts.optional().describe('Provisioning files (YAML) and dashboards (JSON). Paths or globs.'),
    url: httpAddress.optional().describe('Address of the server, with its prefix: https://grafana.example.com'),
    ...signInSettings,
  })
  .refine((settings) => (settings.files === undefined) !== (settings.url === undefined), {
    error: 'Give either "files" or "url"',
  })
  .superRefine((settings, context) => {
    const message = signInFault(settings);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  });
export type GrafanaSettings = z.infer<typeof GrafanaSettings>;
