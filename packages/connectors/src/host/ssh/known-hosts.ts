import { createHash, createHmac } from 'node:crypto';
import { matchesWildcard } from '@leeway/core';

/** One line of a known_hosts file, see sshd(8), SSH_KNOWN_HOSTS FILE FORMAT. */
export interface KnownHost {
  readonly patterns: readonly string[];
  readonly type: string;
  /** The public key in its wire form, base64. */
  readonly key: string;
  readonly revoked: boolean;
}

/** The lines that name a key. Those of certificate authorities are left out: certificates are not accepted. */
export function parseKnownHosts(text: string): readonly KnownHost[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const [, marker, patterns = '', type = '', key] =
      /^\s*(?:(@[\w-]+)\s+)?([^\s#@]\S*)\s+(\S+)\s+([A-Za-z\d+/]+=*)(?:\s|$)/.exec(line) ?? [];
    if (key === undefined || (marker !== undefined && marker !== '@revoked')) return [];
    return [{ patterns: patterns.split(','), type, key, revoked: marker !== undefined }];
  });
}

/** The lines that speak of a host at a port: by name, by pattern, or by a hash of its name. */
export function knownFor(known: readonly KnownHost[], address: string, port: number): readonly KnownHost[] {
  const lower = address.toLowerCase();
  const name = port === 22 ? lower : `[${lower}]:${port}`;
  return known.filter(({ patterns }) => {
    const denied = patterns.some((pattern) => pattern.startsWith('!') && fits(pattern.slice(1), name));
    return !denied && patterns.some((pattern) => fits(pattern, name));
  });
}

function fits(pattern: string, name: string): boolean {
  const [, salt, digest] = /^\|1\|([^|]+)\|([^|]+)$/.exec(pattern) ?? [];
  if (salt === undefined) return matchesWildcard(pattern.toLowerCase(), name);
  return createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest('base64') === digest;
}

/** `SHA256:…` without padding, as OpenSSH prints it. */
export function fingerprintOf(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}

/** What is known of a host's key: the lines of known_hosts, and fingerprints from the settings. */
export interface Trust {
  readonly known: readonly KnownHost[];
  readonly fingerprints: readonly string[];
}

/** Whether a key a host shows is the one that is known. */
export function judgeHostKey(key: Buffer, { known, fingerprints }: Trust): 'trusted' | 'unknown' | 'other' {
  const encoded = key.toString('base64');
  const same = known.filter((line) => line.key === encoded);
  if (same.some(({ revoked }) => revoked)) return 'other';
  if (same.length > 0) return 'trusted';
  const print = fingerprintOf(key);
  if (fingerprints.some((known) => known.replace(/=+$/, '') === print)) return 'trusted';
  return known.length + fingerprints.length > 0 ? 'other' : 'unknown';
}

/** Algorithms to ask for, so that a host with several keys shows the one that is known; undefined leaves the choice. */
export function wantedAlgorithms({ known, fingerprints }: Trust): readonly string[] | undefined {
  const types = new Set(known.filter(({ revoked }) => !revoked).map(({ type }) => type));
  if (types.size === 0 || fingerprints.length > 0) return undefined;
  // One RSA key signs in three ways; RFC 8332.
  return [...types].flatMap((type) => (type === 'ssh-rsa' ? ['rsa-sha2-512', 'rsa-sha2-256', 'ssh-rsa'] : [type]));
}
