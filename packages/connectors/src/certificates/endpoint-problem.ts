import { abortProblem, connectionReason, errorCode } from '@leeway/connector-kit/context/failure.ts';
import { type Problem, problem } from '@leeway/core';
import type { Endpoint } from './schema.ts';
import { StartTlsRefused } from './starttls.ts';

/** OpenSSL's words for an answer that is no TLS record: HTTP, SSH, a mail server's greeting. */
const notTls = new Set([
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_SSL_HTTP_REQUEST',
  'ERR_SSL_PACKET_LENGTH_TOO_LONG',
  'ERR_SSL_RECORD_LAYER_FAILURE',
  'ERR_SSL_UNEXPECTED_MESSAGE',
]);

/** The coded problem for a handshake that failed. */
export function endpointProblem(
  error: unknown,
  endpoint: Endpoint,
  times: { readonly seconds: number; readonly late: boolean; readonly cancel: AbortSignal },
): Problem {
  const system = endpoint.name;
  const what = 'the TLS handshake';
  if (times.cancel.aborted) return abortProblem(times.cancel, system);
  if (times.late) return problem('LW3005', { system, what, seconds: times.seconds });
  if (error instanceof StartTlsRefused) return problem('LW3042', { system, protocol: endpoint.starttls ?? 'none' });
  const code = errorCode(error) ?? '';
  if (notTls.has(code)) return problem('LW3041', { system });
  if (code === 'ECONNRESET') return problem('LW3011', { system, what });
  if (code.startsWith('ERR_SSL_')) return problem('LW3006', { system, what, reason: wordsOf(code) });
  return problem('LW3001', { system, reason: connectionReason(error) });
}

/** `sslv3 alert handshake failure`, from `ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE`. */
function wordsOf(code: string): string {
  return code.slice('ERR_SSL_'.length).toLowerCase().replaceAll('_', ' ');
}

/** Whether an error, met with one protocol on offer, is the server's answer: an alert, or hanging up at once. */
export function isRefusal(code: string | undefined): boolean {
  return (
    code !== undefined && (code.includes('ALERT') || code === 'ECONNRESET' || code === 'ERR_SSL_UNSUPPORTED_PROTOCOL')
  );
}
