import type { Change, Description, Json } from '@leeway/core';

type Words = (value: Json | undefined) => string;

/** The same sentence for both sides. */
const both = ({ before, after }: Change, words: Words): Description => ({
  actual: words(after),
  expected: words(before),
});

export function describeKernel(change: Change): Description | undefined {
  return change.path === '/release' ? both(change, (value) => `runs kernel ${text(value)}`) : undefined;
}

export function describePackage(change: Change): Description | undefined {
  if (change.path === '/version') return both(change, (value) => `has version ${text(value)}`);
  if (change.path !== '/held') return undefined;
  return both(change, (value) => (value === true ? 'is held back from upgrades' : 'follows upgrades'));
}

export function describeUpdate(change: Change): Description | undefined {
  return change.path === '/candidate' ? both(change, (value) => `waits for ${text(value)}`) : undefined;
}

export function describeValue(change: Change): Description | undefined {
  return change.path === '/value' ? both(change, (value) => `is ${text(value)}`) : undefined;
}

export function describeService(change: Change): Description | undefined {
  if (change.path === '/state') return both(change, (value) => `is ${text(value, 'not known to the manager')}`);
  if (change.path !== '/enabled') return undefined;
  return both(change, (value) => (value === 'enabled' ? 'starts with the host' : `is ${text(value)}`));
}

export function describeJob(change: Change): Description | undefined {
  return change.path.endsWith('/schedule') ? both(change, (value) => `runs at "${text(value)}"`) : undefined;
}

export function describeUser(change: Change): Description | undefined {
  if (change.path === '/shell') return both(change, (value) => `signs in to ${text(value)}`);
  if (change.path === '/groups') return both(change, (value) => `is in the groups ${list(value)}`);
  return change.path === '/id' ? both(change, (value) => `has the id ${text(value)}`) : undefined;
}

export function describeGroup(change: Change): Description | undefined {
  return change.path === '/members' ? both(change, (value) => `has the members ${list(value)}`) : undefined;
}

const sshdEffects: Readonly<Record<string, readonly [yes: string, no: string]>> = {
  permitrootlogin: ['lets root sign in', 'does not let root sign in'],
  passwordauthentication: ['accepts passwords', 'does not accept passwords'],
  permitemptypasswords: ['accepts empty passwords', 'does not accept empty passwords'],
  pubkeyauthentication: ['accepts public keys', 'does not accept public keys'],
  x11forwarding: ['forwards X11', 'does not forward X11'],
  allowtcpforwarding: ['forwards ports', 'does not forward ports'],
};

export function describeSshd(change: Change): Description | undefined {
  const [, keyword] = /^\/settings\/(\w+)$/.exec(change.path) ?? [];
  if (keyword === undefined) return undefined;
  const [yes, no] = sshdEffects[keyword] ?? [];
  return both(change, (value) => {
    if (value === 'yes' && yes) return yes;
    if (value === 'no' && no) return no;
    return `has ${keyword} ${text(value, 'at its default')}`;
  });
}

export function describeFirewall(change: Change): Description | undefined {
  if (change.path === '/policy') return both(change, (value) => `by default ${text(value, 'does nothing')}s`);
  return change.path === '/rules' ? both(change, (value) => `has the rules ${list(value, '; ')}`) : undefined;
}

export function describeListener(change: Change): Description | undefined {
  if (change.path === '/addresses') return both(change, (value) => `listens on ${list(value)}`);
  if (change.path !== '') return undefined;
  return both(change, (value) => (value === undefined ? 'is closed' : 'is open'));
}

export function describeTime(change: Change): Description | undefined {
  if (change.path === '/zone') return both(change, (value) => `keeps the time of ${text(value)}`);
  if (change.path === '/servers') return both(change, (value) => `asks ${list(value)} for the time`);
  if (change.path !== '/synchronised') return undefined;
  return both(change, (value) => (value === true ? 'is synchronised' : 'is not synchronised'));
}

export function describeFile(change: Change): Description | undefined {
  if (change.path === '/sha256') return both(change, (value) => `has the digest ${text(value).slice(0, 12)}`);
  if (change.path === '/mode') return both(change, (value) => `has the mode ${text(value)}`);
  return change.path === '/owner' ? both(change, (value) => `belongs to ${text(value)}`) : undefined;
}

function list(value: Json | undefined, separator = ', '): string {
  return Array.isArray(value) && value.length > 0 ? value.map((item) => text(item)).join(separator) : 'nothing';
}

function text(value: Json | undefined, absent = 'nothing'): string {
  if (value === undefined || value === null) return absent;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
