import { createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import forge from 'node-forge';

/** A certificate made for a test, with its key, both in PEM. */
export interface Issued {
  readonly pem: string;
  readonly der: Buffer;
  readonly keyPem: string;
  readonly key: KeyObject;
  readonly subject: string;
}

export interface IssueOptions {
  readonly subject: string;
  /** `DNS:…` and `IP:…`. */
  readonly names?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly authority?: boolean;
  readonly issuer?: Issued;
  readonly key?: KeyObject;
  readonly serial?: string;
}

/** RSA keys take a while to make: tests share these. */
const sharedKeys = new Map<string, KeyObject>();

export function rsaKey(name: string, bits = 2048): KeyObject {
  const known = sharedKeys.get(name);
  if (known) return known;
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: bits });
  sharedKeys.set(name, privateKey);
  return privateKey;
}

export function ellipticKey(): KeyObject {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
}

/** Issues a certificate, signed by `issuer` or by itself. */
export function issue(options: IssueOptions): Issued {
  const { subject, issuer, serial = '0a01', key = rsaKey(subject) } = options;
  const certificate = forge.pki.createCertificate();
  certificate.serialNumber = serial;
  certificate.validity.notBefore = new Date(options.from ?? '2026-01-01T00:00:00Z');
  certificate.validity.notAfter = new Date(options.to ?? '2036-01-01T00:00:00Z');
  certificate.setSubject([{ name: 'commonName', value: subject }]);
  certificate.setIssuer([{ name: 'commonName', value: issuer?.subject ?? subject }]);
  certificate.setExtensions(extensions(options));
  // The library builds and signs with an RSA key; the real key, of any type, is put in its place afterwards.
  const stand = rsaKey('stand-in', 1024);
  certificate.publicKey = forge.pki.publicKeyFromPem(pemOf(createPublicKey(stand)));
  certificate.sign(forge.pki.privateKeyFromPem(rsaPem(stand)), forge.md.sha256.create());
  const [body] = forge.pki.certificateToAsn1(certificate).value as [forge.asn1.Asn1];
  const der = signBody(body, key, issuer?.key ?? key);
  const pem = `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/.{64}/g, '$&\n').trimEnd()}\n-----END CERTIFICATE-----\n`;
  return { pem, der, key, subject, keyPem: key.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

function extensions({ authority = false, names = [] }: IssueOptions) {
  const altNames = names.map((name) =>
    name.startsWith('IP:') ? { type: 7, ip: name.slice(3) } : { type: 2, value: name.replace('DNS:', '') },
  );
  return [
    { name: 'basicConstraints', cA: authority },
    authority
      ? { name: 'keyUsage', keyCertSign: true, cRLSign: true }
      : { name: 'keyUsage', digitalSignature: true, keyEncipherment: true },
    ...(authority ? [] : [{ name: 'extKeyUsage', serverAuth: true }]),
    ...(altNames.length > 0 ? [{ name: 'subjectAltName', altNames }] : []),
  ];
}

function pemOf(key: KeyObject): string {
  return key.export({ type: 'spki', format: 'pem' }).toString();
}

function rsaPem(key: KeyObject): string {
  return key.export({ type: 'pkcs1', format: 'pem' }).toString();
}

function tree(der: Buffer): forge.asn1.Asn1 {
  return forge.asn1.fromDer(der.toString('latin1'));
}

function signBody(body: forge.asn1.Asn1, key: KeyObject, signer: KeyObject): Buffer {
  const { asn1 } = forge;
  const { SEQUENCE, BITSTRING, OID } = asn1.Type;
  const oid = signer.asymmetricKeyType === 'ec' ? '1.2.840.10045.4.3.2' : '1.2.840.113549.1.1.11';
  const identifier = asn1.create(asn1.Class.UNIVERSAL, OID, false, asn1.oidToDer(oid).getBytes());
  const algorithm = asn1.create(asn1.Class.UNIVERSAL, SEQUENCE, true, [identifier]);
  const fields = body.value as forge.asn1.Asn1[];
  fields[2] = algorithm;
  fields[6] = tree(createPublicKey(key).export({ type: 'spki', format: 'der' }));
  const signature = sign('sha256', Buffer.from(asn1.toDer(body).getBytes(), 'latin1'), signer);
  const bits = asn1.create(asn1.Class.UNIVERSAL, BITSTRING, false, `\0${signature.toString('latin1')}`);
  const whole = asn1.create(asn1.Class.UNIVERSAL, SEQUENCE, true, [body, algorithm, bits]);
  return Buffer.from(asn1.toDer(whole).getBytes(), 'latin1');
}

export interface StoreOptions {
  readonly rounds?: number;
  readonly algorithm?: '3des' | 'aes256';
}

/** A PKCS#12 file of a certificate, its key and those above it. */
export function makeKeyStore(
  entry: Issued,
  chain: readonly Issued[],
  password: string,
  options: StoreOptions = {},
): Buffer {
  const key = forge.pki.privateKeyFromPem(rsaPem(entry.key));
  const certificates = [entry, ...chain].map(({ pem }) => forge.pki.certificateFromPem(pem));
  const store = forge.pkcs12.toPkcs12Asn1(key, certificates, password, {
    algorithm: options.algorithm ?? 'aes256',
    count: options.rounds ?? 2048,
  });
  return Buffer.from(forge.asn1.toDer(store).getBytes(), 'latin1');
}
