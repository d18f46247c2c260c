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

/** The coded problem for anything that went wrong on a connection. Server texts are not passed on: they may quote values. */
export function problemOf(error: unknown, attempt: Attempt, signal: AbortSignal): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (error instanceof SqlError && !signal.aborted) return refusal(error, attempt);
  const text = error instanceof Error ? error.message : '';
  if (signal.aborted) return connectionProblem(error, attempt, signal);
  if (/client password must be/.test(text)) return problem('LW3002', { system: attempt.system });
  if (/SSL connections|SASL|SCRAM/.test(text))
    return problem('LW3001', { system: attempt.system, reason: tlsReason(text) });
  if (/Connection terminated/.test(text)) return problem('LW3011', { system: attempt.system, what: attempt.what });
  if (error instanceof Error && !('code' in error)) {
    return problem('LW3006', {
      system: attempt.system,
      what: attempt.what,
      reason: 'it does not speak the PostgreSQL protocol',
    });
  }
  return connectionProblem(error, attempt, signal);
}

function tlsReason(text: string): string {
  return /SSL/.test(text)
    ? 'it does not offer TLS, which the source requires'
    : 'its way of signing in is not understood';
}

/** By SQLSTATE: https://www.postgresql.org/docs/current/errcodes-appendix.html */
function refusal({ code }: SqlError, { system, what, permission, seconds }: Attempt): Problem {
  if (code === '28P01' || code === '28000') return problem('LW3002', { system });
  if (code === '42501') return problem('LW3003', { system, what, permission });
  if (code === '57014' || code === '55P03') return problem('LW3005', { system, what, seconds });
  if (code === '3D000') return problem('LW3001', { system, reason: 'there is no such database' });
  if (code === '53300') return problem('LW3001', { system, reason: 'it has no connection left' });
  if (code === '57P03') return problem('LW3001', { system, reason: 'it is starting up or shutting down' });
  if (code === '57P01' || code === '57P02') return problem('LW3011', { system, what });
  return problem('LW3007', { system, status: `SQLSTATE ${code}`, what });
}
