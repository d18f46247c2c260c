import type { KeyObject, X509Certificate } from 'node:crypto';
import { createHash, createPublicKey } from 'node:crypto';
import { isIP } from 'node:net';
import type { JsonObject } from '@leeway/core';
import type { Chain } from './chain.ts';
import { readKeyUsage, readSignatureAlgorithm } from './der.ts';

const signatureNames: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.4': 'md5WithRSA',
  '1.2.840.113549.1.1.5': 'sha1WithRSA',
  '1.2.840.113549.1.1.10': 'rsaPSS',
  '1.2.840.113549.1.1.11': 'sha256WithRSA',
  '1.2.840.113549.1.1.12': 'sha384WithRSA',
  '1.2.840.113549.1.1.13': 'sha512WithRSA',
  '1.2.840.10045.4.1': 'ecdsaWithSHA1',
  '1.2.840.10045.4.3.2': 'ecdsaWithSHA256',
  '1.2.840.10045.4.3.3': 'ecdsaWithSHA384',
  '1.2.840.10045.4.3.4': 'ecdsaWithSHA512',
  '1.3.101.112': 'ed25519',
  '1.3.101.113': 'ed448',
};

const purposeNames: Readonly<Record<string, string>> = {
  '1.3.6.1.5.5.7.3.1': 'serverAuth',
  '1.3.6.1.5.5.7.3.2': 'clientAuth',
  '1.3.6.1.5.5.7.3.3': 'codeSigning',
  '1.3.6.1.5.5.7.3.4': 'emailProtection',
  '1.3.6.1.5.5.7.3.8': 'timeStamping',
  '1.3.6.1.5.5.7.3.9': 'OCSPSigning',
  '2.5.29.37.0': 'any',
};

/** Bits of keys whose details name a curve instead. */
const curveBits: Readonly<Record<string, number>> = {
  prime256v1: 256,
  secp256k1: 256,
  secp384r1: 384,
  secp521r1: 521,
  ed25519: 256,
  ed448: 456,
};

const day = 86_400_000;

/** Attributes of `tls.certificate`: what the certificate says and how its chain ends. Times are ISO 8601 in UTC. */
export function describeCertificate(certificate: X509Certificate, chain: Chain): JsonObject {
  const from = new Date(certificate.validFrom);
  const to = new Date(certificate.validTo);
  const keyUsage = readKeyUsage(certificate.raw);
  const signature = readSignatureAlgorithm(certificate.raw) ?? 'unknown';
  return {
    subject: nameLine(certificate.subject),
    issuer: nameLine(certificate.issuer),
    names: alternativeNames(certificate.subjectAltName),
    serial: certificate.serialNumber.toLowerCase(),
    fingerprint: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
    notBefore: isoTime(from),
    notAfter: isoTime(to),
    validDays: Math.round((to.getTime() - from.getTime()) / day) || 0,
    key: describePublicKey(certificate),
    signatureAlgorithm: signatureNames[signature] ?? signature,
    ...(keyUsage && { keyUsage }),
    ...(certificate.keyUsage && { purposes: certificate.keyUsage.map((id) => purposeNames[id] ?? id).sort() }),
    authority: certificate.ca,
    selfSigned: chain.selfSigned,
    chain: {
      intermediates: chain.intermediates.map((each) => nameLine(each.subject)),
      ...(chain.anchor && { root: nameLine(chain.anchor.subject) }),
      complete: chain.anchor !== undefined,
    },
  };
}

/** `C=NL, O=Northwind, CN=portal`, from OpenSSL's one part a line. */
export function nameLine(name: string | undefined): string {
  return (name ?? '').trim().split('\n').join(', ');
}

/** The SANs, sorted: `DNS:portal.example`, `IP Address:10.0.0.1`. Commas inside a value come quoted from Node. */
export function alternativeNames(text: string | undefined): readonly string[] {
  const parts = text?.match(/[\w ]+:(?:"(?:[^"\\]|\\.)*"|[^,]*)/g) ?? [];
  return parts.map((part) => part.trim().replace(/^DNS:.*$/, (whole) => `DNS:${whole.slice(4).toLowerCase()}`)).sort();
}

/** Whether the certificate is for this host name or address (RFC 6125; the subject's CN does not count). */
export function isForName(certificate: X509Certificate, name: string): boolean {
  const bare = name.replace(/^\[|\]$/g, '');
  const found = isIP(bare) ? certificate.checkIP(bare) : certificate.checkHost(bare, { subject: 'never' });
  return found !== undefined;
}

/** `{ algorithm, bits, curve }`; `unknown` for algorithms this OpenSSL does not know. */
function describePublicKey(certificate: X509Certificate): JsonObject {
  try {
    return describeKey(certificate.publicKey);
  } catch {
    return { algorithm: 'unknown' };
  }
}

export function describeKey(key: KeyObject): JsonObject {
  const algorithm = key.asymmetricKeyType ?? 'unknown';
  const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {};
  const bits = modulusLength ?? curveBits[namedCurve ?? algorithm];
  return { algorithm, ...(bits !== undefined && { bits }), ...(namedCurve && { curve: namedCurve }) };
}

/** SHA-256 over the public half of a key, in hex: what a certificate and its private key have in common. */
export function publicKeyDigest(key: KeyObject): string {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}

function isoTime(time: Date): string {
  return Number.isNaN(time.getTime()) ? 'unreadable' : `${time.toISOString().slice(0, 19)}Z`;
}
