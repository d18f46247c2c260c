import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { ProblemError, problem } from '@leeway/core';

/** Ranges that are not the public internet: IANA's special-purpose registries of IPv4 and IPv6. */
const ranges: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
  ['5f00::', 16],
  ['fc00::', 7],
  ['fe80::', 9],
  ['ff00::', 8],
];

const internal = new BlockList();
for (const [address, bits] of ranges) internal.addSubnet(address, bits, isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** Whether an address is inside some network rather than on the internet. An IPv4 address written as IPv6 is what it is. */
export function isInternal(address: string): boolean {
  const family = isIP(address);
  if (family === 0) return true;
  return internal.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

/**
 * The address to connect to for a host name or literal address, where the server may: connecting to what was checked
 * leaves nobody time to point the name elsewhere. Any internal address among several refuses the name.
 * Problems: LW8210 (refused), LW8211 (not known).
 */
export async function checkedAddress(host: string, allowInternal: readonly string[]): Promise<string> {
  const name = host.replace(/^\[|\]$/g, '').toLowerCase();
  const found = isIP(name) === 0 ? await resolve(name) : [name];
  const [first] = found;
  if (first === undefined) throw new ProblemError(problem('LW8211', { host: name, reason: 'it has no address' }));
  const isAllowed = allowInternal.some((allowed) => allowed.toLowerCase() === name);
  if (!isAllowed && found.some(isInternal)) throw new ProblemError(problem('LW8210', { host: name }));
  return first;
}

async function resolve(name: string): Promise<readonly string[]> {
  try {
    return (await lookup(name, { all: true })).map(({ address }) => address);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'it could not be looked up';
    throw new ProblemError(problem('LW8211', { host: name, reason }));
  }
}
