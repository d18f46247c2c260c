import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCertificateFile } from './parse-file.ts';
import { issue, makeKeyStore } from './testing/issue.ts';
import { readFilesWith as read } from './testing/read.ts';

const root = issue({ subject: 'Northwind Root', authority: true });
const portal = issue({ subject: 'portal.example', names: ['DNS:portal.example'], issuer: root });
const fullChain = portal.pem + root.pem;
const noPassword = { value: undefined, variable: undefined };

describe('bad files', () => {
  it.each([
    [
      'cut off in the middle of a block',
      fullChain.slice(0, -200),
      'LW2005',
      1 + portal.pem.trimEnd().split('\n').length,
    ],
    ['a block that holds no base64', portal.pem.replace(/\n[A-Za-z0-9+/]{8}/, '\n*&^%$#@!'), 'LW2005', 1],
    ['a block whose bytes are no certificate', portal.pem.replace(/\n[A-Za-z0-9+/]{8}/, '\nAAAAAAAA'), 'LW2005', 1],
    ['PKCS#7', '-----BEGIN PKCS7-----\nMIIB\n-----END PKCS7-----\n', 'LW2009', 1],
    ['a damaged key', '-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n', 'LW2005', 1],
  ])('%s', async (_, text, code, line) => {
    const { notices, complete } = await read({ 'a.pem': text });
    expect(notices.map(({ problem }) => [problem.code, problem.place?.line])).toEqual([[code, line]]);
    expect(complete).toEqual([]);
  });

  it.each([
    ['garbage', Buffer.from('not a certificate'), 'LW2009'],
    ['an empty file', Buffer.alloc(0), 'LW2009'],
    ['an old Java key store', Buffer.from('feedfeed00000002', 'hex'), 'LW2009'],
    ['DER that ends early', portal.der.subarray(0, 300), 'LW2005'],
    ['DER with a length of gigabytes', Buffer.from('3084ffffffff02010303', 'hex'), 'LW2005'],
    ['a key store that asks for 4 billion rounds', hostileStore(), 'LW2043'],
    ['a key store that ends early', makeKeyStore(portal, [], '').subarray(0, 500), 'LW2005'],
  ])('%s', async (_, bytes, code) => {
    const { codes, complete } = await read({ 'a.bin': bytes });
    expect(codes).toEqual([code]);
    expect(complete).toEqual([]);
  });

  it('that are too large are not read', async () => {
    const { codes } = await read({ 'a.pem': portal.pem }, { limit: 100 });
    expect(codes).toEqual(['LW2004']);
  });

  it('still give what can be read of the rest', async () => {
    const { certificates, codes, complete } = await read({ 'a.pem': 'garbage', 'b.pem': portal.pem });
    expect(Object.keys(certificates)).toEqual(['b.pem']);
    expect(codes).toEqual(['LW2009']);
    expect(complete).toEqual([]);
  });

  it('never throw and never pass in silence, whatever their bytes', async () => {
    const store = makeKeyStore(portal, [], '');
    const damaged = fc.constantFrom<Buffer>(portal.der, Buffer.from(fullChain), store).chain((bytes) =>
      fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 4 }).map((edits) => {
        const copy = Buffer.from(bytes);
        for (const [offset, value] of edits) copy[offset] = value;
        return copy;
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 200 }), damaged), async (bytes) => {
        const file = await parseCertificateFile(bytes, 'a', noPassword);
        // Either something was read or something is said; only PEM may hold nothing but other blocks.
        const { format = 'pem', certificates = [], keys = [], problems = [] } = file ?? {};
        expect(format === 'pem' || certificates.length + keys.length + problems.length > 0).toBe(true);
      }),
      { numRuns: 60, seed: 7 },
    );
  });
});

/** A real key store whose MAC asks for 0xffffffff rounds. */
function hostileStore(): Buffer {
  const store = makeKeyStore(portal, [], '', { rounds: 30_001 });
  const at = store.lastIndexOf(Buffer.from([0x02, 0x02, 0x75, 0x31]));
  expect(at).toBeGreaterThan(0);
  // The file's outer length grows by the three bytes the larger number needs; its MAC part likewise.
  const grown = Buffer.concat([store.subarray(0, at), Buffer.from([0x02, 0x05, 0x00, 0xff, 0xff, 0xff, 0xff])]);
  grown.writeUInt16BE(grown.readUInt16BE(2) + 3, 2);
  const mac = grown.lastIndexOf(Buffer.from([0x30, 0x21, 0x30, 0x09])) - 1;
  grown[mac] = (grown[mac] ?? 0) + 3;
  return grown;
}
