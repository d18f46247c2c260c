import { createLimiters, systemClock } from '@leeway/connector-kit';
import { type Case, indexKinds, type KindIndex, type Problem, type Result } from '@leeway/core';
import type { Environment, Estate, Source } from '@leeway/estate';
import type { Report } from '../report.ts';
import { completenessCases } from '../scan/completeness-cases.ts';
import { environmentFacts } from '../scan/environment-facts.ts';
import type { ScanOptions } from '../scan/options.ts';
import { type PlaneReading, type ReadJob, readPlane } from '../scan/read-plane.ts';
import { planeCases } from '../scan/reference-cases.ts';
import { detectConnector } from './detect.ts';
import { diffReport } from './diff-report.ts';
import { type OpenTarget, openTarget } from './target.ts';

/** What `leeway diff` needs besides the two targets; no estate. */
export interface DiffOptions extends Omit<ScanOptions, 'estate' | 'files' | 'policies' | 'bundles'> {
  readonly cwd: string;
  /** Connector to read both sides with; guessed when absent. */
  readonly connector?: string;
}

/** Compares two files, folders or URLs. The left one counts as the expected side. */
export async function diffTargets(left: string, right: string, options: DiffOptions): Promise<Result<Report>> {
  const opened = await Promise.all([openTarget(left, options.cwd), openTarget(right, options.cwd)]);
  const [before, after] = opened;
  if (!before.ok || !after.ok) return { ok: false, problems: opened.flatMap((side) => (side.ok ? [] : side.problems)) };
  const detected = await detectConnector(before.value, after.value, options.connectors, options.connector);
  if (!detected.ok) return detected;
  const { connector } = detected.value;
  // Two sides of one name would be one environment to everything that follows.
  const sides = [before.value, relabel(after.value, before.value)] as const;
  const estate = standaloneEstate(sides.map(({ label }) => label));
  const scan: ScanOptions = {
    ...options,
    estate,
    files: { declared: before.value.files, working: before.value.files },
    policies: [],
    bundles: [],
  };
  const run = {
    options: scan,
    kinds: indexKinds(connector.kinds, { strict: scan.strict === true }),
    limiters: createLimiters(systemClock),
  };
  const settings = [detected.value.left, detected.value.right];
  const jobs = sides.map((side, at) =>
    standaloneJob(side, estate, connector.id, { connector, settings: settings[at] }),
  );
  const readings = await Promise.all(jobs.map((job) => readPlane(job, run)));
  scan.signal?.throwIfAborted();
  return { ok: true, value: await compareReadings(readings, scan, run.kinds) };
}

function relabel(side: OpenTarget, other: OpenTarget): OpenTarget {
  return side.label === other.label ? { ...side, label: `${side.label} (right)` } : side;
}

/** Compares two readings as an environment with its reference, by everything that was read. */
async function compareReadings(
  readings: readonly PlaneReading[],
  options: ScanOptions,
  kinds: KindIndex,
): Promise<Report> {
  const [before, after] = readings as readonly [PlaneReading, PlaneReading];
  const cases: Case[] = [];
  const comparison = {
    environment: environmentFacts(after.job.environment),
    reference: environmentFacts(before.job.environment),
    source: after.job.source.id,
    plane: after.job.plane,
    store: options.store,
    use: 'within-environment',
  } as const;
  for await (const found of planeCases(comparison, before.snapshot, after.snapshot)) cases.push(found);
  for (const reading of readings) cases.push(...completenessCases(reading, environmentFacts(reading.job.environment)));
  const problems = readings.flatMap(inputProblems);
  const sides = [before.job.environment.name, after.job.environment.name] as const;
  return diffReport({ cases, kinds, options, readings, problems, sides });
}

/** A file the user named that cannot be parsed is a mistake in use; a system that does not answer is not. */
function inputProblems({ snapshot }: PlaneReading): readonly Problem[] {
  const problems = snapshot.header.completeness.flatMap((record) => record.problems);
  const unique = new Map(problems.map((found) => [JSON.stringify(found), found] as const));
  return [...unique.values()].filter(({ code }) => code.startsWith('LW2'));
}

function standaloneEstate(labels: readonly string[]): Estate {
  return {
    name: 'diff',
    title: 'diff',
    environments: labels.map(standaloneEnvironment),
    workloads: [],
    owners: [],
    sources: [],
    approved: [],
    policies: { packs: [], files: [], policies: [], parameters: {}, bundles: [] },
    expiryWarningDays: 14,
    revision: 'working tree',
  };
}

function standaloneEnvironment(name: string): Environment {
  return { name, dimensions: { stage: 'diff' }, parameters: {}, tokens: {}, criticality: 2, place: {} };
}

function standaloneJob(
  side: OpenTarget,
  estate: Estate,
  connector: string,
  opened: NonNullable<ReadJob['opened']>,
): ReadJob {
  const environment = estate.environments.find(({ name }) => name === side.label) ?? standaloneEnvironment(side.label);
  const settings = { connector, settings: null, place: {} };
  const source: Source = {
    id: connector,
    title: side.label,
    environments: [side.label],
    observed: settings,
    unmanaged: 'report',
    parity: true,
    deadline: 300,
    exclude: [],
    place: {},
  };
  return { environment, source, plane: 'observed', settings, files: side.files, opened };
}
