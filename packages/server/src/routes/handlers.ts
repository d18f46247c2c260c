import type { Api } from '../contract/api.ts';
import type { HandlersOf } from '../http/call.ts';
import { accessHandlers } from './access.ts';
import { approvalHandlers } from './approvals.ts';
import { auditHandlers } from './audit.ts';
import { compareHandlers } from './compare.ts';
import { environmentHandlers } from './environments.ts';
import { evaluationHandlers } from './evaluation.ts';
import { findingHandlers } from './findings.ts';
import { handlingHandlers } from './handling.ts';
import { deploymentHandlers } from './hooks.ts';
import { jobHandlers } from './jobs.ts';
import { notificationHandlers } from './notifications.ts';
import { overviewHandlers } from './overview.ts';
import { policyHandlers } from './policies.ts';
import { reconciliationHandlers } from './reconciliation.ts';
import { resourceHandlers } from './resources.ts';
import { searchHandlers } from './search.ts';
import { sessionHandlers } from './session.ts';
import { settingsHandlers } from './settings.ts';
import { sourceHandlers } from './sources.ts';
import { timelineHandlers } from './timeline.ts';

/** Every handler of the API. */
export const handlers = {
  ...sessionHandlers,
  ...overviewHandlers,
  ...findingHandlers,
  ...environmentHandlers,
  ...sourceHandlers,
  ...policyHandlers,
  ...searchHandlers,
  ...timelineHandlers,
  ...accessHandlers,
  ...auditHandlers,
  ...compareHandlers,
  ...jobHandlers,
  ...deploymentHandlers,
  ...settingsHandlers,
  ...notificationHandlers,
  ...resourceHandlers,
  ...evaluationHandlers,
  ...handlingHandlers,
  ...approvalHandlers,
  ...reconciliationHandlers,
} satisfies HandlersOf<Api>;
