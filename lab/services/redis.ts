import { readFile } from 'node:fs/promises';
import { missingCommands, type Place } from '../place.ts';
import type { Drift, LabService } from '../service.ts';

const ports = { staging: 16379, production: 16380 } as const;

const part = (name: string) => readFile(new URL(`redis/${name}`, import.meta.url), 'utf8');

export const service: LabService = {
  id: 'redis',
  title: 'Redis',
  packages: ['redis-server'],
  available: () => missingCommands('redis-server', 'redis-cli'),
  async up(place) {
    await place.write('users.conf', await part('users.conf'), 0o600);
    await place.write('redis.conf', await part('redis.conf'));
    // The port and the folder are this server's own: on the command line, as a unit file would have them.
    const own = ['--port', String(ports[place.side]), '--dir', place.folder];
    await place.start('redis', 'redis-server', ['redis.conf', ...own]);
    await place.until('ready', async () => (await cli(place, 'PING')).startsWith('PONG'));
  },
  // It says at every start what it has; drift is undone, never written back.
  fill: async () => undefined,
  drifts: [
    setting('memory-raised', 'maxmemory', '128mb', '512mb', [
      {
        verdict: 'drift',
        kind: 'redis.settings',
        key: 'orders-cache',
        path: '/maxmemory',
        says: 'may use 512 MiB of memory',
      },
    ]),
    setting('eviction-off', 'maxmemory-policy', 'allkeys-lru', 'noeviction', [
      {
        verdict: 'drift',
        kind: 'redis.settings',
        key: 'orders-cache',
        path: '/maxmemory-policy',
        says: 'refuses writes when memory is full',
      },
    ]),
    setting('connections-limited', 'maxclients', '10000', '100', [
      { verdict: 'drift', kind: 'redis.settings', key: 'orders-cache', path: '/maxclients' },
    ]),
    {
      name: 'user-opened',
      apply: async (place) => void (await cli(place, 'ACL', 'SETUSER', 'default', 'on', 'nopass')),
      undo: async (place) => void (await cli(place, 'ACL', 'SETUSER', 'default', 'off', 'resetpass')),
      findings: ['/enabled', '/passwordless'].map((path) => ({
        verdict: 'drift',
        kind: 'redis.acl-user',
        key: 'default',
        path,
      })),
    },
    {
      name: 'rights-widened',
      apply: async (place) => void (await cli(place, 'ACL', 'SETUSER', 'portal', '+flushall')),
      undo: async (place) => void (await cli(place, 'ACL', 'SETUSER', 'portal', '-flushall')),
      findings: [
        { verdict: 'drift', kind: 'redis.acl-user', key: 'portal', path: '/commands', says: 'has commands flushall' },
      ],
    },
    {
      name: 'user-added',
      apply: async (place) => void (await cli(place, 'ACL', 'SETUSER', 'temp', 'on', '>temp-pw', '~*', '+@all')),
      undo: async (place) => void (await cli(place, 'ACL', 'DELUSER', 'temp')),
      findings: [{ verdict: 'unmanaged', kind: 'redis.acl-user', key: 'temp', path: '' }],
    },
  ],
  denials: [
    {
      names: '+config|get',
      take: async (place) => void (await cli(place, 'ACL', 'SETUSER', 'leeway', '-config|get')),
      giveBack: async (place) => void (await cli(place, 'ACL', 'SETUSER', 'leeway', '+config|get')),
    },
    {
      names: '+acl|list',
      take: async (place) => void (await cli(place, 'ACL', 'SETUSER', 'leeway', '-acl|list')),
      giveBack: async (place) => void (await cli(place, 'ACL', 'SETUSER', 'leeway', '+acl|list')),
    },
  ],
  sources: {
    cache: {
      connector: 'redis',
      declared: { files: 'redis/redis.conf', name: 'orders-cache' },
      observed: {
        url: 'redis://127.0.0.1:{port}',
        name: 'orders-cache',
        username: 'leeway',
        passwordFrom: 'REDIS_READER',
      },
    },
  },
  parameters: { staging: { port: ports.staging }, production: { port: ports.production } },
  variables: { REDIS_READER: 'reader-pw-5d1f', REDIS_PORTAL: 'portal-pw-91aa', REDIS_ADMIN: 'admin-pw-77b0' },
  files: async () => ({
    'redis/redis.conf': await part('redis.conf'),
    'redis/users.conf': await part('users.conf'),
  }),
};

function setting(name: string, parameter: string, from: string, to: string, findings: Drift['findings']): Drift {
  return {
    name,
    apply: async (place) => void (await cli(place, 'CONFIG', 'SET', parameter, to)),
    undo: async (place) => void (await cli(place, 'CONFIG', 'SET', parameter, from)),
    findings,
  };
}

/** redis-cli as the administrator; `-e` makes an error reply a failure. */
function cli({ run, side }: Place, ...command: readonly string[]): Promise<string> {
  const environment = { REDISCLI_AUTH: 'admin-pw-77b0' };
  return run('redis-cli', ['-e', '-p', String(ports[side]), '--user', 'admin', ...command], { environment });
}
