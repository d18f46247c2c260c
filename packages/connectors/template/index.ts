import type { Connector } from '@leeway/connector-kit';
import { newSystemKinds } from './kinds.ts';
import { checkNewSystem, readNewSystem } from './read.ts';
import { NewSystemSettings } from './schema.ts';

export const connector: Connector<NewSystemSettings> = {
  id: 'new-system',
  title: 'New system',
  summary: 'Parameters of New system, live.',
  settings: NewSystemSettings,
  kinds: newSystemKinds,
  verification: { state: 'built-to-published-api', api: 'the HTTP API of New system' },
  permissions: ['a token that may read the parameters, and nothing else'],
  check: checkNewSystem,
  read: readNewSystem,
};
