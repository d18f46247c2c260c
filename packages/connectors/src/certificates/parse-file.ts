import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { type Problem, problem } from '@leeway/core';
import { type PemBlock, splitPem } from './pem.ts';
import { countRounds, openPkcs12, type Password } from './pkcs12.ts';

export type CertificateFormat = 'pem' | 'der' | 'pkcs12';

/** A private key that was found. `key` is absent when it is under a password that was not given. */
export interface FoundKey {
  readonly encrypted: boolean;
  readonly key?: KeyObject;
}

/** What one file holds, as far as it can be read. */
export interface CertificateFile {
  readonly format: CertificateFormat;
  /** In the order of the file. */
  readonly certificates: readonly X509Certificate[];
  readonly keys: readonly FoundKey[];
  readonly problems: readonly Problem[];
}

/** OpenSSL derives the keys of PEM files: two million rounds take it about a second. */
const maximumRounds = 2_000_000;

const certificateLabels = new Set(['CERTIFICATE', 'X509 CERTIFICATE', 'TRUSTED CERTIFICATE']);

/** Reads a file by what it holds, not by its name: PEM, one DER certificate, or PKCS#12. Undefined for anything else. */
export async function parseCertificateFile(
  bytes: Uint8Array,
  file: string,
  password: Password,
): Promise<CertificateFile | undefined> {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  if (text.includes('-----BEGIN ')) return parsePem(text, file, password);
  if (bytes[0] !== 0x30) return undefined;
  return isPkcs12(bytes) ? parsePkcs12(bytes, file, password) : parseDer(bytes, file);
}

/** PKCS#12 opens with version 3, `02 01 03`, within its first bytes; a certificate opens with a second sequence. */
function isPkcs12(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 8)).includes(Buffer.from([0x02, 0x01, 0x03]));
}

async function parsePkcs12(bytes: Uint8Array, file: string, password: Password): Promise<CertificateFile> {
  const opened = await openPkcs12(bytes, file, password);
  if (!opened.ok) return { format: 'pkcs12', certificates: [], keys: [], problems: opened.problems };
  const { certificates, keys, problems } = opened.value;
  return { format: 'pkcs12', certificates, keys: keys.map((key) => ({ encrypted: true, key })), problems };
}

function parseDer(bytes: Uint8Array, file: string): CertificateFile {
  const certificate = parseCertificate(bytes);
  if (certificate) return { format: 'der', certificates: [certificate], keys: [], problems: [] };
  const damaged = problem(
    'LW2005',
    { format: 'DER', reason: 'it is no X.509 certificate, or cut off' },
    { file, line: 1 },
  );
  return { format: 'der', certificates: [], keys: [], problems: [damaged] };
}

function parseCertificate(der: Uint8Array): X509Certificate | undefined {
  try {
    return new X509Certificate(der);
  } catch {
    return undefined;
  }
}

async function parsePem(text: string, file: string, password: Password): Promise<CertificateFile> {
  const { blocks, problems: syntax } = splitPem(text, file);
  const certificates: X509Certificate[] = [];
  const keys: FoundKey[] = [];
  const problems = [...syntax];
  for (const block of blocks) {
    const place = { file, line: block.line };
    if (certificateLabels.has(block.label)) {
      const certificate = parseCertificate(block.der);
      if (certificate) certificates.push(certificate);
      else problems.push(problem('LW2005', { format: 'X.509', reason: 'the block is damaged or cut off' }, place));
    } else if (block.label.endsWith('PRIVATE KEY')) {
      const found = await parsePrivateKey(block, password, file);
      if ('code' in found) problems.push(found);
      else keys.push(found);
    } else if (block.label === 'PKCS7') {
      const what = { what: 'A PKCS#7 bundle', expected: 'a list of CERTIFICATE blocks' };
      problems.push(problem('LW2009', what, place));
    }
  }
  return { format: 'pem', certificates, keys, problems };
}

async function parsePrivateKey(block: PemBlock, password: Password, file: string): Promise<FoundKey | Problem> {
  const { encrypted, line } = block;
  if (encrypted && password.value === undefined) return { encrypted };
  const rounds = encrypted ? await roundsOf(block) : 0;
  if (rounds > maximumRounds) return problem('LW2043', { file, rounds, limit: maximumRounds }, { file, line });
  try {
    const key = createPrivateKey({ key: block.text, format: 'pem', passphrase: password.value ?? '' });
    return { encrypted, key };
  } catch {
    if (encrypted) return problem('LW2042', { file, variable: password.variable ?? 'none' }, { file, line });
    const reason = 'the private key is damaged, cut off or of an unknown type';
    return problem('LW2005', { format: 'PEM', reason }, { file, line });
  }
}

async function roundsOf(block: PemBlock): Promise<number> {
  const { default: forge } = await import('node-forge');
  try {
    return countRounds(forge, forge.asn1.fromDer(Buffer.from(block.der).toString('latin1')));
  } catch {
    return 0; // OpenSSL's older form has no tree around the encrypted bytes, and no rounds
  }
}
