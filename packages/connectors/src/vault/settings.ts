import { httpAddress } from '@leeway/connector-kit';
import { matchesWildcard } from '@leeway/core';
import { z } from 'zod';

const Patterns = z.array(z.string().min(1)).min(1);

/** What stands under a plane of a source that reads Vault or OpenBao. */
export const VaultSettings = z.strictObject({
  url: httpAddress.describe('Address of the server: https://vault.example.com:8200'),
  tokenFrom: z.string().min(1).describe('Environment variable with a token whose policy may read what is listed.'),
  namespace: z.string().min(1).optional().describe('Namespace to read, where the server has them.'),
  mounts: Patterns.optional().describe('KV mounts whose secrets are looked at, * as wildcard; all when absent.'),
  rotationDays: z.int().min(1).optional().describe('Days after which a secret that was not renewed counts as overdue.'),
  kinds: Patterns.optional().describe('Only these kinds, * as wildcard; all when absent.'),
});
export type VaultSettings = z.infer<typeof VaultSettings>;

/** Whether the settings ask for a kind. */
export function isWanted({ kinds }: VaultSettings, kind: string): boolean {
  return kinds === undefined || kinds.some((pattern) => matchesWildcard(pattern, kind));
}
