import { ProblemError, problem } from '@leeway/core';
import { comparisonPage } from '../compare/page.ts';
import type { ServerContext } from '../context.ts';
import type { compareContracts } from '../contract/compare.ts';
import type { HandlersOf } from '../http/call.ts';
import { readCursor } from '../http/page.ts';
import { unwrap } from '../http/unwrap.ts';
import { may, type Principal } from '../identity/principal.ts';
import { visible } from '../identity/scope.ts';

/** Scans looked through for those of one environment. */
const scansLookedAt = 2000;

export const compareHandlers: HandlersOf<typeof compareContracts> = {
  async compare({ query, principal, signal }, context) {
    requireSight(principal, [query.left, query.right], context);
    const key = query.cursor === undefined ? undefined : readCursor(query.cursor).key;
    const kept = key === undefined ? undefined : context.comparisons.kept(key);
    const made = kept ?? unwrap(await context.comparisons.compare(query.left, query.right, signal));
    return comparisonPage(made, query, principal);
  },

  async compareResource({ query, principal, signal }, context) {
    const { left, right, source, kind, key } = query;
    requireSight(principal, [left, right], context);
    const found = unwrap(await context.comparisons.compareResource(left, right, { source, kind, key }, signal));
    const sees = (side: string) => visible(principal, { environment: environmentOf(side), workload: found.workload });
    if (!sees(left) || !sees(right)) throw new ProblemError(problem('LW8003', { what: kind, id: key }));
    return {
      source,
      kind,
      key,
      ...(found.left && { left: found.left }),
      ...(found.right && { right: found.right }),
      attributes: found.attributes.map(({ approval, headline, ...rest }) => ({
        ...rest,
        headline: [...headline],
        ...(approval && {
          approval: { id: approval.id, state: approval.state, reason: approval.reason, expires: approval.expires },
        }),
      })),
      equal: found.equal,
    };
  },

  async listMoments({ params, query, principal }, context) {
    requireSight(principal, [params.environment], context);
    const { estate } = context.estate.current();
    const scans = await context.store.findings.scans(estate.name, scansLookedAt);
    const own = scans.filter(({ environments }) => environments.includes(params.environment));
    return { items: own.slice(0, query.limit).map(({ at, revision, exitCode }) => ({ at, revision, exitCode })) };
  },
};

/** Sides of environments that somebody may not see are not there for them. */
function requireSight(principal: Principal, sides: readonly string[], { estate }: ServerContext): void {
  const names = new Set(estate.current().estate.environments.map(({ name }) => name));
  for (const environment of sides.map(environmentOf)) {
    if (names.has(environment) && may(principal, 'findings:read', { environment })) continue;
    throw new ProblemError(problem('LW8003', { what: 'environment', id: environment }));
  }
}

function environmentOf(side: string): string {
  return side.split('@', 1)[0] ?? '';
}
