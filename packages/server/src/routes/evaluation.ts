import type { ServerContext } from '../context.ts';
import type { policyContracts } from '../contract/policies.ts';
import type { HandlersOf } from '../http/call.ts';
import { visible } from '../identity/scope.ts';
import { tryExpression } from '../policies/evaluate.ts';
import { rowOf } from '../resources/list-resources.ts';
import { seenEnvironment } from './resources.ts';

type Evaluation = Pick<typeof policyContracts, 'evaluatePolicy'>;

/** The signal of a call with a body aborts as soon as the body was read: a limit of its own stands in. */
const timeLimit = 20_000;

export const evaluationHandlers: HandlersOf<Evaluation> = {
  async evaluatePolicy({ body, principal }, context: ServerContext) {
    const environment = seenEnvironment(body.environment, principal, context);
    const { estate } = context.estate.current();
    const kinds = await context.comparisons.kinds();
    const sourceOf = new Map(estate.sources.map((source) => [source.id, source] as const));
    const sees: Parameters<typeof tryExpression>[0]['sees'] = (id, resource) => {
      const source = sourceOf.get(id);
      if (!source) return false;
      const { workload } = rowOf(resource, source, [], new Map(), { estate, kinds, environment });
      return visible(principal, { environment: environment.name, workload }, 'policies:evaluate');
    };
    const outcome = await tryExpression(
      { ...body, environment, sees },
      { estate, store: context.store, now: context.now(), signal: AbortSignal.timeout(timeLimit) },
    );
    return { ...outcome, results: [...outcome.results] };
  },
};
