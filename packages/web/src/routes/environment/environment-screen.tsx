import { Button, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { EnvironmentPage } from '../../api/types.ts';
import { CellSummary } from '../../components/cell-summary.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { HappeningList } from '../../components/happening-list.tsx';
import { ProblemBox } from '../../components/problem-box.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { Facts, Part, Screen } from '../../components/screen.tsx';
import { RowSkeletons } from '../../components/skeletons.tsx';
import { whereOf } from '../environments/environments-screen.tsx';
import { lastRead, readingWords } from '../sources/completeness.ts';
import { Completeness, keyOfReading } from '../sources/sources-screen.tsx';
import { environmentQuery, readResourceId } from './queries.ts';
import { ResourcePane } from './resource-pane.tsx';
import { Resources } from './resources.tsx';

const route = getRouteApi('/shell/environments/$environment');

/** One environment: how each layer and workload stands, its reference, its sources, and what lies in it. */
export function EnvironmentScreen() {
  const { environment } = route.useParams();
  const { show, open } = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, refetch } = useQuery(environmentQuery(environment));
  const resource = show === 'resources' ? readResourceId(open) : undefined;
  const close = () => void navigate({ search: ({ open: _open, ...before }) => before, replace: true });
  return (
    <Screen
      title={environment}
      sentence={data && <CellSummary cell={data.cell} />}
      tools={
        <>
          {data?.mirrors !== undefined && (
            <Button
              variant="default"
              renderRoot={(props) => (
                <Link {...props} to="/compare" search={{ left: data.mirrors ?? '', right: environment }} />
              )}
            >
              Compare with {data.mirrors}
            </Button>
          )}
          <SegmentedControl
            aria-label="What to show"
            value={show === 'resources' ? 'resources' : 'state'}
            onChange={(value) => void navigate({ search: value === 'resources' ? { show: 'resources' } : {} })}
            data={[
              { value: 'state', label: 'How it stands' },
              { value: 'resources', label: 'What is in it' },
            ]}
          />
        </>
      }
      pane={resource && <ResourcePane environment={environment} id={resource} onClose={close} />}
    >
      {error && <ProblemBox error={error} onRetry={() => void refetch()} />}
      {show === 'resources' ? <Resources environment={environment} /> : <State page={data} failed={error !== null} />}
    </Screen>
  );
}

function State({ page, failed }: { readonly page: EnvironmentPage | undefined; readonly failed: boolean }) {
  if (!page) return failed ? null : <RowSkeletons rows={12} height={33} label="Loading the environment" />;
  const { name, stage, mirrors, mirroredBy, pending, recent } = page;
  return (
    <>
      <Part title="About">
        <Facts
          of={[
            ['Stage', stage],
            ['Where', whereOf(page)],
            [
              'Mirrors',
              mirrors === undefined ? (
                'no other environment: it is held to its own declaration'
              ) : (
                <EnvironmentLink key="m" name={mirrors} />
              ),
            ],
            [
              'Mirrored by',
              mirroredBy.length === 0
                ? undefined
                : mirroredBy.map((other) => <EnvironmentLink key={other} name={other} />),
            ],
            [
              'Pending',
              pending === 0 ? (
                'everything declared is applied'
              ) : (
                <Link key="p" to="/findings" search={{ environment: name, verdict: 'pending' }}>
                  {pending} declared changes are not applied yet
                </Link>
              ),
            ],
          ]}
        />
      </Part>
      <Part title="Layers">
        <DataTable
          label="Layers"
          columns={layerColumns}
          items={page.layers.map((each) => ({ ...each, environment: name }))}
          keyOf={({ layer }) => layer}
        />
      </Part>
      <Part title="Workloads">
        {page.workloads.length === 0 ? (
          <p>
            No workload is declared: leeway.yaml says what belongs to which system, who owns it and how much it counts.
          </p>
        ) : (
          <DataTable
            label="Workloads"
            columns={workloadColumns}
            items={page.workloads.map((each) => ({ ...each, environment: name }))}
            keyOf={(each) => each.name}
          />
        )}
      </Part>
      <Part title="Sources">
        <DataTable label="Sources" columns={sourceColumns} items={page.sources} keyOf={keyOfReading} />
      </Part>
      <Part title="What happened">
        {recent.length === 0 ? (
          <EmptyState title="Nothing happened lately">
            Findings, releases and approvals of this environment appear here.
          </EmptyState>
        ) : (
          <HappeningList items={recent} />
        )}
      </Part>
      <Part title="Last scans">
        <DataTable label="Last scans" columns={scanColumns} items={page.scans} keyOf={({ id }) => id} />
      </Part>
    </>
  );
}

function EnvironmentLink({ name }: { readonly name: string }) {
  return (
    <>
      <Link to="/environments/$environment" params={{ environment: name }}>
        {name}
      </Link>{' '}
    </>
  );
}

type In<T> = T & { readonly environment: string };

const layerColumns: readonly Column<In<EnvironmentPage['layers'][number]>>[] = [
  {
    id: 'layer',
    title: 'Layer',
    cell: ({ layer, environment }) => (
      <Link to="/findings" search={{ environment, layer }}>
        {layer}
      </Link>
    ),
    width: '24%',
  },
  { id: 'state', title: 'State', cell: ({ cell }) => <CellSummary cell={cell} /> },
  {
    id: 'resources',
    title: 'Resources',
    numeric: true,
    cell: ({ resources }) => resources.toLocaleString('en'),
    width: '14%',
  },
];

const workloadColumns: readonly Column<In<EnvironmentPage['workloads'][number]>>[] = [
  {
    id: 'workload',
    title: 'Workload',
    cell: ({ name, title, environment }) => (
      <Link to="/findings" search={{ environment, workload: name }}>
        {title}
      </Link>
    ),
    width: '24%',
  },
  { id: 'state', title: 'State', cell: ({ cell }) => <CellSummary cell={cell} /> },
  { id: 'owner', title: 'Owner', cell: ({ owner }) => owner, width: '18%' },
  { id: 'priority', title: 'Priority', numeric: true, cell: ({ priority }) => priority, width: '10%' },
];

const sourceColumns: readonly Column<EnvironmentPage['sources'][number]>[] = [
  {
    id: 'source',
    title: 'Source',
    cell: (item) => (
      <Link to="/sources" search={{ environment: item.environment, open: keyOfReading(item) }}>
        {item.title || item.source}
      </Link>
    ),
    width: '30%',
  },
  { id: 'state', title: 'State', cell: ({ state }) => readingWords[state] },
  { id: 'kinds', title: 'Kinds read', cell: (item) => <Completeness of={item} /> },
  {
    id: 'read',
    title: 'Read',
    cell: (item) => {
      const at = lastRead(item);
      return at === undefined ? 'never' : <RelativeTime at={at} />;
    },
    width: '16%',
  },
];

const outcomes: Readonly<Record<number, string>> = {
  0: 'clean',
  1: 'failed',
  2: 'drift found',
  3: 'not everything could be checked',
};

const scanColumns: readonly Column<EnvironmentPage['scans'][number]>[] = [
  { id: 'at', title: 'When', cell: ({ at }) => <RelativeTime at={at} />, width: '24%' },
  { id: 'outcome', title: 'Outcome', cell: ({ exitCode }) => outcomes[exitCode] ?? String(exitCode) },
  { id: 'sources', title: 'Sources', numeric: true, cell: ({ sources }) => sources, width: '14%' },
  { id: 'revision', title: 'Revision', cell: ({ revision }) => <code>{revision.slice(0, 12)}</code>, width: '22%' },
];
