import { type FileTree, failed, isJsonObject, type Json, ok, type Problem, type Result } from '@leeway/core';
import type { Estate } from '../estate.ts';
import { findSecrets } from '../settings/secrets.ts';
import { durationSeconds } from '../text/duration.ts';
import { expiryOf, loadApproved } from './approved.ts';
import { loadEnvironments } from './environments.ts';
import { type LoadedFile, readFiles } from './files.ts';
import { loadPolicies, type PolicyReading } from './policies.ts';
import { checkSettings, type SettingsOf } from './settings.ts';
import { loadSources } from './sources.ts';
import { loadWorkloads } from './workloads.ts';

/** What an estate refers to and does not hold itself. */
export interface LoadOptions extends PolicyReading {
  /** Ids of the connectors that exist. */
  readonly connectors: readonly string[];
  /** Schemas of the connectors' settings: with it, settings are checked at their line and column. */
  readonly settingsOf?: SettingsOf;
}

const defaultWarningDays = 14;
const secondsPerDay = 86_400;

/**
 * Loads leeway.yaml and the files it includes: shape, names, references, parameters and moments are checked, and every
 * problem of every file is reported with its line and column, in order. Nothing of a faulty estate is returned.
 */
export async function loadEstate(tree: FileTree, options: LoadOptions): Promise<Result<Estate>> {
  const problems: Problem[] = [];
  const report = (found: Problem) => void problems.push(found);
  const loaded = await readFiles(tree, report);
  if (!loaded) return failed(...problems);
  const { root, files, placeOfRoot } = loaded;
  for (const file of files) problems.push(...secretsOf(file));
  const known = loadEnvironments(files, report);
  const { workloads, owners } = loadWorkloads(files, report);
  const sources = loadSources(files, known, options.connectors, report);
  if (options.settingsOf) await checkSettings(sources, known.environments, options.settingsOf, report);
  const approved = loadApproved(files, known, report);
  const policies = await loadPolicies(tree, files, known, options, report);
  const asOf = root.asOf === undefined ? undefined : expiryOf(root.asOf, placeOfRoot('asOf'), report);
  if (problems.length || root.estate === undefined) return failed(...inOrder(problems));
  const warning = root.expiryWarning;
  return ok({
    name: root.estate,
    title: root.title ?? root.estate,
    environments: known.environments,
    workloads,
    owners,
    sources: sources.map(({ source }) => source),
    approved,
    policies,
    expiryWarningDays: warning === undefined ? defaultWarningDays : durationSeconds(warning) / secondsPerDay,
    revision: tree.revision,
    ...(root.concurrency !== undefined && { concurrency: root.concurrency }),
    ...(asOf !== undefined && { asOf: new Date(asOf).toISOString() }),
  });
}

/** Secrets in the two places that hold free values: settings of sources, and parameters. */
function secretsOf(file: LoadedFile): readonly Problem[] {
  const value = file.document.value;
  if (!isJsonObject(value)) return [];
  return ['environments', 'templates', 'sources'].flatMap((section) =>
    findSecrets((value[section] ?? null) as Json, [section], file.document.placeOf),
  );
}

function inOrder(problems: readonly Problem[]): readonly Problem[] {
  const rank = ({ place }: Problem) => (place?.line ?? 0) * 100_000 + (place?.column ?? 0);
  return problems.toSorted((left, right) => {
    const byFile = compareText(left.place?.file ?? '', right.place?.file ?? '');
    return byFile || rank(left) - rank(right) || compareText(left.code, right.code);
  });
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
