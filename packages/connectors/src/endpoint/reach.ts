import { errorCode } from '@leeway/connector-kit';
import { StartTlsRefused } from '../certificates/starttls.ts';
import { OtherProtocol } from './probe.ts';

/** Ways not to get an answer that say something about the endpoint, by the system's error codes. */
const states: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused',
  ENOTFOUND: 'unknown host',
  EHOSTUNREACH: 'no route',
  ENETUNREACH: 'no route',
  ETIMEDOUT: 'no answer',
  ECONNRESET: 'hangs up',
  EPIPE: 'hangs up',
};

/** What a failed probe says of its endpoint; undefined where it says nothing (a name service of ours that is down). */
export function stateOf(error: unknown, late: boolean): string | undefined {
  if (late) return 'no answer';
  if (error instanceof OtherProtocol || error instanceof StartTlsRefused) return 'another protocol';
  const code = errorCode(error) ?? '';
  if (/^(?:HPE_|ERR_SSL_|ERR_TLS_|ERR_HTTP)/.test(code)) return 'another protocol';
  const level = error instanceof Error ? Reflect.get(error, 'level') : undefined;
  if (level === 'protocol' || level === 'handshake') return 'another protocol';
  return states[code];
}
