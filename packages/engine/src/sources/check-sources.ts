import { type CheckLine, createLimiters, systemClock } from '@leeway/connector-kit';
import { indexKinds, type Problem, problem } from '@leeway/core';
import type { ScanOptions } from '../scan/options.ts';
import { concurrencyOf, planReads, runBounded } from '../scan/read-estate.ts';
import { openConnector, openContext, type ReadJob, type ReadRun } from '../scan/read-plane.ts';

/** What may be read of one plane of a source in one environment. */
export interface SourceCheck {
  readonly environment: string;
  readonly source: string;
  readonly plane: string;
  readonly connector: string;
  readonly lines: readonly CheckLine[];
}

/** Connects to every source in scope and says what may be read and what not. Reads nothing beyond that, stores nothing. */
export async function checkSources(options: ScanOptions): Promise<readonly SourceCheck[]> {
  const { jobs } = await planReads(options);
  const run = { options, kinds: indexKinds([]), limiters: createLimiters(systemClock) };
  return runBounded(jobs, concurrencyOf(options), (job) => checkJob(job, run));
}

async function checkJob(job: ReadJob, run: ReadRun): Promise<SourceCheck> {
  return {
    environment: job.environment.name,
    source: job.source.id,
    plane: job.plane,
    connector: job.settings.connector,
    lines: await checkLines(job, run),
  };
}

async function checkLines(job: ReadJob, run: ReadRun): Promise<readonly CheckLine[]> {
  const opened = await openConnector(job, run.options);
  if ('problems' in opened) return opened.problems.map((found) => failedLine('settings', found));
  using context = openContext(job, run);
  try {
    return await opened.connector.check(opened.settings, context);
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown error';
    return [
      failedLine('connection', problem('LW3013', { connector: opened.connector.id, what: `the source (${name})` })),
    ];
  }
}

function failedLine(what: string, found: Problem): CheckLine {
  return { what, ok: false, problem: found };
}
