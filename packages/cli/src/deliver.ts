import { formatProblem, type Problem, type Result } from '@leeway/core';
import type { Report } from '@leeway/engine';
import { replaceFile } from '@leeway/engine/files/replace-file.ts';
import type { CommandContext, ExitCode } from './command.ts';
import { type Io, writeAll } from './io.ts';
import { makeVisible } from './output/text.ts';

/** Renders a report where it was asked for and gives its exit code back. Problems also go to stderr when a program reads stdout. */
export async function deliverReport(context: CommandContext, report: Report): Promise<ExitCode> {
  const { settings, io, version } = context;
  const { formats } = await import('./output/formats.ts');
  const format = formats.find((each) => each.name === settings.format);
  if (!format) throw new Error(`no format ${settings.format}`);
  const { width, colour, showApproved, output } = settings;
  const pieces = format.render(report, { width, colour, showApproved, version });
  if (output !== undefined) await replaceFile(output, pieces);
  else if (!settings.quiet) await writeAll(io.stdout, pieces);
  if (settings.format !== 'table' || output !== undefined || settings.quiet) printProblems(io, report.problems);
  if (output !== undefined && !settings.quiet) io.stderr.write(`Report written to ${output}\n`);
  return report.exitCode;
}

/** Writes text to stdout. */
export async function deliverText(io: Io, lines: readonly string[]): Promise<void> {
  await writeAll(io.stdout, [lines.map((line) => `${line}\n`).join('')]);
}

/** Indented JSON, for `--format json` of commands that print no report. */
export async function deliverJson(io: Io, value: unknown): Promise<void> {
  await writeAll(io.stdout, [`${JSON.stringify(value, null, 2)}\n`]);
}

/** Errors as people read them, on stderr. */
export function printProblems(io: Io, problems: readonly Problem[], word = 'error'): void {
  for (const found of problems) io.stderr.write(`${word}: ${makeVisible(formatProblem(found))}\n`);
}

/** Runs `use` with the value, or prints the problems and gives exit code 1. */
export async function withResult<T>(
  io: Io,
  result: Result<T>,
  use: (value: T) => Promise<ExitCode>,
): Promise<ExitCode> {
  if (!result.ok) {
    printProblems(io, result.problems);
    return 1;
  }
  printProblems(io, result.warnings ?? [], 'warning');
  return use(result.value);
}
