import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { checkedAddress, isInternal } from './addresses.ts';
import { post } from './post.ts';

describe('addresses inside a network', () => {
  it.each([
    '127.0.0.1',
    '127.8.9.10',
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.100.100.200',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:169.254.169.254',
    '::ffff:a9fe:a9fe',
    '::7f00:1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'fc00::1',
    'fd12::1',
    'fe80::1',
    'fec0::1',
    'fd00:ec2::254',
    'ff02::1',
    '2001:db8::1',
    'no address',
  ])('%s', (address) => expect(isInternal(address)).toBe(true));
  it.each(['1.1.1.1', '8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700:4700::1111', '::ffff:8.8.8.8'])(
    '%s is none',
    (address) => expect(isInternal(address)).toBe(false),
  );
});

describe('an address to connect to', () => {
  it.each(['127.0.0.1', '[::1]', '[::ffff:127.0.0.1]', 'localhost', '169.254.169.254'])(
    '%s is refused',
    async (host) => {
      await expect(checkedAddress(host, [])).rejects.toMatchObject({ problem: { code: 'LW8210' } });
    },
  );
  it('is given where its host is allowed by name, and by no other', async () => {
    expect(await checkedAddress('127.0.0.1', ['127.0.0.1'])).toBe('127.0.0.1');
    await expect(checkedAddress('127.0.0.2', ['127.0.0.1'])).rejects.toMatchObject({ problem: { code: 'LW8210' } });
  });
  it.each(['http://0x7f000001/', 'http://2130706433/', 'http://0177.0.0.1/', 'http://127.1/'])(
    '%s is the loopback it stands for',
    async (url) => {
      const posting = { url, body: '{}', allowInternal: [], label: 'Channel "x"' };
      await expect(post(posting)).rejects.toMatchObject({ problem: { code: 'LW8210' } });
    },
  );
});

describe('posting', () => {
  it('does not follow redirects, and takes no other scheme', async () => {
    let calls = 0;
    const server = createServer((_request, response) => {
      calls++;
      response.writeHead(302, { location: '/elsewhere' }).end();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const common = { body: '{}', allowInternal: ['127.0.0.1'], label: 'Channel "x"' };
    expect(await post({ ...common, url: `http://127.0.0.1:${port}/` })).toBe(302);
    expect(calls).toBe(1);
    await expect(post({ ...common, url: 'file:///etc/passwd' })).rejects.toMatchObject({ problem: { code: 'LW8212' } });
    server.close();
    await once(server, 'close');
    const refused = post({ ...common, url: `http://127.0.0.1:${port}/` });
    await expect(refused).rejects.toMatchObject({ problem: { code: 'LW8212' } });
  });
});
