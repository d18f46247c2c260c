import type { X509Certificate } from 'node:crypto';
import type { SecureContext, SecureVersion } from 'node:tls';
import type { ReadContext, Reading } from '@leeway/connector-kit';
import { errorCode } from '@leeway/connector-kit/context/failure.ts';
import { type Problem, problem } from '@leeway/core';
import { type Authorities, buildChain, indexBySubject } from './chain.ts';
import { describeCertificate, isForName } from './describe.ts';
import { endpointProblem, isRefusal } from './endpoint-problem.ts';
import { type Handshake, prepareOffer, shakeHands } from './handshake.ts';
import type { Trust } from './read-trust.ts';
import type { CertificateSettings, Endpoint } from './schema.ts';

const legacyProtocols = ['TLSv1', 'TLSv1.1'] as const satisfies readonly SecureVersion[];

/** Endpoints that are spoken to at the same time. */
const concurrency = 8;

/** What all endpoints of a source have in common. */
interface Offers {
  readonly trusted: readonly Authorities[];
  readonly all: SecureContext;
  /** Absent: this OpenSSL cannot speak the protocol, so nobody can tell. */
  readonly legacy: ReadonlyMap<SecureVersion, SecureContext | undefined>;
}

/** Yields a `tls.endpoint` and a `tls.certificate` for each endpoint, in the order of the settings; a notice for those that fail. */
export async function* readEndpoints(
  settings: CertificateSettings,
  context: ReadContext,
  trust: Trust,
): AsyncIterable<Reading> {
  if (settings.endpoints.length === 0) return;
  const pem = trust.own.map(String);
  const legacy = settings.legacy ? legacyProtocols : [];
  const offers = {
    trusted: trust.all,
    all: prepareOffer(pem),
    legacy: new Map(legacy.map((protocol) => [protocol, offerAlone(pem, protocol)])),
  };
  for (let start = 0; start < settings.endpoints.length; start += concurrency) {
    const batch = settings.endpoints.slice(start, start + concurrency);
    const readings = await Promise.all(batch.map((endpoint) => readEndpoint(endpoint, offers, settings, context)));
    yield* readings.flat();
  }
}

function offerAlone(pem: readonly string[], protocol: SecureVersion): SecureContext | undefined {
  try {
    return prepareOffer(pem, protocol);
  } catch {
    return undefined;
  }
}

/** One line of `leeway sources check`: whether the endpoint shakes hands. */
export async function checkEndpoint(
  endpoint: Endpoint,
  settings: CertificateSettings,
  context: ReadContext,
): Promise<Problem | undefined> {
  const met = await meet(endpoint, prepareOffer([]), settings, context);
  return 'code' in met ? met : undefined;
}

async function readEndpoint(
  endpoint: Endpoint,
  offers: Offers,
  settings: CertificateSettings,
  context: ReadContext,
): Promise<readonly Reading[]> {
  const met = await meet(endpoint, offers.all, settings, context);
  if ('code' in met) return [{ type: 'notice', problem: met }];
  const [certificate] = met.certificates;
  if (!certificate) {
    const reason = 'it showed no certificate';
    const asked = { system: endpoint.name, what: 'the TLS handshake', reason };
    return [{ type: 'notice', problem: problem('LW3006', asked) }];
  }
  const legacy = await tryLegacyProtocols(endpoint, offers, settings, context);
  if ('problem' in legacy) return [{ type: 'notice', problem: legacy.problem }];
  return describeEndpoint(endpoint, met, certificate, { trusted: offers.trusted, legacy: legacy.outcomes });
}

function describeEndpoint(
  endpoint: Endpoint,
  met: Handshake,
  certificate: X509Certificate,
  { trusted, legacy }: { readonly trusted: readonly Authorities[]; readonly legacy: Readonly<Record<string, string>> },
): readonly Reading[] {
  const { name, host, port, servername, starttls } = endpoint;
  const origin = { place: `${host}:${port}` };
  const chain = buildChain(certificate, indexBySubject(met.certificates.slice(1)), trusted);
  const attributes = {
    address: `${host}:${port}`,
    servername,
    ...(starttls && { starttls }),
    protocol: met.protocol,
    cipher: met.cipher,
    legacy,
    trusted: met.trustProblem === undefined,
    ...(met.trustProblem && { trustProblem: met.trustProblem }),
    nameMatches: isForName(certificate, servername),
  };
  const described = describeCertificate(certificate, chain);
  return [
    { type: 'resource', resource: { kind: 'tls.endpoint', key: name, attributes, origin } },
    { type: 'resource', resource: { kind: 'tls.certificate', key: name, attributes: described, origin } },
  ];
}

/** Shakes hands once, within the endpoint's own time. */
async function meet(
  endpoint: Endpoint,
  offer: SecureContext,
  settings: CertificateSettings,
  context: ReadContext,
): Promise<Handshake | Problem> {
  const late = AbortSignal.timeout(settings.timeout * 1000);
  const signal = AbortSignal.any([context.signal, late]);
  try {
    return await shakeHands({ endpoint, offer, signal });
  } catch (error) {
    return endpointProblem(error, endpoint, { seconds: settings.timeout, late: late.aborted, cancel: context.signal });
  }
}

type LegacyResult = { readonly outcomes: Readonly<Record<string, string>> } | { readonly problem: Problem };

/**
 * Whether protocols that RFC 8996 retired are still accepted. Only an answer of the server counts as a refusal: an endpoint
 * that stops answering half-way is not checked as a whole, since "refused" would be a guess.
 */
async function tryLegacyProtocols(
  endpoint: Endpoint,
  offers: Offers,
  settings: CertificateSettings,
  context: ReadContext,
): Promise<LegacyResult> {
  const outcomes: Record<string, string> = Object.fromEntries(legacyProtocols.map((each) => [each, 'not checked']));
  for (const [protocol, offer] of offers.legacy) {
    if (!offer) continue;
    const late = AbortSignal.timeout(settings.timeout * 1000);
    const signal = AbortSignal.any([context.signal, late]);
    try {
      await shakeHands({ endpoint, offer, signal });
      outcomes[protocol] = 'accepted';
    } catch (error) {
      const times = { seconds: settings.timeout, late: late.aborted, cancel: context.signal };
      if (!isRefusal(errorCode(error))) return { problem: endpointProblem(error, endpoint, times) };
      outcomes[protocol] = 'refused';
    }
  }
  return { outcomes };
}
