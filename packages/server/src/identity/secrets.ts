import { hash, randomBytes } from 'node:crypto';

/** 256 random bits in 43 characters that go anywhere in a URL or header. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * What is kept of a secret. One round is enough: it has 256 random bits, so that there is nothing to guess; only
 * passwords, which people choose, need more.
 */
export function hashSecret(secret: string): string {
  return hash('sha256', secret);
}

/** The token against forgery of a session: follows from its secret, not from what is kept of it. */
export function csrfOf(secret: string): string {
  return hash('sha256', `csrf ${secret}`, 'base64url');
}
