import type { Connector } from '@leeway/connector-kit';
import { checkTryton, readTryton } from './read.ts';
import { TrytonSettings } from './schema.ts';
import { trytonKinds } from './tables.ts';
import { writeTryton } from './write.ts';

export const connector: Connector<TrytonSettings> = {
  id: 'tryton',
  title: 'Tryton',
  summary: 'Settings of every company, sequences, jobs, groups and rights, rules, modules, locations and taxes.',
  settings: TrytonSettings,
  kinds: trytonKinds,
  verification: { state: 'verified', against: 'Tryton 6.0.29 on PostgreSQL 15, two companies' },
  permissions: [
    'a user of a group with read access to the models that are read, and to no other',
    'every company among the companies of that user, with company filter "all"',
    'read access to res.user, for who changed what',
  ],
  check: checkTryton,
  read: readTryton,
  write: writeTryton,
};
