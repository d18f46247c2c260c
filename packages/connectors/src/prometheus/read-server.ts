import { type ReadContext, requestJson } from '@leeway/connector-kit';
import { failed, ok, problem, type Result } from '@leeway/core';
import { formatDuration } from './promql-tokens.ts';
import type { Rule, RuleGroup } from './rules.ts';
import { type LiveGroup, RulesAnswer } from './schema.ts';
import type { PrometheusSettings } from './settings.ts';

const system = 'Prometheus';
const what = 'its rules';

/** The rules a server evaluates now. Servers that speak its API (Thanos, Mimir, VictoriaMetrics) answer alike. */
export async function readRulesOf(
  context: ReadContext,
  url: string,
  settings: PrometheusSettings,
): Promise<Result<readonly RuleGroup[]>> {
  const headers = signIn(context, settings);
  if (!headers.ok) return headers;
  const address = `${url.replace(/\/+$/, '')}/api/v1/rules`;
  const answer = await requestJson(context, {
    url: address,
    system,
    what,
    permission: 'GET /api/v1/rules',
    init: { headers: headers.value },
  });
  if (!answer.ok) return answer;
  const parsed = RulesAnswer.safeParse(answer.value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const reason = `its field ${issue?.path.join('.') || 'at the top'} is not as the rules API has it`;
    return failed(problem('LW3006', { system, what, reason }));
  }
  return ok(parsed.data.data.groups.map((group) => toGroup(group, address)));
}

function signIn(context: ReadContext, settings: PrometheusSettings): Result<Record<string, string>> {
  const { tokenFrom, username, passwordFrom } = settings;
  const variable = tokenFrom ?? passwordFrom;
  if (variable === undefined) return ok({});
  const secret = context.variable(variable);
  if (!secret) return failed(problem('LW3055', { system, variable }));
  if (tokenFrom) return ok({ authorization: `Bearer ${secret}` });
  return ok({ authorization: `Basic ${Buffer.from(`${username}:${secret}`).toString('base64')}` });
}

function toGroup({ name, file, interval, limit, queryOffset, rules }: LiveGroup, place: string): RuleGroup {
  return {
    name,
    file,
    ...(interval !== undefined && { interval: formatDuration(interval) }),
    ...(limit !== undefined && { limit }),
    ...(queryOffset !== undefined && { queryOffset: formatDuration(queryOffset) }),
    rules: rules.map((rule) => toRule(rule, place)),
    place,
  };
}

function toRule(rule: LiveGroup['rules'][number], place: string): Rule {
  const { type, name, query, duration, keepFiringFor, labels, annotations } = rule;
  return {
    type,
    name,
    expr: query,
    ...(duration !== undefined && { for: formatDuration(duration) }),
    ...(keepFiringFor !== undefined && { keepFiringFor: formatDuration(keepFiringFor) }),
    labels,
    annotations,
    place,
  };
}
