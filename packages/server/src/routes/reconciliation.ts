import { patchOf } from '@leeway/engine/reconcile/patch.ts';
import { requireTo } from '../approvals/drafts.ts';
import type { findingContracts } from '../contract/findings.ts';
import type { HandlersOf } from '../http/call.ts';
import { openFinding, previewChange, proposeChange } from '../reconcile/reconcile.ts';

type Reconciling = Pick<typeof findingContracts, 'previewReconciliation' | 'proposeReconciliation'>;

export const reconciliationHandlers: HandlersOf<Reconciling> = {
  async previewReconciliation({ params, principal }, context) {
    const finding = await openFinding(params.fingerprint, principal, context);
    const preview = await previewChange(finding, context);
    return { ...preview, patch: patchOf(preview) };
  },

  async proposeReconciliation({ params, body, principal }, context) {
    const finding = await openFinding(params.fingerprint, principal, context);
    const { environment, workload } = finding;
    requireTo('approvals:request', principal, { environment, workload });
    return proposeChange(finding, body, principal, context);
  },
};
