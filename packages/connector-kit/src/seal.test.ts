import { createHmac } from 'node:crypto';
import fc from 'fast-check';
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

  it('is an HMAC-SHA-256 of the domain and the secret, whatever the length of either', () => {
    const bytes = fc.uint8Array({ minLength: 16, maxLength: 150 });
    fc.assert(
      fc.property(bytes, fc.string({ minLength: 1, unit: 'binary', maxLength: 300 }), (anyKey, secret) => {
        const digest = createHmac('sha256', anyKey).update('leeway.seal.v1\0').update(secret).digest('hex');
        expect(sealWith(anyKey)(secret)).toEqual({ $secret: digest.slice(0, 16) });
      }),
    );
  });

  it('shows an empty secret as such and refuses a short key', () => {
    expect(sealWith(key)('')).toEqual({ $secret: 'empty' });
    expect(() => sealWith('short')).toThrow(RangeError);
  });
});
