import type { Connector } from '@leeway/connector-kit';
import { natsKinds } from './kinds.ts';
import { checkNats, readNats } from './read.ts';
import { NatsSettings } from './settings.ts';
import { recogniseNats } from './standalone.ts';

export const connector: Connector<NatsSettings> = {
  id: 'nats',
  title: 'NATS',
  summary: 'Server settings, users, JetStream streams and consumers, live or from nats.conf and files of streams.',
  settings: NatsSettings,
  kinds: natsKinds,
  verification: { state: 'verified', against: 'NATS 2.9.10: monitoring port, client and nats.conf' },
  permissions: [
    'GET /varz and /jsz of the monitoring port',
    'with "url": publish to $JS.API.STREAM.LIST and $JS.API.CONSUMER.LIST.*, subscribe to _INBOX.>',
  ],
  check: checkNats,
  read: readNats,
  standalone: recogniseNats,
};
