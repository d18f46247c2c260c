import { ProblemError } from '@leeway/core';
import { recordApplied } from '@leeway/engine/applied/record-applied.ts';
import { gitTree } from '@leeway/estate';
import type { JobRecord } from '@leeway/store';
import type { ServerContext } from '../context.ts';
import { unknownNames } from '../jobs/scan-job.ts';
import { ProblemsError } from '../plugins/errors.ts';

/** A deployment somebody tells of. */
export interface Deployed {
  readonly environment: string;
  /** Commit, branch or tag of the estate; where it is not told, only the scan follows. */
  readonly revision?: string;
  /** All sources of the environment where empty. */
  readonly sources: readonly string[];
  readonly at?: string;
  readonly actor?: string;
  readonly scan: boolean;
  readonly once?: string;
}

/** Records a deployment under the full id of its commit and has the environment scanned. Problems are thrown. */
export async function deploy(
  deployed: Deployed,
  { estate, store, queue, now }: ServerContext,
): Promise<{ readonly sources: readonly string[]; readonly job?: JobRecord }> {
  const { environment, revision, sources, actor, at } = deployed;
  const current = estate.current();
  const unknown = unknownNames(current.estate, { environments: [environment], sources });
  if (unknown.length > 0) throw new ProblemsError(unknown);
  const recorded: string[] = [];
  if (revision !== undefined) {
    const result = await recordApplied({
      estate: current.estate,
      deployments: store.deployments,
      environment,
      ...(sources.length > 0 && { sources }),
      revision: await commitOf(current.directory, revision),
      ...(actor !== undefined && { actor }),
      now: at === undefined ? now() : new Date(at),
    });
    if (!result.ok) throw new ProblemsError(result.problems);
    recorded.push(...result.value);
  }
  if (!deployed.scan) return { sources: recorded };
  const { once } = deployed;
  const scope = { environments: [environment], sources, ...(actor !== undefined && { requestedBy: actor }) };
  const job = await queue.add({ kind: 'scan', cause: 'deployment', ...scope, ...(once !== undefined && { once }) });
  return { sources: recorded, job };
}

/** A branch moves on; what was deployed does not. */
async function commitOf(directory: string, revision: string): Promise<string> {
  const tree = await gitTree(directory, revision);
  if (!tree.ok) throw new ProblemError(tree.problems[0] as NonNullable<(typeof tree.problems)[0]>);
  const { commit } = tree.value;
  tree.value.close();
  return commit;
}
