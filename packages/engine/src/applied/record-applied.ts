import { failed, listNames, ok, problem, type Result, suggest } from '@leeway/core';
import type { Estate } from '@leeway/estate';
import type { DeploymentStore } from '../ports.ts';

export interface AppliedRequest {
  readonly estate: Estate;
  readonly deployments: DeploymentStore;
  readonly environment: string;
  /** Sources that were deployed; all of the environment that declare something when absent. */
  readonly sources?: readonly string[];
  /** Full commit id. */
  readonly revision: string;
  readonly actor?: string;
  readonly now: Date;
}

/**
 * Records that a revision was deployed: from then on the declaration at that revision is the applied plane, which tells
 * drift (the system moved) from pending (the declaration moved). Problems: LW3018, LW3019.
 */
export async function recordApplied(request: AppliedRequest): Promise<Result<readonly string[]>> {
  const { estate, environment, revision, actor, now } = request;
  const names = estate.environments.map(({ name }) => name);
  if (!names.includes(environment))
    return failed(
      problem('LW3018', { environment, suggestion: suggest(environment, names), allowed: listNames(names) }),
    );
  const declared = estate.sources.filter((source) => source.declared && source.environments.includes(environment));
  const ids = declared.map(({ id }) => id);
  const unknown = (request.sources ?? []).filter((source) => !ids.includes(source));
  if (unknown.length > 0) {
    return failed(...unknown.map((source) => problem('LW3019', { source, environment, allowed: ids.join(', ') })));
  }
  const chosen = request.sources ?? ids;
  for (const source of chosen) {
    const record = {
      estate: estate.name,
      environment,
      source,
      revision,
      at: now.toISOString(),
      ...(actor && { actor }),
    };
    await request.deployments.record(record);
  }
  return ok(chosen);
}
