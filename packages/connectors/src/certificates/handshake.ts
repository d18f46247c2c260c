import type { X509Certificate } from 'node:crypto';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import {
  connect as connectTls,
  createSecureContext,
  DEFAULT_CIPHERS,
  rootCertificates,
  type SecureContext,
  type SecureVersion,
  type TLSSocket,
} from 'node:tls';
import type { Endpoint } from './schema.ts';
import { startTlsTalks } from './starttls.ts';

/** What one handshake told. */
export interface Handshake {
  readonly protocol: string;
  readonly cipher: string;
  /** Certificate of the server and those above it, as far as known. */
  readonly certificates: readonly X509Certificate[];
  /** OpenSSL's word for what is wrong with the chain (`CERT_HAS_EXPIRED`); absent when it is trusted. */
  readonly trustProblem?: string;
}

export interface HandshakeOptions {
  readonly endpoint: Endpoint;
  readonly offer: SecureContext;
  readonly signal: AbortSignal;
}

/**
 * What is offered in handshakes: every protocol from TLS 1.0 on, or one alone. Weak protocols, ciphers and keys are let
 * through (security level 0 of OpenSSL): they are what is to be reported. `own`: PEM of authorities trusted beside the
 * public ones. Throws where this OpenSSL was built without the protocol.
 */
export function prepareOffer(own: readonly string[], only?: SecureVersion): SecureContext {
  return createSecureContext({
    ...(own.length > 0 && { ca: [...rootCertificates, ...own] }),
    minVersion: only ?? 'TLSv1',
    ...(only && { maxVersion: only }),
    ciphers: `${DEFAULT_CIPHERS}:@SECLEVEL=0`,
  });
}

/** Shakes hands and hangs up; nothing is sent. Throws the socket's error, or the signal's reason. */
export async function shakeHands(options: HandshakeOptions): Promise<Handshake> {
  const { endpoint, signal } = options;
  signal.throwIfAborted();
  const tcp = connectTcp({ host: endpoint.host, port: endpoint.port });
  const stop = () => tcp.destroy(abortError(signal));
  signal.addEventListener('abort', stop, { once: true });
  try {
    await untilEvent(tcp, 'connect');
    if (endpoint.starttls) await startTlsTalks[endpoint.starttls](tcp);
    const secure = startTls(tcp, options);
    try {
      await untilEvent(secure, 'secureConnect');
      return describeHandshake(secure);
    } finally {
      secure.on('error', ignore).destroy();
    }
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
    tcp.on('error', ignore).destroy();
  }
}

function startTls(tcp: Socket, { endpoint, offer }: HandshakeOptions): TLSSocket {
  return connectTls({
    socket: tcp,
    // RFC 6066 allows no addresses in SNI.
    ...(isIP(endpoint.servername) === 0 && { servername: endpoint.servername }),
    secureContext: offer,
    rejectUnauthorized: false,
    // Names are checked apart from the chain, so that one problem does not hide the other.
    checkServerIdentity: () => undefined,
  });
}

function describeHandshake(socket: TLSSocket): Handshake {
  const certificates: X509Certificate[] = [];
  let current = socket.getPeerX509Certificate();
  // A root is its own issuer here: the walk ends where nothing new comes.
  while (
    current &&
    certificates.length < 16 &&
    !certificates.some((each) => each.raw.equals(current?.raw ?? each.raw))
  ) {
    certificates.push(current);
    current = current.issuerCertificate;
  }
  const trustProblem: unknown = socket.authorizationError;
  return {
    protocol: socket.getProtocol() ?? 'unknown',
    cipher: socket.getCipher().standardName,
    certificates,
    ...(!socket.authorized && { trustProblem: typeof trustProblem === 'string' ? trustProblem : wordOf(trustProblem) }),
  };
}

function wordOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'UNTRUSTED';
}

function untilEvent(socket: Socket, event: 'connect' | 'secureConnect'): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void) => {
      socket.off(event, onEvent).off('error', onError).off('close', onClose);
      finish();
    };
    const onEvent = () => settle(resolve);
    const onError = (error: Error) => settle(() => reject(error));
    const onClose = () => settle(() => reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' })));
    socket.on(event, onEvent).on('error', onError).on('close', onClose);
  });
}

function abortError(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new Error('aborted');
}

function ignore(): void {
  // A socket that is being thrown away may still report that its peer did not like it.
}
