import { type Problem, type ProblemCode, ProblemError, problem } from '@leeway/core';

/** What both drivers put on their errors. */
interface DriverError {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly errors?: unknown;
}

const connectionReasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens at that address',
  ENOTFOUND: 'the host name is not known',
  EAI_AGAIN: 'the host name could not be looked up',
  ETIMEDOUT: 'no answer in time',
  ECONNRESET: 'the connection was closed by the other side',
  EPIPE: 'the connection was closed by the other side',
  EHOSTUNREACH: 'there is no route to the host',
  ENETUNREACH: 'there is no route to the network',
};

/** Messages of `pg` itself, which have no code. */
const lostConnection = /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered)/;

/** SQLSTATE by its beginning, as in PostgreSQL's documentation, appendix A; the first that fits counts. */
const states: readonly (readonly [RegExp, ProblemCode])[] = [
  [/^(53100|ENOSPC)/, 'LW6003'],
  [/^57014/, 'LW6011'],
  [/^(28|3D|42501|25006)/, 'LW6012'],
  [/^(08|57P|53)/, 'LW6001'],
  [/^XX00[12]/, 'LW6004'],
];

/** The problem a failed statement or connection is, or undefined where it is a bug. */
export function classifyFailure(error: unknown, store: string, seconds: number): Problem | undefined {
  const { code, message } = firstError(error);
  const reason = firstLine(message);
  if (lostConnection.test(reason)) return problem('LW6001', { store, reason: lowerFirst(reason) });
  if (typeof code !== 'string') return undefined;
  const connection = connectionReasons[code];
  if (connection) return problem('LW6001', { store, reason: connection });
  const found = states.find(([pattern]) => pattern.test(code))?.[1];
  return found && problem(found, { store, reason, seconds });
}

/** Throws the problem `error` is, or `error` itself where it is none. */
export function throwClassified(error: unknown, store: string, seconds: number): never {
  const found = error instanceof ProblemError ? undefined : classifyFailure(error, store, seconds);
  throw found ? new ProblemError(found) : error;
}

/** Connecting tries every address of a name and reports all failures together. */
function firstError(error: unknown): DriverError {
  if (typeof error !== 'object' || error === null) return { message: String(error) };
  const { errors } = error as DriverError;
  return Array.isArray(errors) && errors.length > 0 ? (errors[0] as DriverError) : (error as DriverError);
}

function firstLine(message: unknown): string {
  return (typeof message === 'string' ? message : 'no reason given').split('\n', 1)[0]?.replace(/\.$/, '') ?? '';
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
