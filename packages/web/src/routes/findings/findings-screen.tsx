import { useMediaQuery } from '@mantine/hooks';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { TextSkeleton } from '../../components/skeletons.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { Facets } from './facets.tsx';
import { FindingList } from './finding-list.tsx';
import classes from './findings-screen.module.css';
import { findingsQuery } from './queries.ts';
import { filterOf } from './search.ts';
import { Toolbar } from './toolbar.tsx';
import { useFindingsSearch } from './use-findings-search.ts';
import { useSelection } from './use-selection.ts';

const FindingPane = lazy(async () => ({ default: (await import('../finding/finding-pane.tsx')).FindingPane }));

const route = getRouteApi('/shell/findings');

/** The inbox: findings grouped by cause. */
export function FindingsScreen() {
  const search = route.useSearch();
  const filter = filterOf(search);
  const { close, change, clear } = useFindingsSearch();
  const query = useInfiniteQuery({ ...findingsQuery(filter), placeholderData: keepPreviousData });
  const rows = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const first = query.data?.pages[0];
  const selection = useSelection(rows, JSON.stringify(filter));
  const facets = useFacetsPlace(search.open !== undefined);
  return (
    <div className={classes.screen}>
      {facets.shown && (
        <Facets
          facets={first?.facets}
          isLoading={query.isPending}
          filter={filter}
          onChange={change}
          onClose={facets.over ? facets.toggle : undefined}
        />
      )}
      <section className={classes.inbox} aria-label="Inbox">
        <Toolbar
          filter={filter}
          first={first}
          onChange={change}
          onClear={clear}
          onFacets={facets.over ? facets.toggle : undefined}
        />
        <FindingList query={query} rows={rows} filter={filter} selection={selection} open={search.open} />
        {selection.rows.length > 0 && <BulkBar rows={selection.rows} onDone={selection.clear} />}
      </section>
      {search.open !== undefined && (
        <Suspense fallback={<TextSkeleton lines={6} label="Loading the finding" />}>
          <FindingPane fingerprint={search.open} onClose={close} />
        </Suspense>
      )}
    </div>
  );
}

/** Filters stand beside the list where there is room, and lie over it on demand where there is not. */
function useFacetsPlace(hasPane: boolean) {
  const width = hasPane ? 1599 : 1199;
  const over = useMediaQuery(`(max-width: ${width}px)`, undefined, { getInitialValueInEffect: false }) ?? false;
  const [asked, setAsked] = useState(false);
  return { over, shown: !over || asked, toggle: () => setAsked(!asked) };
}
