import { approvalContracts } from './approvals.ts';
import { auditContracts } from './audit.ts';
import { compareContracts } from './compare.ts';
import { deploymentContracts } from './deployments.ts';
import { environmentContracts } from './environments.ts';
import { findingContracts } from './findings.ts';
import { jobContracts } from './jobs.ts';
import { overviewContracts } from './overview.ts';
import { policyContracts } from './policies.ts';
import { searchContracts } from './search.ts';
import { sessionContracts } from './session.ts';
import { settingsContracts } from './settings.ts';
import { sourceContracts } from './sources.ts';
import { timelineContracts } from './timeline.ts';

/** Every operation of the API by its id. Handlers, the OpenAPI document and the permission tests are held against it. */
export const api = {
  ...sessionContracts,
  ...overviewContracts,
  ...environmentContracts,
  ...compareContracts,
  ...findingContracts,
  ...approvalContracts,
  ...policyContracts,
  ...timelineContracts,
  ...sourceContracts,
  ...jobContracts,
  ...deploymentContracts,
  ...auditContracts,
  ...settingsContracts,
  ...searchContracts,
} as const;

export type Api = typeof api;
export type OperationId = keyof Api;
