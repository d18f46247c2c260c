import { connectionProblem, errorCode } from '@leeway/connector-kit';
import { type Problem, ProblemError, problem } from '@leeway/core';

/** What was being read of whom. */
export interface Attempt {
  readonly system: string;
  readonly what: string;
  readonly seconds: number;
}

type Meaning = 'credentials' | 'denied' | 'no-database' | 'no-table' | 'no-column' | 'late' | 'busy' | 'broken';

/** Error codes of the four systems: SQLSTATE, MySQL's symbols, SQL Server's and Oracle's numbers. */
const meanings: Readonly<Record<string, Meaning>> = {
  '28P01': 'credentials',
  '28000': 'credentials',
  ER_ACCESS_DENIED_ERROR: 'credentials',
  18456: 'credentials',
  1017: 'credentials',
  42501: 'denied',
  ER_TABLEACCESS_DENIED_ERROR: 'denied',
  ER_DBACCESS_DENIED_ERROR: 'denied',
  ER_COLUMNACCESS_DENIED_ERROR: 'denied',
  229: 'denied',
  1031: 'denied',
  '3D000': 'no-database',
  ER_BAD_DB_ERROR: 'no-database',
  4060: 'no-database',
  12514: 'no-database',
  '42P01': 'no-table',
  '3F000': 'no-table',
  ER_NO_SUCH_TABLE: 'no-table',
  208: 'no-table',
  942: 'no-table',
  42703: 'no-column',
  ER_BAD_FIELD_ERROR: 'no-column',
  207: 'no-column',
  904: 'no-column',
  57014: 'late',
  '55P03': 'late',
  ER_STATEMENT_TIMEOUT: 'late',
  ER_QUERY_TIMEOUT: 'late',
  ETIMEOUT: 'late',
  53300: 'busy',
  ER_CON_COUNT_ERROR: 'busy',
  PROTOCOL_CONNECTION_LOST: 'broken',
  '57P01': 'broken',
};

/** The coded problem of anything a driver throws. Texts of servers are not passed on: they quote values. */
export function problemOf(error: unknown, attempt: Attempt, signal: AbortSignal): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (signal.aborted) return connectionProblem(error, attempt, signal);
  const { system, what, seconds } = attempt;
  const code = codeOf(error);
  const meaning = code !== undefined && Object.hasOwn(meanings, code) ? meanings[code] : undefined;
  if (meaning === undefined) return unknownProblem(error, attempt, signal);
  const unreadable = (reason: string) => problem('LW3006', { system, what, reason });
  const problems: Readonly<Record<Meaning, () => Problem>> = {
    credentials: () => problem('LW3002', { system }),
    denied: () => problem('LW3003', { system, what, permission: `SELECT on ${what}` }),
    'no-database': () => problem('LW3001', { system, reason: 'there is no such database' }),
    'no-table': () => unreadable('there is no such table, or the user may not know of it'),
    'no-column': () => unreadable('a column of the settings is not there'),
    late: () => problem('LW3005', { system, what, seconds }),
    busy: () => problem('LW3001', { system, reason: 'it has no connection left' }),
    broken: () => problem('LW3011', { system, what }),
  };
  return problems[meaning]();
}

function unknownProblem(error: unknown, attempt: Attempt, signal: AbortSignal): Problem {
  const text = error instanceof Error ? error.message : '';
  if (/Connection terminated|closed/i.test(text))
    return problem('LW3011', { system: attempt.system, what: attempt.what });
  if (errorCode(error) === undefined || /^HANDSHAKE|^PROTOCOL_/.test(errorCode(error) ?? '')) {
    return problem('LW3006', {
      system: attempt.system,
      what: attempt.what,
      reason: 'it does not speak the protocol of this system',
    });
  }
  return connectionProblem(error, attempt, signal);
}

/** SQL Server and Oracle tell numbers, the others symbols. */
function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('errorNum' in error && typeof error.errorNum === 'number' && error.errorNum > 0) return String(error.errorNum);
  if ('number' in error && typeof error.number === 'number') return String(error.number);
  return errorCode(error);
}
