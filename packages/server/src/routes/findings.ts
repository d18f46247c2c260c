import type { findingContracts } from '../contract/findings.ts';
import type { HandlersOf } from '../http/call.ts';
import { pageOfEntries } from '../views/entry-page.ts';
import { makeFindingPage, shownFinding } from '../views/finding-page.ts';
import { type CauseRow, pageOfRows } from '../views/rows.ts';

type Reading = Pick<typeof findingContracts, 'listFindings' | 'getFinding' | 'listCause'>;

const dayMilliseconds = 86_400_000;

export const findingHandlers: HandlersOf<Reading> = {
  async listFindings({ query: { cursor, limit, sort, ...filter }, principal }, { views }) {
    const view = await views.open(principal);
    const { selected, rows } = await view.rows(filter, sort);
    const page = pageOfRows(rows, sort, { cursor, limit });
    return {
      items: page.rows.map((row) => shownRow(row, view.clock)),
      ...(page.next !== undefined && { next: page.next }),
      total: rows.length,
      findings: selected.entries.length,
      facets: selected.facets,
    };
  },

  async getFinding({ params, principal }, { views, store }) {
    return makeFindingPage(await views.open(principal), store, params.fingerprint);
  },

  async listCause({ params, query, principal }, { views, store }) {
    const view = await views.open(principal);
    const { estate } = view.current;
    const all = view.index.entries.filter((entry) => entry.cause === params.cause && view.sees(entry));
    const page = pageOfEntries(all, query);
    const fingerprints = page.entries.map(({ fingerprint }) => fingerprint);
    const [open, silenced] = await Promise.all([
      store.views.findings(estate.name, fingerprints),
      store.views.silenced(estate.name, fingerprints),
    ]);
    return {
      items: page.entries.flatMap((entry) => {
        const finding = (entry.silenced ? silenced : open).get(entry.fingerprint);
        return finding ? [shownFinding(finding)] : [];
      }),
      ...(page.next !== undefined && { next: page.next }),
      total: all.length,
    };
  },
};

function shownRow({ head, severity, environments, findings, resources, firstSeen }: CauseRow, clock: number) {
  const { fingerprint, cause, verdict, layer, kind, owner, workload, approval, handled } = head;
  return {
    ...{ fingerprint, cause, verdict, severity, layer, kind, findings, resources, firstSeen },
    headline: [...head.headline],
    environments: [...environments],
    isNew: Date.parse(firstSeen) >= clock - dayMilliseconds,
    ...(owner !== undefined && { owner }),
    ...(workload !== undefined && { workload }),
    ...(approval !== undefined && { approval }),
    handling: { ...handled },
  };
}
