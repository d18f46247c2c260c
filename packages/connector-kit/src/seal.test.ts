import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sealWith } from './seal.ts';

const key = 'an estate key of 32 characters..';

describe('seal', () => {
  it('gives equal digests for equal secrets under one key, and others under another', () => {
    expect(sealWith(key)('a')).toEqual({ $secret: expect.stringMatching(/^[\da-f]{16}$/) });
    expect(sealWith(key)('a')).toEqual(sealWith(Buffer.from(key))('a'));
    expect(sealWith(key)('a')).not.toEqual(sealWith(key)('b'));
    expect(sealWith(key)('a')).not.toEqual(sealWith(`${key}x`)('a'));
  });

  it('is not the plain HMAC of the secret, so that another use of the key tells nothing', () => {
    const plain = createHmac('sha256', key).update('a').digest('hex').slice(0, 16);
    expect(sealWith(key)('a')).not.toEqual({ $secret: plain });
  });

  it('shows an empty secret as such and refuses a short key', () => {
    expect(sealWith(key)('')).toEqual({ $secret: 'empty' });
    expect(() => sealWith('short')).toThrow(RangeError);
  });
});
