import type { Connector } from '@leeway/connector-kit';
import { vaultKinds } from './kinds.ts';
import { checkVault, readVault } from './read.ts';
import { VaultSettings } from './settings.ts';

export const connector: Connector<VaultSettings> = {
  id: 'vault',
  title: 'Vault and OpenBao',
  summary: 'Mounts, auth methods and roles, policies, PKI roles, and metadata of KV secrets: never their values.',
  settings: VaultSettings,
  kinds: vaultKinds,
  verification: { state: 'built-to-published-api', api: 'Vault and OpenBao HTTP API v1' },
  permissions: [
    'read on sys/mounts and sys/auth',
    'list on sys/policies/acl, read on sys/policies/acl/*',
    'list and read on auth/<method>/role/* (roles/*, certs/*)',
    'list and read on <pki>/roles/*',
    'list and read on <kv>/metadata/*; nothing on <kv>/data/*',
  ],
  check: checkVault,
  read: readVault,
};
