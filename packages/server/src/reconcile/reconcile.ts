import { type Finding, ProblemError, problem } from '@leeway/core';
import { declaredFile, planReconciliation, type ReconcilePlan } from '@leeway/engine/reconcile/plan.ts';
import type { ServerContext } from '../context.ts';
import type { Proposed } from '../estate/repository.ts';
import { unwrap } from '../http/unwrap.ts';
import type { Principal } from '../identity/principal.ts';
import { visible } from '../identity/scope.ts';

export interface Preview extends ReconcilePlan {
  /** Commit that the file was read at. */
  readonly revision: string;
}

/** The open finding of a fingerprint, for somebody who may see it. Throws LW8003. */
export async function openFinding(fingerprint: string, principal: Principal, context: ServerContext): Promise<Finding> {
  const found = await context.store.findings.find(context.estate.current().estate.name, fingerprint);
  const isOpen = found.state === 'found' && found.history.resolvedAt === undefined;
  const { environment, workload } = isOpen ? found.finding : {};
  if (!isOpen || environment === undefined || !visible(principal, { environment, workload })) {
    throw new ProblemError(problem('LW8003', { what: 'open finding', id: fingerprint }));
  }
  return found.finding;
}

/** The change at the commit in force. Throws LW8311 without Git, LW8321 to LW8323 where nothing can be written. */
export async function previewChange(finding: Finding, context: ServerContext): Promise<Preview> {
  const { commit } = await context.repository.head();
  return { ...(await planAt(commit, finding, context)), revision: commit };
}

/** Commits the change that was shown at a revision. Throws LW8324 where it is another one by now. */
export async function proposeChange(
  finding: Finding,
  { revision, reason }: { readonly revision: string; readonly reason: string },
  principal: Principal,
  context: ServerContext,
): Promise<Proposed> {
  const moved = new ProblemError(problem('LW8324', { revision: revision.slice(0, 40) }));
  // A revision goes to git as an argument: only a commit's id may.
  if (!/^[0-9a-f]{40,64}$/.test(revision)) throw moved;
  const preview = await previewChange(finding, context);
  if (revision !== preview.revision) {
    const shown = await context.repository.read(revision, preview.file).catch(() => undefined);
    if (shown !== preview.before) throw moved;
  }
  return context.repository.propose({
    branch: `leeway/reconcile-${finding.fingerprint}`,
    change: { path: preview.file, text: preview.after },
    author: principal,
    title: `Declare what is live at ${finding.path} of ${finding.key} in ${finding.environment}`.replaceAll(
      /\s+/g,
      ' ',
    ),
    body: reason,
    pullRequest: true,
  });
}

/** Whether a change can be planned with the declared file as it lies there now. */
export async function canReconcile(finding: Finding, { options }: ReturnType<ServerContext['estate']['current']>) {
  const file = declaredFile(finding);
  if (!file.ok) return false;
  try {
    const text = new TextDecoder().decode(await options.files.declared.read(file.value));
    return planReconciliation(finding, text).ok;
  } catch (error) {
    if (error instanceof ProblemError) return false;
    throw error;
  }
}

async function planAt(commit: string, finding: Finding, { repository }: ServerContext): Promise<ReconcilePlan> {
  const file = unwrap(declaredFile(finding));
  const text = await repository.read(commit, file);
  if (text === undefined) throw new ProblemError(problem('LW8322', { file, path: finding.path }));
  return unwrap(planReconciliation(finding, text));
}
