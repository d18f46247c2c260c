import type { X509Certificate } from 'node:crypto';
import { posix } from 'node:path';
import { listFiles, type ReadContext, type Reading } from '@leeway/connector-kit';
import { parseKeyPattern } from '@leeway/connector-kit/key-pattern.ts';
import { type Json, type Problem, ProblemError, problem } from '@leeway/core';
import { type Authorities, buildChain, findLeaves, indexBySubject, isOrdered, trustedAuthorities } from './chain.ts';
import { describeCertificate, describeKey, publicKeyDigest } from './describe.ts';
import { type CertificateFile, type FoundKey, parseCertificateFile } from './parse-file.ts';
import type { Password } from './pkcs12.ts';
import type { CertificateSettings } from './schema.ts';

interface NamedFile extends CertificateFile {
  readonly path: string;
  readonly key: string;
}

/** Yields a `tls.file` for each file and a `tls.certificate` for each certificate that issued none of the others in it. */
export async function* readFiles(settings: CertificateSettings, context: ReadContext): AsyncIterable<Reading> {
  if (settings.files.length === 0) return;
  const { trusted } = yield* readTrusted(settings, context);
  const listed = await listFiles(context.files, settings.files);
  if (!listed.ok) for (const each of listed.problems) yield noticeOf(each);
  const files: NamedFile[] = [];
  const paths = listed.ok ? listed.value : [];
  const keyOf = keyMaker(settings, paths);
  for (const path of paths) {
    context.signal.throwIfAborted();
    const file = await readFile(path, settings, context);
    for (const each of file.problems) yield noticeOf(each);
    if (isReadable(file)) files.push({ ...file, path, key: keyOf(path) });
  }
  const owners = certificateKeysByFolder(files);
  for (const file of files) {
    yield fileReading(file, owners);
    yield* certificateReadings(file, trusted);
  }
}

/** A file of which nothing could be read is reported as such, not as an empty one. */
function isReadable(file: CertificateFile): boolean {
  return file.certificates.length + file.keys.length > 0;
}

function noticeOf(found: Problem): Reading {
  return { type: 'notice', problem: found };
}

/** Authorities of the settings' `trust` and of the public list; `pem` has the former alone. */
export interface Trusted {
  readonly trusted: readonly Authorities[];
  readonly pem: readonly string[];
}

/** Reads the authorities that settings name. */
export async function* readTrusted(
  settings: CertificateSettings,
  context: ReadContext,
): AsyncGenerator<Reading, Trusted> {
  const own: X509Certificate[] = [];
  for (const path of await listTrust(settings, context)) {
    const file = await readFile(path, settings, context);
    for (const each of file.problems) yield noticeOf(each);
    own.push(...file.certificates);
  }
  return { trusted: trustedAuthorities(own), pem: own.map(String) };
}

async function listTrust(settings: CertificateSettings, context: ReadContext): Promise<readonly string[]> {
  return settings.trust.length > 0 ? context.files.list(settings.trust) : [];
}

async function readFile(path: string, settings: CertificateSettings, context: ReadContext): Promise<CertificateFile> {
  const nothing = { format: 'pem', certificates: [], keys: [] } as const;
  try {
    const bytes = await context.files.read(path, settings.limit);
    const file = await parseCertificateFile(bytes, path, passwordOf(settings, context));
    const what = { what: describeUnknown(bytes), expected: 'PEM, a DER certificate or PKCS#12' };
    return file ?? { ...nothing, problems: [problem('LW2009', what, { file: path })] };
  } catch (error) {
    if (error instanceof ProblemError) return { ...nothing, problems: [error.problem] };
    throw error;
  }
}

function describeUnknown(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'An empty file';
  const isJavaKeyStore = Buffer.from(bytes.subarray(0, 4)).toString('hex') === 'feedfeed';
  return isJavaKeyStore ? 'A Java key store in its old format (JKS)' : 'Something else';
}

function passwordOf(settings: CertificateSettings, context: ReadContext): Password {
  const variable = settings.passwordFrom;
  return { variable, value: variable === undefined ? undefined : context.variable(variable) };
}

function keyMaker({ key, name }: CertificateSettings, paths: readonly string[]): (path: string) => string {
  if (name !== undefined && paths.length === 1) return () => name;
  const pattern = key === undefined ? undefined : parseKeyPattern(key);
  return (path) => pattern?.keyOf(path) ?? path;
}

/** Digests of the public keys of all certificates of a folder: a key often lies beside its certificate. */
function certificateKeysByFolder(files: readonly NamedFile[]): ReadonlyMap<string, ReadonlySet<string>> {
  const byFolder = new Map<string, Set<string>>();
  for (const { path, certificates } of files) {
    const folder = posix.dirname(path);
    const known = byFolder.get(folder) ?? new Set();
    byFolder.set(folder, known);
    for (const each of certificates) {
      const digest = digestOf(each);
      if (digest) known.add(digest);
    }
  }
  return byFolder;
}

function digestOf(certificate: X509Certificate): string | undefined {
  try {
    return publicKeyDigest(certificate.publicKey);
  } catch {
    return undefined; // a key algorithm this OpenSSL does not know
  }
}

function fileReading(file: NamedFile, owners: ReadonlyMap<string, ReadonlySet<string>>): Reading {
  const { format, certificates, keys, path, key } = file;
  const beside = owners.get(posix.dirname(path));
  const attributes = {
    format,
    certificates: certificates.length,
    ...(certificates.length > 1 && findLeaves(certificates).length === 1 && { ordered: isOrdered(certificates) }),
    ...(keys.length > 0 && { privateKeys: keys.map((each) => describePrivateKey(each, beside)) }),
  };
  return { type: 'resource', resource: { kind: 'tls.file', key, attributes, origin: { place: path } } };
}

function describePrivateKey({ key, encrypted }: FoundKey, certificates: ReadonlySet<string> | undefined): Json {
  if (!key) return { encrypted };
  return { ...describeKey(key), encrypted, matches: certificates?.has(publicKeyDigest(key)) ?? false };
}

function* certificateReadings(file: NamedFile, trusted: readonly Authorities[]): Iterable<Reading> {
  const leaves = findLeaves(file.certificates);
  const sent = indexBySubject(file.certificates);
  const names = nameLeaves(file.key, leaves);
  for (const [index, leaf] of leaves.entries()) {
    const attributes = describeCertificate(leaf, buildChain(leaf, sent, trusted));
    const key = names[index] ?? file.key;
    yield { type: 'resource', resource: { kind: 'tls.certificate', key, attributes, origin: { place: file.path } } };
  }
}

/**
 * A server's bundle has one leaf, which the file stands for. A trust store has many: they go by their subject, and where
 * several have the same one (a renewed root) by the order of their end of validity.
 */
function nameLeaves(key: string, leaves: readonly X509Certificate[]): readonly string[] {
  if (leaves.length === 1) return [key];
  const rank = (each: X509Certificate) =>
    leaves.filter((other) => other.subject === each.subject && sortKey(other) < sortKey(each)).length;
  return leaves.map((each) => {
    const before = rank(each);
    return `${key}#${each.subject.split('\n').join(', ')}${before > 0 ? ` (${before + 1})` : ''}`;
  });
}

function sortKey(certificate: X509Certificate): string {
  return `${new Date(certificate.validTo).getTime().toString().padStart(16, '0')} ${certificate.fingerprint256}`;
}
