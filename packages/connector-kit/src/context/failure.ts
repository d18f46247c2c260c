import { failed, type Problem, ProblemError, problem, type Result } from '@leeway/core';

/** What is being asked of whom, for messages. Never holds a secret: a URL's query and user part stay out. */
export interface Asked {
  /** The system as people know it: a title or a host. */
  readonly system: string;
  readonly what: string;
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was reset',
  EHOSTUNREACH: 'there is no route to the host',
  ENETUNREACH: 'there is no route to the network',
  ENOTFOUND: 'the host name is not known',
  EAI_AGAIN: 'the name service did not answer',
  ETIMEDOUT: 'the connection timed out',
  EPIPE: 'the connection was closed',
  UND_ERR_SOCKET: 'the connection was closed',
  UND_ERR_CONNECT_TIMEOUT: 'the connection timed out',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'a certificate in its chain is self-signed',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is not signed by a known authority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is not signed by a known authority',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  ERR_INVALID_URL: 'the address is not a URL',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS at this port',
};

/** The system error code anywhere in an error's chain of causes. */
export function errorCode(error: unknown): string | undefined {
  let current = error;
  for (let depth = 0; depth < 8 && current instanceof Error; depth += 1) {
    if ('code' in current && typeof current.code === 'string') return current.code;
    current = current instanceof AggregateError ? current.errors[0] : current.cause;
  }
  return undefined;
}

/**
 * Why a connection failed, in words. Error texts of libraries are not passed on: they quote URLs and options, which
 * hold passwords.
 */
export function connectionReason(error: unknown): string {
  const code = errorCode(error);
  if (code === undefined) return 'the connection failed';
  return reasons[code] ?? `the connection failed with ${code.replace(/[^\w-]/g, '')}`;
}

/** The problem a signal carries as its reason, or LW3010 where a caller aborted without one. */
export function abortProblem(signal: AbortSignal, system: string): Problem {
  return signal.reason instanceof ProblemError ? signal.reason.problem : problem('LW3010', { system });
}

/** The coded problem for an error met while talking to a system over a connection. */
export function connectionProblem(error: unknown, asked: Asked, signal?: AbortSignal): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (signal?.aborted) return abortProblem(signal, asked.system);
  return problem('LW3001', { system: asked.system, reason: connectionReason(error) });
}

/** Runs `work`; a {@link ProblemError} becomes a failed result, anything else is a bug and stays thrown. */
export async function attempt<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ProblemError) return failed(error.problem);
    throw error;
  }
}
