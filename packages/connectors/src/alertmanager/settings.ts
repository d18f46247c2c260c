import { httpAddress, signInFault, signInSettings } from '@leeway/connector-kit';
import { z } from 'zod';

const Texts = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);

/** What stands under `declared:` or `observed:` of a source with an Alertmanager. */
export const AlertmanagerSettings = z
  .strictObject({
    files: Texts.optional().describe('Configuration files (alertmanager.yml). Paths or globs.'),
    url: httpAddress.optional().describe('Address of the server, with its prefix: https://alerts.example.com'),
    ...signInSettings,
    silences: z.boolean().default(true).describe('Whether silences are read as well.'),
  })
  .refine((settings) => (settings.files === undefined) !== (settings.url === undefined), {
    error: 'Give either "files" or "url"',
  })
  .superRefine((settings, context) => {
    const message = signInFault(settings);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  });
export type AlertmanagerSettings = z.infer<typeof AlertmanagerSettings>;
