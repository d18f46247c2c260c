import { ProblemError, problem } from '@leeway/core';
import type { findingContracts } from '../contract/findings.ts';
import type { HandlersOf } from '../http/call.ts';
import { visible } from '../identity/scope.ts';

type Handling = Pick<typeof findingContracts, 'handleFindings'>;

export const handlingHandlers: HandlersOf<Handling> = {
  /** Who may act on some of what they name and not on the rest is told so, and nothing is done. */
  async handleFindings({ body, principal }, context) {
    const estate = context.estate.current().estate.name;
    const [named, causes] = [new Set(body.fingerprints), new Set(body.causes)];
    const open = await context.store.findings.open(estate);
    const seen = open.filter((finding) =>
      visible(principal, { environment: finding.environment, workload: finding.workload }),
    );
    const chosen = seen.filter(({ fingerprint, cause }) => named.has(fingerprint) || causes.has(cause));
    const found = new Set(chosen.map(({ fingerprint }) => fingerprint));
    const missing = [...named].find((fingerprint) => !found.has(fingerprint));
    if (missing !== undefined) throw new ProblemError(problem('LW8003', { what: 'open finding', id: missing }));
    for (const { environment, workload } of chosen) {
      if (visible(principal, { environment, workload }, 'findings:act')) continue;
      const scope = ` in ${environment}${workload === undefined ? '' : ` for ${workload}`}`;
      throw new ProblemError(problem('LW8002', { name: principal.name, permission: 'findings:act', scope }));
    }
    const now = context.now();
    if (body.snooze && Date.parse(body.snooze.until) <= now.getTime()) {
      throw new ProblemError(problem('LW8304', { until: body.snooze.until }));
    }
    const wish = { assignee: body.assignee === '' ? null : body.assignee, snooze: body.snooze };
    const by = { actor: principal.name, at: now.toISOString() };
    if (wish.assignee !== undefined || wish.snooze !== undefined) {
      await context.store.handling.handle(estate, [...found], wish, by);
    }
    return { handled: found.size };
  },
};
