import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { failed, ok, type Problem, problem, type Result } from '@leeway/core';
import type forgeLibrary from 'node-forge';

type Forge = typeof forgeLibrary;
type Asn1 = forgeLibrary.asn1.Asn1;

/** What a PKCS#12 file holds. */
export interface KeyStore {
  readonly certificates: readonly X509Certificate[];
  readonly keys: readonly KeyObject[];
  /** Entries that cannot be read, such as a key of an unknown algorithm. */
  readonly problems: readonly Problem[];
}

/** OpenSSL writes 2,048 rounds, Java 10,000. A file that asks for billions would stop the process. */
const maximumRounds = 300_000;

/** A password and what to tell people about where it comes from. */
export interface Password {
  readonly value: string | undefined;
  /** Environment variable named by `passwordFrom`. */
  readonly variable: string | undefined;
}

/**
 * Opens a PKCS#12 file (RFC 7292). Without a password the two spellings of an empty one are tried, as trust stores use
 * them. Problems: LW2005 no PKCS#12, LW2041 a password is needed, LW2042 it is wrong, LW2043 it asks for too much work.
 */
export async function openPkcs12(bytes: Uint8Array, file: string, password: Password): Promise<Result<KeyStore>> {
  const { default: forge } = await import('node-forge');
  let root: Asn1;
  try {
    root = forge.asn1.fromDer(Buffer.from(bytes).toString('latin1'));
  } catch {
    return failed(
      problem('LW2005', { format: 'PKCS#12', reason: 'the file is damaged or cut off' }, { file, line: 1 }),
    );
  }
  const rounds = countRounds(forge, root);
  if (rounds > maximumRounds) return failed(problem('LW2043', { file, rounds, limit: maximumRounds }, { file }));
  const candidates = password.value === undefined ? ['', null] : [password.value];
  let found: Problem | undefined;
  for (const candidate of candidates) {
    const opened = tryPassword(forge, root, candidate);
    if ('bags' in opened) return ok(readBags(forge, opened.bags, file));
    found ??= openProblem(opened.reason, file, password);
  }
  return failed(found ?? problem('LW2042', { file }));
}

type Bag = forgeLibrary.pkcs12.Bag;

function tryPassword(forge: Forge, root: Asn1, password: string | null) {
  try {
    // The library takes null for "no password at all"; its type does not say so.
    const store = forge.pkcs12.pkcs12FromAsn1(root, false, password as string);
    return { bags: store.safeContents.flatMap((contents) => contents.safeBags) };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : '' };
  }
}

function openProblem(reason: string, file: string, password: Password): Problem {
  const passwordRefused = /password|decrypt|MAC/i.test(reason) && !/unsupported/i.test(reason);
  if (!passwordRefused) {
    const detail = /unsupported/i.test(reason)
      ? 'it uses an algorithm that is not supported'
      : 'its contents do not fit';
    return problem('LW2005', { format: 'PKCS#12', reason: detail }, { file, line: 1 });
  }
  if (password.value === undefined) return problem('LW2041', { file, variable: password.variable ?? 'none' }, { file });
  return problem('LW2042', { file, variable: password.variable ?? 'none' }, { file });
}

function readBags(forge: Forge, bags: readonly Bag[], file: string): KeyStore {
  const certificates: X509Certificate[] = [];
  const keys: KeyObject[] = [];
  const problems: Problem[] = [];
  const { certBag, keyBag, pkcs8ShroudedKeyBag } = forge.pki.oids;
  for (const bag of bags) {
    try {
      if (bag.type === certBag) certificates.push(new X509Certificate(certificateBytes(forge, bag)));
      else if (bag.type === keyBag || bag.type === pkcs8ShroudedKeyBag) keys.push(privateKey(forge, bag));
    } catch {
      const reason = 'one of its entries is neither a readable certificate nor a readable key';
      problems.push(problem('LW2005', { format: 'PKCS#12', reason }, { file, line: 1 }));
    }
  }
  return { certificates, keys, problems };
}

function certificateBytes(forge: Forge, bag: Bag): Buffer {
  const whole = bag.cert ? restoreCertificate(forge, forge.pki.certificateToAsn1(bag.cert)) : bag.asn1;
  return Buffer.from(forge.asn1.toDer(whole).getBytes(), 'latin1');
}

/**
 * The library keeps the signed body of a certificate but writes the algorithm beside it anew, which changes the fingerprint
 * where parameters were left out. The body names the same algorithm (RFC 5280, 4.1.1.2): its first plain sequence.
 */
function restoreCertificate(forge: Forge, certificate: Asn1): Asn1 {
  const [body, , signature] = partsOf(certificate);
  const algorithm = partsOf(body).find((part) => part.type === forge.asn1.Type.SEQUENCE && part.tagClass === 0);
  if (!body || !algorithm || !signature) return certificate;
  return forge.asn1.create(forge.asn1.Class.UNIVERSAL, forge.asn1.Type.SEQUENCE, true, [body, algorithm, signature]);
}

function partsOf(node: Asn1 | undefined): readonly Asn1[] {
  return node && typeof node.value !== 'string' ? node.value : [];
}

function privateKey(forge: Forge, bag: Bag): KeyObject {
  const tree = bag.key ? forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(bag.key)) : bag.asn1;
  const key = Buffer.from(forge.asn1.toDer(tree).getBytes(), 'latin1');
  return createPrivateKey({ key, format: 'der', type: 'pkcs8' });
}

/**
 * The largest number of rounds a key derivation in this tree asks for. All of them (PKCS#12's own, PBKDF2, scrypt, the
 * MAC's) write a salt, an OCTET STRING, followed by that number; octet strings may wrap further trees.
 */
export function countRounds(forge: Forge, tree: Asn1): number {
  const { OCTETSTRING, INTEGER } = forge.asn1.Type;
  let largest = 0;
  const pending: Asn1[] = [tree];
  for (let node = pending.pop(); node; node = pending.pop()) {
    const children = childrenOf(forge, node);
    for (const [index, child] of children.entries()) {
      const next = children[index + 1];
      if (child.type === OCTETSTRING && next?.type === INTEGER && typeof next.value === 'string') {
        largest = Math.max(largest, Number.parseInt(Buffer.from(next.value, 'latin1').toString('hex') || '0', 16));
      }
      pending.push(child);
    }
  }
  return largest;
}

function childrenOf(forge: Forge, node: Asn1): readonly Asn1[] {
  if (typeof node.value !== 'string') return node.value;
  if (node.type !== forge.asn1.Type.OCTETSTRING || node.value.charCodeAt(0) !== 0x30) return [];
  try {
    return [forge.asn1.fromDer(node.value)];
  } catch {
    return []; // salts and encrypted bytes may look like a tree by chance
  }
}
