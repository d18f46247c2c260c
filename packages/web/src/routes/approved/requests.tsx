import { SegmentedControl } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { withoutEmpty } from '../../api/search-params.ts';
import type { ApprovalRequest } from '../../api/types.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { headlineText } from '../../components/headline.tsx';
import { More } from '../../components/more.tsx';
import { ProblemBox } from '../../components/problem-box.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { RowSkeletons } from '../../components/skeletons.tsx';
import { requestsQuery } from './queries.ts';

const route = getRouteApi('/shell/approved');

/** What was asked for and how it was decided. */
export function Requests() {
  const { mine, open } = route.useSearch();
  const navigate = route.useNavigate();
  const whose = mine === 'requested' || mine === 'to-decide' ? mine : undefined;
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    requestsQuery(whose, undefined),
  );
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  const change = (next: Record<string, string | undefined>) =>
    void navigate({ search: (before) => withoutEmpty({ ...before, ...next }), replace: true });
  return (
    <>
      <div style={{ padding: '8px 16px' }}>
        <SegmentedControl
          aria-label="Whose requests"
          value={whose ?? 'all'}
          onChange={(value) => change({ mine: value === 'all' ? undefined : value })}
          data={[
            { value: 'all', label: 'All' },
            { value: 'to-decide', label: 'Waiting for me' },
            { value: 'requested', label: 'Asked by me' },
          ]}
        />
      </div>
      {error && <ProblemBox error={error} onRetry={() => void refetch()} />}
      {!data && !error && <RowSkeletons rows={6} height={33} label="Loading the requests" />}
      {data && items.length === 0 && (
        <EmptyState title={whose === 'to-decide' ? 'Nothing waits for you' : 'Nothing was asked for'}>
          Requests come from a finding: “Approve the difference”. Nobody decides their own.
        </EmptyState>
      )}
      {items.length > 0 && (
        <DataTable
          label="Requests"
          columns={columns}
          items={items}
          keyOf={({ id }) => id}
          open={open}
          onOpen={(id) => change({ open: id })}
          onClose={() => change({ open: undefined })}
        />
      )}
      <More has={hasNextPage} loading={isFetchingNextPage} onMore={() => void fetchNextPage()} />
    </>
  );
}

export const requestWords: Readonly<Record<ApprovalRequest['state'], string>> = {
  open: 'waits for a decision',
  approved: 'approved',
  declined: 'declined',
  withdrawn: 'withdrawn',
};

const columns: readonly Column<ApprovalRequest>[] = [
  { id: 'record', title: 'Record', cell: ({ recordId }) => recordId, width: '22%' },
  {
    id: 'state',
    title: 'State',
    cell: ({ state, mayDecide }) => (state === 'open' && mayDecide ? 'waits for you' : requestWords[state]),
    width: '14%',
  },
  { id: 'what', title: 'What it is about', cell: ({ headline }) => headlineText(headline) },
  { id: 'requester', title: 'Asked by', cell: ({ requester }) => requester, width: '12%' },
  { id: 'at', title: 'Asked', cell: ({ requestedAt }) => <RelativeTime at={requestedAt} />, width: '12%' },
];
