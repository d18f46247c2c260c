import { readFileSync } from 'node:fs';
import { testConnector } from '@leeway/connector-kit/test-contract.ts';
import { runScenario, type Scenario } from '@leeway/connector-kit/testing/scenario.ts';
import { compareAttributes, indexKinds, type Resource } from '@leeway/core';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { allowedCommands } from './commands.ts';
import { connector } from './index.ts';
import { parseConf } from './parse-conf.ts';
import { type Answers, startFakeServer, startTcpServer } from './testing/fake-server.ts';

const marker = 'Tr0ub4dor-and-3';
const file = (name: string) => readFileSync(new URL(`recordings/${name}`, import.meta.url), 'utf8');
const { answers }: { answers: Answers } = JSON.parse(file('server.json'));
const kinds = indexKinds(connector.kinds);
const signIn = { [`AUTH leeway ${marker}`]: 'OK' };
const asReader = { username: 'leeway', passwordFrom: 'PASSWORD' };
const recorded = { 'redis.conf': file('redis.conf'), 'users.conf': file('users.conf') };

/** A scenario over a server that answers from a table. */
function server(name: string, table: Answers, settings: object = asReader): Scenario {
  return {
    name,
    settings: { url: 'redis://127.0.0.1:1' },
    variables: { PASSWORD: marker },
    async start() {
      const { url, stop } = await startFakeServer({ ...signIn, ...table });
      return { settings: { url, ...settings }, stop };
    },
  };
}

/** One over a server that only does something to its connections. */
function broken(name: string, serve: Parameters<typeof startTcpServer>[0], timeout = 5): Scenario {
  return {
    name,
    settings: {},
    async start() {
      const { url, stop } = await startTcpServer(serve);
      return { settings: { url, timeout }, stop };
    },
  };
}

/** One server for all runs of the suite: places carry its port. */
const running = await startFakeServer({ ...signIn, ...answers });
afterAll(() => running.stop());

