import { cancelled, checkShape, listFiles, type ReadContext, readYamlFile } from '@leeway/connector-kit';
import {
  failed,
  formatPlace,
  isJsonArray,
  isJsonObject,
  type Json,
  ok,
  type Problem,
  problem,
  type Result,
} from '@leeway/core';
import type { ParsedDocument } from '@leeway/formats';
import type { Rule, RuleGroup } from './rules.ts';
import { type FileRule, RuleFile } from './schema.ts';

/** What files gave: every group that could be read, and what went wrong with the others. */
export interface FoundGroups {
  readonly groups: readonly RuleGroup[];
  readonly problems: readonly Problem[];
}

/** Reads rule files and manifests. A file that cannot be read spoils itself only. */
export async function readRuleFiles(context: ReadContext, globs: readonly string[]): Promise<FoundGroups> {
  const paths = await listFiles(context.files, globs);
  if (!paths.ok) return { groups: [], problems: paths.problems };
  const groups: RuleGroup[] = [];
  const problems: Problem[] = [];
  for (const path of paths.value) {
    const stop = cancelled(context.signal, 'Prometheus rule files');
    if (stop) return { groups, problems: [...problems, stop] };
    const found = await readRuleFile(context, path);
    if (found.ok) groups.push(...found.value);
    else problems.push(...found.problems);
  }
  return { groups, problems };
}

export async function readRuleFile(context: ReadContext, path: string): Promise<Result<readonly RuleGroup[]>> {
  // Prometheus and Kubernetes read YAML 1.1: `yes` and `0644` mean something else there.
  const documents = await readYamlFile(context.files, path, { version: '1.1' });
  if (!documents.ok) return documents;
  const groups: RuleGroup[] = [];
  const problems: Problem[] = [];
  for (const document of documents.value) {
    for (const part of ruleParts(document.value, '')) {
      const found = readPart(document, path, part);
      if (found.ok) groups.push(...found.value);
      else problems.push(...found.problems);
    }
  }
  return problems.length > 0 ? failed(...problems) : ok(groups);
}

interface Part {
  readonly value: Json;
  readonly pointer: string;
}

/** The rule files in a document: itself, the spec of a PrometheusRule, those of a list. Other objects are no rules. */
function ruleParts(value: Json, pointer: string): readonly Part[] {
  if (!isJsonObject(value) || !('apiVersion' in value)) return [{ value, pointer }];
  const { kind, items, spec = null } = value;
  if (kind === 'PrometheusRule') return [{ value: spec, pointer: `${pointer}/spec` }];
  if (!isJsonArray(items)) return [];
  return items.flatMap((item, index) => ruleParts(item, `${pointer}/items/${index}`));
}

function readPart(document: ParsedDocument, file: string, part: Part): Result<readonly RuleGroup[]> {
  if (isJsonObject(part.value) && !('groups' in part.value) && Object.keys(part.value).length > 0) {
    const values = { what: 'A document without "groups"', expected: 'a rule file or a PrometheusRule' };
    return failed(problem('LW2009', values, { file, ...document.placeOf(part.pointer) }));
  }
  const parsed = checkShape(RuleFile, document, file, part);
  if (!parsed.ok) return parsed;
  const placeOf = (pointer: string) =>
    formatPlace({ file, ...withoutPointer(document.placeOf(part.pointer + pointer)) });
  return ok(
    parsed.value.groups.map(({ name, interval, limit, query_offset: queryOffset, labels, rules }, index) => ({
      name,
      file,
      ...(interval !== undefined && { interval }),
      ...(limit !== undefined && { limit }),
      ...(queryOffset !== undefined && { queryOffset }),
      rules: rules.map((rule, at) => toRule(rule, labels, placeOf(`/groups/${index}/rules/${at}`))),
      place: placeOf(`/groups/${index}`),
    })),
  );
}

function withoutPointer(place: ReturnType<ParsedDocument['placeOf']>) {
  const { line, column } = place ?? {};
  return { ...(line !== undefined && { line }), ...(column !== undefined && { column }) };
}

/** Labels of the group hold for its rules, whose own labels win. */
function toRule(rule: FileRule, shared: Readonly<Record<string, string>>, place: string): Rule {
  return {
    type: rule.alert === undefined ? 'recording' : 'alerting',
    name: rule.alert ?? rule.record ?? '',
    expr: rule.expr,
    ...(rule.for !== undefined && { for: rule.for }),
    ...(rule.keep_firing_for !== undefined && { keepFiringFor: rule.keep_firing_for }),
    labels: { ...shared, ...rule.labels },
    annotations: rule.annotations,
    place,
  };
}
