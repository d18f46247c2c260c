import { SegmentedControl, Select } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { withoutEmpty } from '../../api/search-params.ts';
import type { ApprovedDifference } from '../../api/types.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { FilterBar, type FilterChip } from '../../components/filter-bar.tsx';
import { More } from '../../components/more.tsx';
import { ProblemBox } from '../../components/problem-box.tsx';
import { Screen } from '../../components/screen.tsx';
import { RowSkeletons } from '../../components/skeletons.tsx';
import { ApprovedPane } from './approved-pane.tsx';
import { ExpiryBar } from './expiry-bar.tsx';
import { approvedQuery } from './queries.ts';
import { RequestPane } from './request-pane.tsx';
import { Requests } from './requests.tsx';

const route = getRouteApi('/shell/approved');

const states = ['active', 'expiring', 'expired', 'broken', 'idle'] as const;
const categories = ['sizing', 'masking', 'endpoint', 'test-tooling', 'regional', 'other'] as const;

/** What may differ, until when, and who said so. */
export function ApprovedScreen() {
  const { show, open } = route.useSearch();
  const navigate = route.useNavigate();
  const close = () => void navigate({ search: ({ open: _open, ...before }) => before, replace: true });
  const isRequests = show === 'requests';
  return (
    <Screen
      title="Approved differences"
      sentence="Each allows one difference, pinned to a value or a constraint, until it expires."
      tools={
        <SegmentedControl
          aria-label="What to show"
          value={isRequests ? 'requests' : 'records'}
          onChange={(value) => void navigate({ search: value === 'requests' ? { show: 'requests' } : {} })}
          data={[
            { value: 'records', label: 'In force' },
            { value: 'requests', label: 'Requests' },
          ]}
        />
      }
      bar={!isRequests && <Filters />}
      pane={
        open !== undefined &&
        (isRequests ? <RequestPane id={open} onClose={close} /> : <ApprovedPane id={open} onClose={close} />)
      }
    >
      {isRequests ? <Requests /> : <Records />}
    </Screen>
  );
}

function Filters() {
  const { open: _open, show: _show, mine: _mine, ...filter } = route.useSearch();
  const navigate = route.useNavigate();
  const change = (name: string, value: string | null | undefined) =>
    void navigate({ search: (before) => withoutEmpty({ ...before, [name]: value ?? undefined }), replace: true });
  const chips: readonly FilterChip[] = (['state', 'category', 'owner', 'environment'] as const).flatMap((name) => {
    const value = filter[name];
    return value === undefined ? [] : [{ key: name, label: name, value, onRemove: () => change(name, undefined) }];
  });
  return (
    <FilterBar
      q={filter.q}
      placeholder="Search by id, reason, owner or key"
      onSearch={(q) => change('q', q)}
      chips={chips}
      onClear={() => void navigate({ search: {}, replace: true })}
    >
      <Select
        aria-label="State"
        placeholder="Any state"
        clearable
        data={[...states]}
        value={filter.state ?? null}
        onChange={(value) => change('state', value)}
      />
      <Select
        aria-label="Category"
        placeholder="Any category"
        clearable
        data={[...categories]}
        value={filter.category ?? null}
        onChange={(value) => change('category', value)}
      />
    </FilterBar>
  );
}

function Records() {
  const { open, show: _show, mine: _mine, ...filter } = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    approvedQuery(filter),
  );
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  const openRow = (id: string | undefined) =>
    void navigate({ search: (before) => withoutEmpty({ ...before, open: id }), replace: true });
  return (
    <>
      {error && <ProblemBox error={error} onRetry={() => void refetch()} />}
      {!data && !error && <RowSkeletons rows={8} height={33} label="Loading the approved differences" />}
      {data && items.length === 0 && <NoRecords filtered={Object.keys(filter).length > 0} />}
      {items.length > 0 && (
        <DataTable
          label="Approved differences"
          columns={columns}
          items={items}
          keyOf={({ id }) => id}
          open={open}
          onOpen={openRow}
          onClose={() => openRow(undefined)}
        />
      )}
      <More has={hasNextPage} loading={isFetchingNextPage} onMore={() => void fetchNextPage()} />
    </>
  );
}

const columns: readonly Column<ApprovedDifference>[] = [
  { id: 'id', title: 'Record', cell: ({ id }) => id, width: '24%' },
  {
    id: 'expiry',
    title: 'Expires',
    cell: (item) => <ExpiryBar expiresAt={item.expiresAt} state={item.state} />,
    width: '18%',
  },
  {
    id: 'where',
    title: 'Where',
    cell: ({ environments }) => environments.join(', ') || 'every environment',
    width: '16%',
  },
  { id: 'constraint', title: 'Allows', cell: ({ constraint }) => constraint },
  { id: 'owner', title: 'Owner', cell: ({ owner }) => owner, width: '12%' },
  { id: 'silences', title: 'Silences', numeric: true, cell: ({ silences }) => silences, width: '9%' },
];

function NoRecords({ filtered }: { readonly filtered: boolean }) {
  if (filtered) return <EmptyState title="No record is like that">Loosen the filters.</EmptyState>;
  return (
    <EmptyState title="Nothing is approved">
      Every difference counts. Where one is meant, open its finding and choose “Approve the difference”: it is asked
      for, somebody else decides, and Git keeps it.
    </EmptyState>
  );
}
