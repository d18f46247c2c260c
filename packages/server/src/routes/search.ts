import { headlineText } from '@leeway/core';
import type { CallOutput } from '../contract/contract.ts';
import type { searchContracts } from '../contract/search.ts';
import type { HandlersOf } from '../http/call.ts';
import type { View } from '../views/views.ts';

type Hit = CallOutput<typeof searchContracts.search>['items'][number];

export const searchHandlers: HandlersOf<typeof searchContracts> = {
  async search({ query: { q, limit }, principal }, { views }) {
    const view = await views.open(principal);
    const words = q.toLowerCase().split(/\s+/).filter(Boolean);
    const takes = (text: string) => words.every((word) => text.includes(word));
    const named = namedThings(view).filter(({ id, title, detail }) =>
      takes(`${id}\n${title}\n${detail ?? ''}`.toLowerCase()),
    );
    // The shortest title that has all words is most likely the one that is meant.
    named.sort((left, right) => left.title.length - right.title.length);
    const findings = view.index.entries
      .filter((entry) => (takes(entry.text) || entry.fingerprint.startsWith(q.toLowerCase())) && view.sees(entry))
      .slice(0, limit)
      .map(({ fingerprint, headline, environment }) => ({
        ...{ what: 'finding' as const, id: fingerprint, title: headlineText(headline), detail: environment },
      }));
    return { items: [...named, ...findings].slice(0, limit) };
  },
};

/** Everything of the estate that has a name and is seen. */
function namedThings({ current, environments, sees }: View): Hit[] {
  const { estate, options } = current;
  const isSeen = (workload: string | undefined) =>
    environments.some(({ name }) => sees({ environment: name, ...(workload !== undefined && { workload }) }));
  const names = new Set(environments.map(({ name }) => name));
  return [
    ...environments.map(({ name, dimensions }) => ({
      ...{ what: 'environment' as const, id: name, title: name, detail: dimensions.stage },
    })),
    ...estate.workloads
      .filter(({ name }) => isSeen(name))
      .map(({ name, title, owner }) => ({ what: 'workload' as const, id: name, title, detail: owner })),
    ...estate.approved
      .filter(({ match }) => isSeen(match.workload))
      .map(({ id, reason }) => ({ what: 'approved' as const, id, title: id, detail: reason })),
    ...options.policies.map(({ code, title, pack }) => ({ what: 'policy' as const, id: code, title, detail: pack })),
    ...estate.sources
      .filter((source) => source.environments.some((environment) => names.has(environment)))
      .map(({ id, title }) => ({ what: 'source' as const, id, title })),
  ];
}