testConnector('redis', connector, {
  secrets: [marker],
  scenarios: [
    {
      name: 'a running server',
      settings: { url: running.url, ...asReader },
      variables: { PASSWORD: marker },
      resources: 6,
    },
    { name: 'its file', settings: { files: 'redis.conf' }, files: recorded, resources: 5 },
    {
      name: 'a file and an ACL file',
      settings: { files: 'redis.conf', aclFiles: 'users.acl' },
      files: { 'redis.conf': `requirepass ${marker}\n`, 'users.acl': `# people\nuser a on >${marker} ~a:* +get\n` },
      resources: 3,
    },
  ],
  failures: [
    { ...server('a wrong password', { [`AUTH leeway ${marker}`]: '-WRONGPASS invalid' }), codes: ['LW3002'] },
    { ...server('no password where one is needed', needsPassword(), {}), codes: ['LW3002'] },
    {
      ...server('a user who may not read the settings', { ...answers, 'CONFIG GET *': '-NOPERM no permissions' }),
      codes: ['LW3003'],
    },
    { ...server('a managed server without CONFIG', without('CONFIG GET *')), codes: ['LW3003'] },
    { ...server('a server that is loading', { ...answers, 'ACL LIST': '-LOADING dataset' }), codes: ['LW3006'] },
    { ...server('settings in another shape', { ...answers, 'CONFIG GET *': ['maxmemory'] }), codes: ['LW3006'] },
    { ...server('users in another shape', { ...answers, 'ACL LIST': [['user', 'a']] }), codes: ['LW3006'] },
    { ...server('a credential that is not set', answers, { passwordFrom: 'NOT_SET' }), codes: ['LW3055'] },
    { ...broken('a server that hangs up', (socket) => socket.destroy()), codes: ['LW3001'] },
    { ...broken('a server that never answers', () => undefined, 0.2), codes: ['LW3005'] },
    {
      ...broken('a web server', (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
      codes: ['LW3001', 'LW3006'],
    },
    { name: 'nobody there', settings: { url: 'redis://127.0.0.1:1' }, codes: ['LW3001'] },
    { name: 'no file fits', settings: { files: 'x.conf' }, files: { 'redis.conf': '' }, codes: ['LW2001'] },
    { name: 'quotes that do not close', settings: { files: 'a' }, files: { a: 'dir "/x\n' }, codes: ['LW2005'] },
    { name: 'an include that is not there', settings: { files: 'a' }, files: { a: 'include b\n' }, codes: ['LW2001'] },
    { name: 'a file that includes itself', settings: { files: 'a' }, files: { a: 'include a\n' }, codes: ['LW2007'] },
    {
      name: 'an ACL file with another line',
      settings: { files: 'a', aclFiles: 'b' },
      files: { a: '', b: 'usr x on\n' },
      codes: ['LW2005'],
    },
  ],
});

function needsPassword(): Answers {
  return Object.fromEntries(Object.keys(answers).map((command) => [command, '-NOAUTH Authentication required.']));
}

function without(command: string): Answers {
  return Object.fromEntries(Object.entries(answers).filter(([name]) => name !== command));
}

async function read(scenario: Omit<Scenario, 'name'>): Promise<ReadonlyMap<string, Resource>> {
  const run = await runScenario(connector, { name: 'x', ...scenario });
  expect(run.notices).toEqual([]);
  return new Map(run.resources.map((resource) => [`${resource.kind} ${resource.key}`, resource]));
}

const fromText = (text: string) => read({ settings: { files: 'a.conf' }, files: { 'a.conf': text } });

function differences(left: ReadonlyMap<string, Resource>, right: ReadonlyMap<string, Resource>): readonly string[] {
  const names = [...new Set([...left.keys(), ...right.keys()])].sort();
  return names.flatMap((name) => {
    const [before, after] = [left.get(name), right.get(name)];
    if (!before || !after) return [`${before ? '-' : '+'} ${name}`];
    const found = compareAttributes(kinds.find(before.kind), before.attributes, after.attributes);
    return found.map(({ path }) => name + path);
  });
}

describe('a server and the file it was started with', () => {
  const live = () => read(server('live', answers));
  const declared = (change: (text: string) => string = (text) => text) =>
    read({
      settings: { files: 'redis.conf' },
      files: { 'redis.conf': change(recorded['redis.conf']), 'users.conf': change(recorded['users.conf']) },
    });

  it('are the same', async () => {
    expect(differences(await declared(), await live())).toEqual(['+ redis.server redis']);
  });

  it.each<[string, RegExp, string, string]>([
    ['another size', /maxmemory 128mb/, 'maxmemory 128m', 'redis.settings redis/maxmemory'],
    ['a setting that is the default', /appendonly yes\n/, '', 'redis.settings redis/appendonly'],
    ['snapshots off', /save 300 10/, 'save ""', 'redis.settings redis/save'],
    ['a buffer limit', /64mb 16mb/, '64mb 17mb', 'redis.settings redis/client-output-buffer-limit'],
    ['a password', /reader on >\S+|leeway on >\S+/, 'leeway on >other', 'redis.acl-user leeway/passwords'],
    ['a key pattern', /~cart:\*/, '~cart:{*', 'redis.acl-user portal/keys'],
    ['a command', /-@dangerous/, '-@dangerous +keys', 'redis.acl-user portal/commands'],
  ])('differ by %s', async (_, from, to, found) => {
    expect(differences(await declared((text) => text.replace(from, to)), await live()).join('\n')).toContain(found);
  });

  it('differ in nothing for other spellings', async () => {
    const other = (text: string) =>
      text
        .replace('maxmemory 128mb', 'MAXMEMORY 131072KB')
        .replace('appendonly yes', 'appendonly "YES"')
        .replace('replica-read-only', 'slave-read-only')
        .replace('save 900 1\nsave 300 10', 'save 900 1 300 10')
        .replace('Ex', 'xE')
        .replace('allkeys allchannels allcommands', '+@all &* ~a ~*');
    expect(differences(await declared(other), await live())).toEqual(['+ redis.server redis']);
  });
});

describe('what a file leaves out', () => {
  it('has the default user, open or behind the password', async () => {
    const [open, closed] = [await fromText(''), await fromText(`requirepass ${marker}`)];
    expect(open.get('redis.acl-user default')?.attributes).toMatchObject({ passwordless: true, commands: ['@all'] });
    expect(closed.get('redis.acl-user default')?.attributes).toMatchObject({ passwordless: false, passwordCount: 1 });
  });

  it('follows its includes in their place', async () => {
    const files = { 'c/a.conf': 'timeout 1\ninclude b.conf\nport 7\n', 'c/b.conf': 'timeout 2\nport 8\n' };
    const found = await read({ settings: { files: 'c/a.conf' }, files });
    expect(found.get('redis.settings redis')?.attributes).toMatchObject({ timeout: '2', port: '7' });
  });

  it('reads quoted words as the server does', () => {
    const { directives } = parseConf(`a "x \\"y\\" \\x41\\n" 'it\\'s' plain\n`, 'f');
    expect(directives[0]?.args).toEqual(['x "y" A\n', "it's", 'plain']);
    expect(parseConf('a "b"c', 'f').broken).toHaveLength(1);
  });
});

describe('commands in effect', () => {
  const rule = fc
    .tuple(
      fc.constantFrom('+', '-'),
      fc.constantFrom('get', 'set', 'config|get', 'config', '@read', '@write', '@dangerous', 'ft.search', '@all'),
    )
    .map(([sign, name]) => sign + name);

  it('are the same when told again in other words', () => {
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 8 }), (rules) => {
        const allowed = allowedCommands(rules);
        const single = allowed.filter((name) => !/^[@-]/.test(name)).map((name) => `+${name}`);
        const refused = allowed.filter((name) => name.startsWith('-'));
        const everyKnown = allowedCommands(['+@all', '-nothing']).filter((name) => !/^[@-]/.test(name));
        const base = allowed.some((name) => name.startsWith('@'))
          ? ['+@all', ...(allowed.includes('@all') ? [] : everyKnown.map((name) => `-${name}`))]
          : ['-@all'];
        expect(allowedCommands([...base, ...single.toReversed(), ...refused])).toEqual(allowed);
      }),
    );
  });

  it('know containers, subcommands and later rules', () => {
    expect(allowedCommands(['-@all', '+config|get', '+config|set', '-config|set'])).toEqual(['config|get']);
    expect(allowedCommands(['+@all', '-ft.search'])).toContain('-ft.search');
    expect(allowedCommands(['-@all', '+ft.search'])).toEqual(['ft.search']);
    expect(allowedCommands(['+get', '+@all'])).toEqual(['@all']);
  });
});

