import type { Connector } from '@leeway/connector-kit';
import { rabbitmqKinds } from './kinds.ts';
import { checkRabbitmq, readRabbitmq } from './read.ts';
import { RabbitmqSettings } from './settings.ts';
import { recogniseRabbitmq } from './standalone.ts';

export const connector: Connector<RabbitmqSettings> = {
  id: 'rabbitmq',
  title: 'RabbitMQ',
  summary:
    'Virtual hosts, users, permissions, queues, exchanges, bindings, policies and limits, live or from definitions.',
  settings: RabbitmqSettings,
  kinds: rabbitmqKinds,
  verification: { state: 'verified', against: 'RabbitMQ 3.10.8: management API and exported definitions' },
  permissions: [
    'the tag monitoring (version, virtual hosts, limits)',
    'a permission in each virtual host: configure, write and read "^$" (queues, exchanges, bindings, policies)',
    'the tag policymaker (runtime and global parameters)',
    'the tag administrator for users, permissions and feature flags; leave them out with "kinds" otherwise',
  ],
  check: checkRabbitmq,
  read: readRabbitmq,
  standalone: recogniseRabbitmq,
};
