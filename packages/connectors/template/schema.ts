import { httpAddress, signInFault, signInSettings } from '@leeway/connector-kit';
import { z } from 'zod';

/** What stands under `declared:` or `observed:` of a source with a New system. */
export const NewSystemSettings = z
  .strictObject({
    url: httpAddress.describe('Address of the server, with its prefix'),
    ...signInSettings,
  })
  .superRefine((settings, context) => {
    const message = signInFault(settings);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  });
export type NewSystemSettings = z.infer<typeof NewSystemSettings>;

/** An answer of the system: permissive about what is not used, strict about what is. */
export const Parameters = z.array(z.looseObject({ name: z.string().min(1), value: z.json() }));