describe('settings', () => {
  it.each([
    [{}],
    [{ files: 'a', url: 'redis://a.test' }],
    [{ url: 'http://a.test' }],
    [{ url: 'redis://:pw@a.test' }],
    [{ url: 'redis://a.test', username: 'u' }],
  ])('%j are refused', (settings) => expect(connector.settings.safeParse(settings).success).toBe(false));

  it('are found for files and addresses alone', () => {
    expect(connector.standalone?.({ paths: ['a.conf'], head: recorded['redis.conf'] })?.confidence).toBe(0.9);
    expect(connector.standalone?.({ paths: ['redis-6379.conf'], head: '' })?.confidence).toBe(0.8);
    expect(connector.standalone?.({ paths: ['a.conf'], head: 'server {' })?.confidence).toBe(0);
    expect(connector.standalone?.({ url: 'redis://a.test' })?.settings).toMatchObject({ url: 'redis://a.test' });
    expect(connector.standalone?.({ url: 'http://a.test' })).toBeUndefined();
  });
});

describe('words', () => {
  const said = (kindName: string, path: string, after: unknown) => {
    const kind = kinds.find(kindName);
    return kind.describe?.({ kind, name: 'x', path, before: undefined, after: after as never })?.actual;
  };
  it.each<[string, string, unknown, string]>([
    ['redis.settings', '/maxmemory', '134217728', 'may use 128 MiB of memory'],
    ['redis.settings', '/maxmemory', '0', 'may use all memory'],
    ['redis.settings', '/maxmemory-policy', 'noeviction', 'refuses writes when memory is full'],
    ['redis.settings', '/save', '', 'saves no snapshots'],
    ['redis.settings', '/protected-mode', 'no', 'is not in protected mode'],
    ['redis.acl-user', '/passwordless', true, 'needs no password'],
    ['redis.acl-user', '/enabled', false, 'may not sign in'],
  ])('%s%s %s', (kind, path, after, words) => expect(said(kind, path, after)).toBe(words));
});
