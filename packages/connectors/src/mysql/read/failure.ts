import { connectionProblem } from '@leeway/connector-kit';
import { type Problem, ProblemError, problem } from '@leeway/core';
import { SqlError } from './session.ts';

/** What was being read of whom, and what it may take. */
export interface Attempt {
  readonly system: string;
  readonly what: string;
  readonly permission: string;
  readonly seconds: number;
}

/** Numbers of refusals: https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html */
const denied = new Set([1044, 1142, 1143, 1227, 1370]);
/** Wrong password, locked account, expired password, TLS demanded by the account. */
const notSignedIn = new Set([1045, 1698, 1820, 1862, 3118, 3159, 4151]);
const overdue = new Set([1205, 1969, 3024]);
const full = new Set([1040, 1129, 1203, 1226]);

/** The coded problem for anything that went wrong on a connection. Server texts are not passed on: they may quote values. */
export function problemOf(error: unknown, attempt: Attempt, signal: AbortSignal): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (signal.aborted) return connectionProblem(error, attempt, signal);
  if (error instanceof SqlError) return refusal(error, attempt);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const { system, what } = attempt;
  if (code === 'PROTOCOL_SEQUENCE_TIMEOUT') return problem('LW3005', { system, what, seconds: attempt.seconds });
  if (code === 'PROTOCOL_CONNECTION_LOST') return problem('LW3011', { system, what });
  if (code === 'HANDSHAKE_NO_SSL_SUPPORT') {
    return problem('LW3001', { system, reason: 'it does not offer TLS, which the source requires' });
  }
  if (code === '' || code.startsWith('HANDSHAKE') || code.startsWith('PROTOCOL')) {
    return problem('LW3006', { system, what, reason: 'it does not speak the MySQL protocol' });
  }
  return connectionProblem(error, attempt, signal);
}

function refusal({ number }: SqlError, { system, what, permission, seconds }: Attempt): Problem {
  if (denied.has(number)) return problem('LW3003', { system, what, permission });
  if (notSignedIn.has(number)) return problem('LW3002', { system });
  if (overdue.has(number)) return problem('LW3005', { system, what, seconds });
  if (full.has(number)) return problem('LW3001', { system, reason: 'it has no connection left' });
  if (number === 1130) return problem('LW3001', { system, reason: 'it does not let this host connect' });
  if (number === 1053 || number === 1927) return problem('LW3011', { system, what });
  return problem('LW3007', { system, status: `error ${number}`, what });
}
