import type { JsonObject } from '@leeway/core';
import { describeKey, isForName, nameLine } from '../certificates/describe.ts';
import { prepareOffer, shakeHands } from '../certificates/handshake.ts';
import type { StartTlsProtocol } from '../certificates/schema.ts';
import { type Around, OtherProtocol } from './probe.ts';
import type { Endpoint } from './settings.ts';

/** What a handshake tells: protocol, and a certificate with whether a client may trust it. */
export async function describeTls(
  endpoint: Endpoint,
  around: Around,
  starttls?: StartTlsProtocol,
): Promise<JsonObject> {
  const { name, host, port, servername } = endpoint;
  const shaken = await shakeHands({
    endpoint: { name, host, port, servername, ...(starttls && { starttls }) },
    offer: prepareOffer(around.own.map(String)),
    signal: around.signal,
  });
  const [certificate] = shaken.certificates;
  if (!certificate) throw new OtherProtocol();
  return {
    protocol: shaken.protocol,
    trusted: shaken.trustProblem === undefined,
    ...(shaken.trustProblem !== undefined && { trustProblem: shaken.trustProblem }),
    nameMatches: isForName(certificate, servername),
    issuer: nameLine(certificate.issuer),
    key: describeKey(certificate.publicKey),
    fingerprint: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
    notAfter: new Date(certificate.validTo).toISOString(),
  };
}
