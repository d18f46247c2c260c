import { type ExecFileException, execFile } from 'node:child_process';
import { type Asked, connectionProblem, errorCode, type ReadContext } from '@leeway/connector-kit';
import { failed, ok, type Problem, problem, type Result } from '@leeway/core';

/** Bytes of output that are read. */
const limit = 64 * 2 ** 20;

export interface ProgramRun extends Asked {
  readonly program: string;
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Exit codes other than 0 that are answers, not failures. */
  readonly answers?: readonly number[];
  /** The program's own words for a failure, as a reason that holds no secret; undefined for none. */
  readonly reasonOf?: (stderr: string) => string | undefined;
}

export interface ProgramAnswer {
  readonly code: number;
  readonly output: string;
}

/**
 * Runs a program that reads a system, without a shell and with none of our own environment but PATH. LW3009 where it is
 * not installed, LW3012 for more than 64 MiB, LW3074 for a failure, and what the context's signal carries.
 */
export function runProgram(context: ReadContext, run: ProgramRun): Promise<Result<ProgramAnswer>> {
  const { program, args, environment } = run;
  const env = { PATH: context.variable('PATH') ?? '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', ...environment };
  return new Promise((resolve) => {
    const options = { env, signal: context.signal, maxBuffer: limit, encoding: 'utf8' as const };
    const child = execFile(program, [...args], options, (error, output, stderr) => {
      const code = error ? error.code : 0;
      if (typeof code === 'number' && [0, ...(run.answers ?? [])].includes(code)) resolve(ok({ code, output }));
      else resolve(failed(describeFailure(error, stderr, run, context.signal)));
    });
    // A program that asks for a password gets none.
    child.stdin?.end();
  });
}

function describeFailure(
  error: ExecFileException | null,
  stderr: string,
  { program, system, what, reasonOf }: ProgramRun,
  signal: AbortSignal,
): Problem {
  if (signal.aborted) return connectionProblem(error, { system, what }, signal);
  const code = errorCode(error);
  if (code === 'ENOENT') return problem('LW3009', { system, package: program });
  if (code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return problem('LW3012', { system, what, limit });
  // Error texts quote addresses and options, which hold passwords: only words that are known are passed on.
  const reason = reasonOf?.(stderr) ?? `it ended with ${error?.code ?? error?.signal ?? 'no code'}`;
  return problem('LW3074', { system, what, reason });
}
