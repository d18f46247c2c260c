import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useState } from 'react';
import { ProblemBox } from '../../components/problem-box.tsx';
import { RowSkeletons, TextSkeleton } from '../../components/skeletons.tsx';
import { VirtualList } from '../../components/virtual-list.tsx';
import { useListKeys } from '../../keyboard/use-list-keys.ts';
import { BulkBar } from './bulk-bar.tsx';
import { Facets } from './facets.tsx';
import { FindingRowView, rowHeight } from './finding-row.tsx';
import classes from './findings-screen.module.css';
import { NoFindings } from './no-findings.tsx';
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
  const [showFacets, setShowFacets] = useState(false);
  const { open, close, change, clear } = useFindingsSearch();
  const query = useInfiniteQuery(findingsQuery(filter));
  const rows = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const first = query.data?.pages[0];
  const selection = useSelection(rows, JSON.stringify(filter));
  const [active, setActive] = useState(-1);
  const current = rows[active];
  useListKeys({
    count: rows.length,
    active,
    onActive(index) {
      setActive(index);
      if (search.open !== undefined && rows[index]) open(rows[index].fingerprint);
    },
    onToggle: () => current && selection.toggle(current.cause),
    onOpen: () => current && open(current.fingerprint),
    onLeave: () => (search.open === undefined ? selection.clear() : close()),
  });
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

  return (
    <div className={classes.screen} data-pane={search.open !== undefined || undefined}>
      <Facets
        facets={first?.facets}
        filter={filter}
        onChange={change}
        shown={showFacets}
        onClose={() => setShowFacets(false)}
      />
      <section className={classes.inbox} aria-label="Findings by cause">
        <Toolbar
          filter={filter}
          first={first}
          onChange={change}
          onClear={clear}
          onFacets={() => setShowFacets(!showFacets)}
        />
        <div className={classes.list}>
          {query.error && <ProblemBox error={query.error} onRetry={() => void query.refetch()} />}
          {query.isPending && <RowSkeletons rows={12} height={rowHeight} label="Loading findings" />}
          {first && rows.length === 0 && <NoFindings filter={filter} onClear={clear} />}
          {rows.length > 0 && (
            <VirtualList
              label="Findings by cause"
              items={rows}
              total={first?.total ?? rows.length}
              keyOf={({ cause }) => cause}
              rowHeight={rowHeight}
              active={active}
              onEnd={onEnd}
            >
              {(row, index) => (
                <FindingRowView
                  row={row}
                  isOpen={row.fingerprint === search.open}
                  isSelected={selection.has(row.cause)}
                  onSelect={(range) => (range ? selection.extend(index) : selection.toggle(row.cause))}
                  onFocus={() => setActive(index)}
                />
              )}
            </VirtualList>
          )}
        </div>
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
