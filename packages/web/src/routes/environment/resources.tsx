import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ResourceRow } from '../../api/types.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { FilterBar, type FilterChip } from '../../components/filter-bar.tsx';
import { More } from '../../components/more.tsx';
import { ProblemBox } from '../../components/problem-box.tsx';
import { RowSkeletons } from '../../components/skeletons.tsx';
import { resourcesQuery, writeResourceId } from './queries.ts';

const route = getRouteApi('/shell/environments/$environment');
const filters = ['layer', 'workload', 'kind', 'source'] as const;

/** What was read or declared in an environment, page by page. */
export function Resources({ environment }: { readonly environment: string }) {
  const { open, show: _show, ...filter } = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    resourcesQuery(environment, filter),
  );
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  const without = (name: string) =>
    void navigate({ search: (before) => ({ ...before, [name]: undefined }), replace: true });
  const chips: readonly FilterChip[] = filters.flatMap((name) => {
    const value = filter[name];
    return value === undefined ? [] : [{ key: name, label: name, value, onRemove: () => without(name) }];
  });
  return (
    <>
      <div style={{ padding: '8px 16px' }}>
        <FilterBar
          q={filter.q}
          placeholder="Search by key or kind"
          onSearch={(q) => void navigate({ search: (before) => ({ ...before, q }), replace: true })}
          chips={chips}
          onClear={() => void navigate({ search: { show: 'resources' }, replace: true })}
        />
      </div>
      {error && <ProblemBox error={error} onRetry={() => void refetch()} />}
      {!data && !error && <RowSkeletons rows={14} height={33} label="Loading the resources" />}
      {data && items.length === 0 && (
        <EmptyState title="Nothing here is like that">
          Loosen the filters, or scan the environment where it was never read.
        </EmptyState>
      )}
      {items.length > 0 && (
        <DataTable
          label="Resources"
          columns={columns}
          items={items}
          keyOf={writeResourceId}
          open={open}
          onOpen={(key) => void navigate({ search: (before) => ({ ...before, open: key }), replace: true })}
          onClose={() => without('open')}
        />
      )}
      <More has={hasNextPage} loading={isFetchingNextPage} onMore={() => void fetchNextPage()} />
    </>
  );
}

const columns: readonly Column<ResourceRow>[] = [
  { id: 'key', title: 'Resource', cell: ({ key }) => key },
  { id: 'kind', title: 'Kind', cell: ({ kind }) => <code>{kind}</code>, width: '24%' },
  { id: 'layer', title: 'Layer', cell: ({ layer }) => layer, width: '12%' },
  { id: 'planes', title: 'Planes', cell: ({ planes }) => planes.join(', '), width: '18%', wide: true },
  {
    id: 'findings',
    title: 'Findings',
    numeric: true,
    cell: ({ findings }) => (findings === 0 ? '' : findings),
    width: '10%',
  },
];
