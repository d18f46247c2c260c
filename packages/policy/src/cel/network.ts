import { rememberByText } from './remember.ts';

/**
 * Networks as rules write them: CIDR blocks, bare addresses, the words some clouds use for "everywhere", and port
 * ranges in their several spellings.
 */

/** How Azure (`Internet`, `Any`, `*`) and others write every address. */
const worldWords = new Set(['*', 'any', 'internet', '0.0.0.0', '::', 'all']);

/**
 * Networks that are not the internet, as [first address, prefix length]: RFC 1918, loopback, link local, shared address
 * space (RFC 6598), multicast and up.
 */
const privateV4: readonly (readonly [number, number])[] = [
  [0x0a000000, 8],
  [0xac100000, 12],
  [0xc0a80000, 16],
  [0x7f000000, 8],
  [0xa9fe0000, 16],
  [0x64400000, 10],
  [0xe0000000, 3],
];

/** A public IPv4 block wider than this (more than 2^24 addresses) or IPv6 block wider than /16 names nobody in particular. */
const widestKnownV4 = 8;
const widestKnownV6 = 16;

/**
 * Whether a source of traffic is the world: every address, one of the halves people split it into to slip past a
 * check for `0.0.0.0/0`, or any public block wider than /8 (IPv4) or /16 (IPv6).
 */
export const isWorld = rememberByText(judgeSource, 10_000);

function judgeSource(source: string): boolean {
  const text = source.trim().toLowerCase();
  if (worldWords.has(text)) return true;
  const slash = text.indexOf('/');
  if (slash < 0) return false;
  const address = text.slice(0, slash);
  const prefix = Number(text.slice(slash + 1));
  if (!Number.isInteger(prefix) || prefix < 0) return false;
  if (address.includes(':')) return prefix < widestKnownV6 && !/^f[cdef]/.test(address);
  const first = parseV4(address);
  return first !== undefined && prefix < widestKnownV4 && !isPrivateV4(first, prefix);
}

function parseV4(address: string): number | undefined {
  const parts = address.split('.').map(Number);
  if (parts.length !== 4 || parts.some((part) => !(Number.isInteger(part) && part >= 0 && part <= 255)))
    return undefined;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}

function isPrivateV4(first: number, prefix: number): boolean {
  return privateV4.some(([start, length]) => prefix >= length && first >>> (32 - length) === start >>> (32 - length));
}

/** First and last port of a range: `22`, `20-25`, `20:25`; `*`, `any`, `all`, `-1` and an empty text are every port. */
const rangeOf = rememberByText((range): readonly [number, number] => {
  const text = range.trim().toLowerCase();
  if (text === '' || text === '*' || text === 'any' || text === 'all' || text === '-1') return [0, 65_535];
  const [low, high] = text.split(/[-:]/, 2);
  return [Number(low), Number(high ?? low)];
}, 10_000);

/** Those of the ports that some of the ranges cover, in the order given. What is no range covers nothing. */
export function portsIn(ranges: readonly unknown[], ports: readonly unknown[]): readonly unknown[] {
  const spans = ranges.map((range) => rangeOf(String(range)));
  return ports.filter((port) => spans.some(([low, high]) => low <= Number(port) && Number(port) <= high));
}
