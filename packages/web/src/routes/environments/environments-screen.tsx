import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { EnvironmentSummary } from '../../api/types.ts';
import { CellSummary } from '../../components/cell-summary.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ProblemBox } from '../../components/problem-box.tsx';
import { Screen } from '../../components/screen.tsx';
import { RowSkeletons } from '../../components/skeletons.tsx';
import { environmentsQuery } from './route.ts';

/** Every environment with how it stands. */
export function EnvironmentsScreen() {
  const { data, error, refetch } = useQuery(environmentsQuery);
  const items = data?.items ?? [];
  return (
    <Screen title="Environments" sentence={data && sentenceOf(items)}>
      {error && <ProblemBox error={error} onRetry={() => void refetch()} />}
      {!data && !error && <RowSkeletons rows={6} height={33} label="Loading the environments" />}
      {data && items.length === 0 && (
        <EmptyState title="You see no environment">
          None is declared in leeway.yaml, or your roles do not reach any: Settings says which you have.
        </EmptyState>
      )}
      {items.length > 0 && (
        <DataTable label="Environments" columns={columns} items={items} keyOf={({ name }) => name} />
      )}
    </Screen>
  );
}

const columns: readonly Column<EnvironmentSummary>[] = [
  {
    id: 'name',
    title: 'Environment',
    cell: ({ name }) => (
      <Link to="/environments/$environment" params={{ environment: name }} style={{ fontWeight: 600 }}>
        {name}
      </Link>
    ),
    width: '22%',
  },
  { id: 'state', title: 'State', cell: ({ cell }) => <CellSummary cell={cell} />, width: '26%' },
  {
    id: 'mirrors',
    title: 'Mirrors',
    cell: ({ mirrors, name }) =>
      mirrors === undefined ? (
        'its declaration only'
      ) : (
        <Link to="/compare" search={{ left: mirrors, right: name }}>
          {mirrors}
        </Link>
      ),
    width: '18%',
  },
  { id: 'stage', title: 'Stage', cell: ({ stage }) => stage, width: '12%' },
  { id: 'where', title: 'Where', cell: whereOf },
];

/** Region, business unit, tenant, tier and compliance, as far as they are declared. */
export function whereOf({ region, businessUnit, tenant, tier, compliance }: EnvironmentSummary): string {
  return [region, businessUnit, tenant && `tenant ${tenant}`, tier && `tier ${tier}`, ...compliance]
    .filter(Boolean)
    .join(', ');
}

function sentenceOf(items: readonly EnvironmentSummary[]): string {
  const troubled = items.filter(({ cell }) => cell.open > 0).length;
  const unchecked = items.filter(({ cell }) => !cell.complete).length;
  const parts = [
    `${troubled} of ${items.length} have open findings`,
    ...(unchecked > 0 ? [`${unchecked} could not be checked fully`] : []),
  ];
  return parts.join('; ');
}
