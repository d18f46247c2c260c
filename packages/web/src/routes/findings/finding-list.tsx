import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { FindingRow } from '../../api/types.ts';
import { ProblemBox } from '../../components/problem-box.tsx';
import { RowSkeletons } from '../../components/skeletons.tsx';
import { VirtualList } from '../../components/virtual-list.tsx';
import { useListKeys } from '../../keyboard/use-list-keys.ts';
import { FindingRowView, rowHeight } from './finding-row.tsx';
import classes from './findings-screen.module.css';
import { NoFindings } from './no-findings.tsx';
import type { FindingsFilter } from './search.ts';
import { useFindingsSearch } from './use-findings-search.ts';
import type { Selection } from './use-selection.ts';

interface FindingListProps {
  readonly query: UseInfiniteQueryResult<InfiniteData<{ readonly total: number }>>;
  readonly rows: readonly FindingRow[];
  readonly filter: FindingsFilter;
  readonly selection: Selection;
  /** Fingerprint of the finding in the pane. */
  readonly open: string | undefined;
}

/** The rows, walked by keys; while the pane is open it follows them. */
export function FindingList({ query, rows, filter, selection, open: opened }: FindingListProps) {
  const { open, close, clear } = useFindingsSearch();
  const [active, setActive] = useState(() => rows.findIndex(({ fingerprint }) => fingerprint === opened));
  const current = rows[active];
  useListKeys({
    count: rows.length,
    active,
    onActive(index) {
      setActive(index);
      if (opened !== undefined && rows[index]) open(rows[index].fingerprint);
    },
    onToggle: () => current && selection.toggle(current.cause),
    onOpen: () => current && open(current.fingerprint),
    onLeave: () => (opened === undefined ? selection.clear() : close()),
  });
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return (
    <div className={classes.list} data-stale={query.isPlaceholderData || undefined}>
      {query.error && <ProblemBox error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <RowSkeletons rows={12} height={rowHeight} label="Loading findings" />}
      {query.data && rows.length === 0 && <NoFindings filter={filter} onClear={clear} />}
      {rows.length > 0 && (
        <VirtualList
          label="Findings by cause"
          items={rows}
          total={query.data?.pages[0]?.total ?? rows.length}
          keyOf={({ cause }) => cause}
          rowHeight={rowHeight}
          active={active}
          onEnd={onEnd}
        >
          {(row, index) => (
            <FindingRowView
              row={row}
              isOpen={row.fingerprint === opened}
              isSelected={selection.has(row.cause)}
              onSelect={(range) => (range ? selection.extend(index) : selection.toggle(row.cause))}
              onFocus={() => setActive(index)}
            />
          )}
        </VirtualList>
      )}
    </div>
  );
}
