import { httpAddress, signInFault, signInSettings } from '@leeway/connector-kit';
import { z } from 'zod';

/** `noordzee/order-api`, `noordzee/order-api:production` or `noordzee/order-api:v*`. */
const ImageName = z
  .string()
  .regex(/^[a-z0-9]+(?:[._/-]+[a-z0-9]+)*(?::[\w*][\w.*-]{0,127})?$/, 'expected repository or repository:tag');

/** What stands under a plane of a source that reads a container registry. */
export const RegistrySettings = z
  .strictObject({
    url: httpAddress.describe('Address of the registry: https://registry.example.com'),
    images: z
      .array(ImageName)
      .min(1)
      .describe('Repositories, each with a tag where only that one counts; * in a tag as wildcard'),
    ...signInSettings,
    platform: z
      .string()
      .regex(/^[a-z0-9]+\/[a-z0-9]+(?:\/[a-z0-9]+)?$/)
      .default('linux/amd64')
      .describe('Of images for several platforms, the one whose configuration is read'),
    publicKey: z
      .string()
      .min(1)
      .optional()
      .describe('PEM file with the public key that images are signed with, relative to the estate'),
  })
  .superRefine((settings, { addIssue }) => {
    const message = signInFault(settings);
    if (message !== undefined) addIssue({ code: 'custom', message });
  });
export type RegistrySettings = z.infer<typeof RegistrySettings>;
