import type { Change, Description, Json, Kind } from '@leeway/core';

/** Times, labels and sizes move with every backup: they are there for policies to judge an age by, not to be compared. */
const stanza: Kind = {
  name: 'pgbackrest.stanza',
  title: 'backup stanza',
  layer: 'backup',
  version: 1,
  noise: {
    identity: { '/repositories': ['key'] },
    unordered: ['/repositories', '/databases'],
    computed: ['/lastSuccess', '/lastFull', '/oldest', '/kept', '/bytes', '/archive', '/program'],
    assigned: ['/rhythm'],
  },
  severity: [
    { path: '', severity: 'critical', when: ({ after }) => after === undefined },
    { path: '/status', severity: 'critical' },
    { path: '/damaged', severity: 'critical' },
    { path: '/repositories/**', severity: 'high' },
    { path: '/rhythm', severity: 'high' },
    { path: '/databases', severity: 'medium' },
  ],
  describe: describeStanza,
};

const setting: Kind = {
  name: 'pgbackrest.setting',
  title: 'pgBackRest setting',
  layer: 'backup',
  version: 1,
  noise: { quantity: { '/value': 'scalar' } },
  severity: [
    { path: '', severity: 'medium' },
    { path: '/value', severity: 'medium' },
  ],
  describe: (change) => (change.path === '/value' ? both(change, (value) => `is ${text(value)}`) : undefined),
};

export const pgbackrestKinds: readonly Kind[] = [stanza, setting];

function describeStanza(change: Change): Description | undefined {
  if (change.path === '/status') return both(change, (value) => `is "${text(value)}"`);
  if (change.path === '/rhythm') return both(change, (value) => `is backed up ${text(value, 'too rarely to tell')}`);
  if (change.path !== '/damaged') return undefined;
  return both(change, (value) => (value === true ? 'holds backups with damaged pages' : 'holds whole backups'));
}

function both({ before, after }: Change, words: (value: Json | undefined) => string): Description {
  return { actual: words(after), expected: words(before) };
}

function text(value: Json | undefined, absent = 'nothing'): string {
  if (value === undefined || value === null) return absent;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
