import { describe, expect, it } from 'vitest';
import { encode, signRequest } from './sign.ts';

/** Keys, instant and signatures of AWS's own examples: https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html */
const credentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const at = new Date('2013-05-24T00:00:00Z');

function signatureOf(url: string, headers: Record<string, string> = {}): string | undefined {
  const request = { method: 'GET', url: new URL(url), headers, body: '' };
  const signed = signRequest(request, credentials, { region: 'us-east-1', service: 's3' }, at);
  return signed['authorization']?.split('Signature=')[1];
}

describe('Signature Version 4', () => {
  it.each<[string, string, Record<string, string>, string]>([
    [
      'an object',
      'https://examplebucket.s3.amazonaws.com/test.txt',
      { range: 'bytes=0-9' },
      'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    ],
    [
      'a part without a value',
      'https://examplebucket.s3.amazonaws.com/?lifecycle=',
      {},
      'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
    ],
    [
      'a query in another order',
      'https://examplebucket.s3.amazonaws.com/?prefix=J&max-keys=2',
      {},
      '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
    ],
  ])("signs %s as AWS's example says", (_, url, headers, signature) => {
    expect(signatureOf(url, headers)).toBe(signature);
  });

  it('carries a session token and signs it', () => {
    const request = { method: 'GET', url: new URL('https://iam.amazonaws.com/'), headers: {}, body: '' };
    const scope = { region: 'us-east-1', service: 'iam' };
    const signed = signRequest(request, { ...credentials, sessionToken: 'token' }, scope, at);
    expect(signed['x-amz-security-token']).toBe('token');
    expect(signed['authorization']).toContain(
      'SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-security-token,',
    );
    expect(signed).not.toHaveProperty('host');
  });

  it('escapes everything that RFC 3986 does not leave alone', () => {
    expect(encode("a b!'()*~-._/é")).toBe('a%20b%21%27%28%29%2A~-._%2F%C3%A9');
  });
});
