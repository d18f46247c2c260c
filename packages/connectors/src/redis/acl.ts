import { createHash } from 'node:crypto';
import type { Seal } from '@leeway/connector-kit';
import type { JsonObject } from '@leeway/core';
import { allowedCommands } from './commands.ts';

/** An ACL user as its rules leave it. */
interface User {
  enabled: boolean;
  passwordless: boolean;
  /** SHA-256 of each password, in hex. */
  passwords: Set<string>;
  keys: Set<string>;
  channels: Set<string>;
  /** Rules for commands, in their order. */
  commands: readonly string[];
  selectors: readonly string[];
  skipsPayloadCheck: boolean;
}

function newUser(): User {
  return {
    enabled: false,
    passwordless: false,
    passwords: new Set(),
    keys: new Set(),
    channels: new Set(),
    commands: ['-@all'],
    selectors: [],
    skipsPayloadCheck: false,
  };
}

/** Rules of fixed words (ACL SETUSER in Redis' documentation). */
const words: Readonly<Record<string, (user: User) => void>> = {
  on: (user) => {
    user.enabled = true;
  },
  off: (user) => {
    user.enabled = false;
  },
  nopass: (user) => {
    user.passwordless = true;
    user.passwords.clear();
  },
  resetpass: (user) => {
    user.passwordless = false;
    user.passwords.clear();
  },
  resetkeys: (user) => user.keys.clear(),
  resetchannels: (user) => user.channels.clear(),
  allkeys: (user) => addAll(user.keys, '~*'),
  allchannels: (user) => addAll(user.channels, '&*'),
  allcommands: (user) => {
    user.commands = ['+@all'];
  },
  nocommands: (user) => {
    user.commands = ['-@all'];
  },
  clearselectors: (user) => {
    user.selectors = [];
  },
  'skip-sanitize-payload': (user) => {
    user.skipsPayloadCheck = true;
  },
  'sanitize-payload': (user) => {
    user.skipsPayloadCheck = false;
  },
  reset: (user) => {
    Object.assign(user, newUser());
  },
};

/** Everything includes whatever else was named. */
function addAll(set: Set<string>, all: string): void {
  set.clear();
  set.add(all);
}

/** Splits `on >pw ~a:* (+get ~b:*)` into rules; a selector in brackets is one. */
export function splitRules(text: string): readonly string[] {
  return text.match(/\([^)]*\)?|\S+/g) ?? [];
}

/**
 * What rules make of a user, as attributes. Passwords become digests: written in clear (`>secret`) and as the server
 * tells them (`#sha256`) they are the same.
 */
export function describeUser(rules: readonly string[], seal: Seal): JsonObject {
  const user = newUser();
  for (const rule of rules) applyRule(user, rule);
  return {
    enabled: user.enabled,
    passwordless: user.passwordless,
    passwords: [...user.passwords].sort().map(seal),
    passwordCount: user.passwords.size,
    keys: [...user.keys].sort(),
    channels: [...user.channels].sort(),
    commands: [...allowedCommands(user.commands)],
    selectors: user.selectors.map((selector) => describeSelector(selector)),
    skipsPayloadCheck: user.skipsPayloadCheck,
  };
}

/** Rules that begin with a sign: the rule, and what follows its sign. */
const signs: Readonly<Record<string, (user: User, rule: string, rest: string) => void>> = {
  '>': (user, _, password) => addPassword(user, hashPassword(password)),
  '#': (user, _, hash) => addPassword(user, hash.toLowerCase()),
  '<': (user, _, password) => user.passwords.delete(hashPassword(password)),
  '!': (user, _, hash) => user.passwords.delete(hash.toLowerCase()),
  '~': (user, pattern) => addPattern(user.keys, pattern, '~*'),
  '%': (user, pattern) => addPattern(user.keys, pattern, '~*'),
  '&': (user, pattern) => addPattern(user.channels, pattern, '&*'),
  '(': (user, selector) => {
    user.selectors = [...user.selectors, selector.replace(/^\(\s*|\s*\)$/g, '')];
  },
};

/** A selector (since 7.0) allows commands on keys and channels of its own. */
function describeSelector(rules: string): JsonObject {
  const user = newUser();
  for (const rule of splitRules(rules)) applyRule(user, rule);
  const { keys, channels, commands } = user;
  return { keys: [...keys].sort(), channels: [...channels].sort(), commands: [...allowedCommands(commands)] };
}

function applyRule(user: User, rule: string): void {
  const word = words[rule.toLowerCase()];
  const sign = signs[rule.slice(0, 1)];
  if (word) word(user);
  else if (sign) sign(user, rule, rule.slice(1));
  else user.commands = [...user.commands, rule.toLowerCase()];
}

function addPassword(user: User, hash: string): void {
  user.passwordless = false;
  user.passwords.add(hash);
}

function addPattern(set: Set<string>, pattern: string, all: string): void {
  if (pattern === all) addAll(set, all);
  else if (!set.has(all)) set.add(pattern);
}

function hashPassword(password: string): string {
  return createHash('sha256').update(password).digest('hex');
}
