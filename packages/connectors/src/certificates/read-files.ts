import type { X509Certificate } from 'node:crypto';
import { posix } from 'node:path';
import { listFiles, type ReadContext, type Reading } from '@leeway/connector-kit';
import { keyMaker } from '@leeway/connector-kit/key-pattern.ts';
import type { Json, Problem } from '@leeway/core';
import { type Authorities, buildChain, findLeaves, indexBySubject, isOrdered } from './chain.ts';
import { describeCertificate, describeKey, publicKeyDigest } from './describe.ts';
import type { CertificateFile, FoundKey } from './parse-file.ts';
import { readCertificateFile } from './read-file.ts';
import type { CertificateSettings } from './schema.ts';

interface NamedFile extends CertificateFile {
  readonly path: string;
  readonly key: string;
}

/** Yields a `tls.file` for each file and a `tls.certificate` for each certificate that issued none of the others in it. */
export async function* readFiles(
  settings: CertificateSettings,
  context: ReadContext,
  trusted: readonly Authorities[],
): AsyncIterable<Reading> {
  if (settings.files.length === 0) return;
  const listed = await listFiles(context.files, settings.files);
  if (!listed.ok) for (const each of listed.problems) yield noticeOf(each);
  const files: NamedFile[] = [];
  const paths = listed.ok ? listed.value : [];
  const keyOf = keyMaker(settings, paths);
  for (const path of paths) {
    context.signal.throwIfAborted();
    const file = await readCertificateFile(path, settings, context);
    for (const each of file.problems) yield noticeOf(each);
    if (isReadable(file)) files.push({ ...file, path, key: keyOf(path) });
  }
  const owners = certificateKeysByFolder(files);
  for (const file of files) {
    yield fileReading(file, owners);
    yield* certificateReadings(file, trusted);
  }
}

/** A damaged file is reported as such, not as an empty one. One of certificate requests or parameters alone is empty. */
function isReadable({ certificates, keys, problems }: CertificateFile): boolean {
  return certificates.length + keys.length > 0 || problems.length === 0;
}

function noticeOf(found: Problem): Reading {
  return { type: 'notice', problem: found };
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
