import type { Connector } from '@leeway/connector-kit';
import { redisKinds } from './kinds.ts';
import { checkRedis, readRedis } from './read.ts';
import { RedisSettings } from './settings.ts';
import { recogniseRedis } from './standalone.ts';

export const connector: Connector<RedisSettings> = {
  id: 'redis',
  title: 'Redis and Valkey',
  summary: 'Settings, ACL users and modules of a server, live or as redis.conf and ACL files declare them.',
  settings: RedisSettings,
  kinds: redisKinds,
  verification: { state: 'verified', against: 'Redis 7.0.15: CONFIG GET, ACL LIST, INFO and redis.conf' },
  permissions: ['ACL rules +config|get, +acl|list, +info, +module|list'],
  check: checkRedis,
  read: readRedis,
  standalone: recogniseRedis,
};
