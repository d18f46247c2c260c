import type { Connector } from '@leeway/connector-kit';
import { registryKinds } from './kinds.ts';
import { checkRegistry, readRegistry } from './read.ts';
import { RegistrySettings } from './settings.ts';

export const connector: Connector<RegistrySettings> = {
  id: 'registry',
  title: 'Container registry',
  summary: 'Images by tag: digest, platforms, labels, base image, signatures, attestations and bills of materials.',
  settings: RegistrySettings,
  kinds: registryKinds,
  verification: {
    state: 'verified',
    against: 'Debian docker-registry 2.8.2 with basic authentication; the token flow by its specification only',
  },
  permissions: ['pull on each repository'],
  check: checkRegistry,
  read: readRegistry,
};
