import { X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';

/** How a certificate leads up to an authority. */
export interface Chain {
  /** From the certificate's issuer upwards, without the root. */
  readonly intermediates: readonly X509Certificate[];
  /** The self-signed root or trusted certificate it ends at; absent when the way up is broken. */
  readonly anchor?: X509Certificate;
  readonly selfSigned: boolean;
}

/** Certificates by subject, where a chain looks for the next step up. */
export type Authorities = ReadonlyMap<string, readonly X509Certificate[]>;

/** No real chain is longer; a hostile bundle can be. */
const maximumLength = 10;

export function indexBySubject(certificates: Iterable<X509Certificate>): Authorities {
  const bySubject = new Map<string, X509Certificate[]>();
  for (const each of certificates) {
    const known = bySubject.get(each.subject);
    if (known) known.push(each);
    else bySubject.set(each.subject, [each]);
  }
  return bySubject;
}

let publicRoots: Authorities | undefined;

/** The public authorities that Node ships (Mozilla's list), and the private ones a source trusts beside them. */
export function trustedAuthorities(own: readonly X509Certificate[]): readonly Authorities[] {
  publicRoots ??= indexBySubject(rootCertificates.map((pem) => new X509Certificate(pem)));
  return [indexBySubject(own), publicRoots];
}

/**
 * Follows issuers up from a certificate, first among those that came with it, then among the trusted ones. Whether the
 * root itself came along makes no difference: servers are free to send it or not (RFC 8446, 4.4.2).
 */
export function buildChain(certificate: X509Certificate, sent: Authorities, trusted: readonly Authorities[]): Chain {
  const selfSigned = isSelfSigned(certificate);
  if (selfSigned) return { intermediates: [], anchor: certificate, selfSigned };
  const intermediates: X509Certificate[] = [];
  let current = certificate;
  while (intermediates.length < maximumLength) {
    const anchor = trusted.map((authorities) => findIssuer(current, authorities)).find((found) => found !== undefined);
    if (anchor) return { intermediates, anchor, selfSigned };
    const issuer = findIssuer(current, sent);
    if (!issuer) break;
    if (isSelfSigned(issuer)) return { intermediates, anchor: issuer, selfSigned };
    intermediates.push(issuer);
    current = issuer;
  }
  return { intermediates, selfSigned };
}

/** Certificates that issued none of the others: one for a server's bundle, each of them for a trust store. */
export function findLeaves(certificates: readonly X509Certificate[]): readonly X509Certificate[] {
  const bySubject = indexBySubject(certificates);
  const issuers = new Set<string>();
  for (const each of certificates) {
    const issuer = isSelfSigned(each) ? undefined : findIssuer(each, bySubject);
    if (issuer) issuers.add(issuer.fingerprint256);
  }
  const seen = new Set<string>();
  return certificates.filter(({ fingerprint256 }) => {
    if (issuers.has(fingerprint256) || seen.has(fingerprint256)) return false;
    seen.add(fingerprint256);
    return true;
  });
}

/** True when each certificate is followed by its issuer, as RFC 8446 asks of servers (4.4.2). */
export function isOrdered(certificates: readonly X509Certificate[]): boolean {
  return certificates.slice(1).every((next, index) => certificates[index]?.issuer === next.subject);
}

/** Judged by the signature alone: a server's own certificate need not be allowed to sign others. */
function isSelfSigned(certificate: X509Certificate): boolean {
  return certificate.subject === certificate.issuer && verifies(certificate, certificate);
}

/** Of several authorities of one name (renewed, cross-signed), the one valid longest that really signed it. */
function findIssuer(certificate: X509Certificate, authorities: Authorities): X509Certificate | undefined {
  const candidates = (authorities.get(certificate.issuer) ?? []).filter(
    (each) => each.fingerprint256 !== certificate.fingerprint256 && isSignedBy(certificate, each),
  );
  return candidates.sort(byEndOfValidity)[0];
}

function byEndOfValidity(a: X509Certificate, b: X509Certificate): number {
  return Date.parse(b.validTo) - Date.parse(a.validTo) || (a.fingerprint256 < b.fingerprint256 ? -1 : 1);
}

/** Also checks that the issuer may sign certificates, as far as it says so. */
function isSignedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  return certificate.checkIssued(issuer) && verifies(certificate, issuer);
}

function verifies(certificate: X509Certificate, issuer: X509Certificate): boolean {
  try {
    return certificate.verify(issuer.publicKey);
  } catch {
    return false; // a key algorithm this OpenSSL does not know: it cannot be followed
  }
}
