import type { JudgeContext, KindIndex } from '@leeway/core';
import { ownerOf, workloadOf } from '@leeway/estate';
import type { ScanOptions } from './options.ts';
import { loadPatternMatcher } from './pattern-matcher.ts';

/** The rules in force and whom things belong to, for {@link judge}. */
export async function judgeContext(options: ScanOptions, kinds: KindIndex): Promise<JudgeContext> {
  const { estate, now, strict } = options;
  return {
    estate: estate.name,
    now: now.getTime(),
    kinds,
    strict: strict === true,
    approved: estate.approved,
    expiryWarningDays: estate.expiryWarningDays,
    matchesPattern: await loadPatternMatcher(estate.approved),
    ownershipOf(resource) {
      const workload = workloadOf(estate, resource);
      const owner = ownerOf(estate, resource);
      return {
        priority: workload?.priority ?? 2,
        ...(workload && { workload: workload.name }),
        ...(owner && { owner }),
      };
    },
  };
}
