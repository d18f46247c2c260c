import { ok, type Result } from '@leeway/core';
import { recordApplied } from '@leeway/engine/applied/record-applied.ts';
import { gitTree } from '@leeway/estate';
import type { EstateRequest } from '../use-cases.ts';
import { withStore } from './with-store.ts';

interface DeploymentRequest extends EstateRequest {
  readonly environment: string;
  readonly sources?: readonly string[];
  readonly revision?: string;
  readonly actor?: string;
}

/** Records a deployment under the full id of its commit: a branch moves on, what was deployed does not. */
export function recordDeployment(
  request: DeploymentRequest,
): Promise<Result<{ readonly revision: string; readonly sources: readonly string[] }>> {
  return withStore(request, async ({ opened, store, options }) => {
    const tree = await gitTree(request.directory, request.revision ?? 'HEAD');
    if (!tree.ok) return tree;
    const { commit } = tree.value;
    tree.value.close();
    const { environment, sources, actor } = request;
    const recorded = await recordApplied({
      estate: opened.estate,
      deployments: store.deployments,
      environment,
      ...(sources && { sources }),
      ...(actor !== undefined && { actor }),
      revision: commit,
      now: options.now,
    });
    return recorded.ok ? ok({ revision: commit, sources: recorded.value }) : recorded;
  });
}
