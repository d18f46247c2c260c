import type { Problem } from '@leeway/core';
import type { Report } from '@leeway/engine';
import type { EstateRequest } from '../use-cases.ts';

/** A report that holds nothing but why there is none: exit code 1 through the same door as every other. */
export function failedReport(request: EstateRequest, problems: readonly Problem[], mode: Report['mode']): Report {
  return {
    schemaVersion: 1,
    mode,
    estate: '',
    revision: request.ref ?? 'working tree',
    at: request.now.toISOString(),
    environments: [],
    sources: [],
    findings: [],
    groups: [],
    approved: [],
    approvals: [],
    history: {},
    problems,
    warnings: [],
    summary: { resources: 0, findings: 0, groups: 0, isNew: 0, approved: 0, byVerdict: {}, bySeverity: {} },
    exitCode: 1,
  };
}
