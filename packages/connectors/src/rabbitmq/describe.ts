import type { Change, Description, Json } from '@leeway/core';

/** What an argument or a policy's key does, as a verb before its value and a noun after it. */
const effects: Readonly<Record<string, readonly [string, string]>> = {
  'max-length': ['keeps at most', 'messages'],
  'max-length-bytes': ['keeps at most', 'bytes'],
  'message-ttl': ['drops messages after', 'ms'],
  expires: ['goes when unused for', 'ms'],
  'delivery-limit': ['gives a message up after', 'deliveries'],
  'dead-letter-exchange': ['sends dead messages to', ''],
  'dead-letter-routing-key': ['sends dead messages on as', ''],
  'max-priority': ['knows', 'priorities'],
  overflow: ['meets overflow with', ''],
};

/** Queues and exchanges: what an `x-…` argument does. */
export function describeArgument({ path, before, after }: Change): Description | undefined {
  const [, name] = /^\/arguments\/x-([\w-]+)$/.exec(path) ?? [];
  if (name !== undefined) return describeEffect(name, before, after);
  if (path === '/type') return { actual: `is of type ${text(after)}`, expected: `is of type ${text(before)}` };
  if (path !== '/durable') return undefined;
  const words = (durable: Json | undefined) => (durable === true ? 'survives a restart' : 'does not survive a restart');
  return { actual: words(after), expected: words(before) };
}

export function describePolicy({ path, before, after }: Change): Description | undefined {
  if (path === '/pattern') return { actual: `applies to ${text(after)}`, expected: `applies to ${text(before)}` };
  const [, name] = /^\/definition\/([\w-]+)$/.exec(path) ?? [];
  return name === undefined ? undefined : describeEffect(name, before, after);
}

function describeEffect(name: string, before: Json | undefined, after: Json | undefined): Description | undefined {
  const [verb, noun] = effects[name] ?? [];
  if (verb === undefined) return undefined;
  const words = (value: Json | undefined) =>
    value === undefined ? `has no ${name}` : `${verb} ${text(value)} ${noun}`;
  return { actual: words(after).trim(), expected: words(before).trim() };
}

export function describePermission({ path, before, after }: Change): Description | undefined {
  const verb = ({ '/configure': 'may configure', '/write': 'may write to', '/read': 'may read' } as const)[path];
  if (verb === undefined) return undefined;
  const words = (pattern: Json | undefined) =>
    pattern === '' || pattern === '^$' || pattern === undefined ? `${verb} nothing` : `${verb} ${text(pattern)}`;
  return { actual: words(after), expected: words(before) };
}

export function describeTags({ path, before, after }: Change): Description | undefined {
  if (path === '/hasPassword') {
    const words = (has: Json | undefined) => (has === true ? 'can sign in with a password' : 'has no password');
    return { actual: words(after), expected: words(before) };
  }
  if (path !== '/tags') return undefined;
  const words = (tags: Json | undefined) =>
    Array.isArray(tags) && tags.length > 0 ? `is tagged ${tags.join(', ')}` : 'has no tag';
  return { actual: words(after), expected: words(before) };
}

export function describeLimit({ path, before, after }: Change): Description | undefined {
  const [, name] = /^\/max-([\w-]+)$/.exec(path) ?? [];
  if (name === undefined) return undefined;
  const words = (value: Json | undefined) =>
    value === undefined ? `allows any number of ${name}` : `allows ${text(value)} ${name}`;
  return { actual: words(after), expected: words(before) };
}

function text(value: Json | undefined): string {
  if (value === undefined || value === null) return 'nothing';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
