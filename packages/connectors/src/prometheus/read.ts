import { type CheckLine, listFiles, type ReadContext, type Reading } from '@leeway/connector-kit';
import { prometheusKinds } from './kinds.ts';
import { type FoundGroups, readRuleFile, readRuleFiles } from './read-files.ts';
import { readRulesOf } from './read-server.ts';
import { toResources } from './rules.ts';
import type { PrometheusSettings } from './settings.ts';

/** Reads rules from files or from a server. Groups hold rules of both kinds, so one fault leaves all unchecked. */
export async function* readPrometheus(settings: PrometheusSettings, context: ReadContext): AsyncIterable<Reading> {
  const { groups, problems } = await findGroups(settings, context);
  for (const resource of toResources(groups)) yield { type: 'resource', resource };
  for (const problem of problems) yield { type: 'notice', problem };
  if (problems.length > 0) return;
  for (const { name: kind } of prometheusKinds) yield { type: 'complete', kind };
}

async function findGroups(settings: PrometheusSettings, context: ReadContext): Promise<FoundGroups> {
  if (settings.url === undefined) return readRuleFiles(context, globsOf(settings));
  const found = await readRulesOf(context, settings.url, settings);
  return found.ok ? { groups: found.value, problems: [] } : { groups: [], problems: found.problems };
}

function globsOf({ files = [] }: PrometheusSettings): readonly string[] {
  return [files].flat();
}

export async function checkPrometheus(
  settings: PrometheusSettings,
  context: ReadContext,
): Promise<readonly CheckLine[]> {
  if (settings.url !== undefined) {
    const found = await readRulesOf(context, settings.url, settings);
    const [problem] = found.ok ? [] : found.problems;
    return [{ what: 'rules (GET /api/v1/rules)', ok: found.ok, ...(problem && { problem }) }];
  }
  const paths = await listFiles(context.files, globsOf(settings));
  if (!paths.ok) return paths.problems.map((problem) => ({ what: globsOf(settings).join(', '), ok: false, problem }));
  const lines: CheckLine[] = [];
  for (const path of paths.value) {
    const found = await readRuleFile(context, path);
    const [problem] = found.ok ? [] : found.problems;
    lines.push({ what: path, ok: found.ok, ...(problem && { problem }) });
  }
  return lines;
}
