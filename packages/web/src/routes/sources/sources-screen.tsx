import { Button, SegmentedControl, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { withoutEmpty } from '../../api/search-params.ts';
import type { SourceReading } from '../../api/types.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ProblemBox } from '../../components/problem-box.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { Screen } from '../../components/screen.tsx';
import { RowSkeletons } from '../../components/skeletons.tsx';
import { VerdictMark } from '../../components/verdict-mark.tsx';
import { useMayDo } from '../../shell/session.ts';
import { kindsRead, lastRead, readingMarks, readingWords } from './completeness.ts';
import { Jobs } from './jobs.tsx';
import { sourcesQuery } from './queries.ts';
import { SourcePane } from './source-pane.tsx';
import classes from './sources-screen.module.css';
import { useStartScan } from './start-scan.ts';

const route = getRouteApi('/shell/sources');

export const keyOfReading = ({ environment, source }: SourceReading) => `${environment}/${source}`;

/** What was read, how completely and when, and what runs now. */
export function SourcesScreen() {
  const { environment, state, open } = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, refetch } = useQuery(sourcesQuery);
  const all = data?.items ?? [];
  const environments = [...new Set(all.map((item) => item.environment))].sort();
  const items = all.filter(
    (item) =>
      (environment === undefined || item.environment === environment) &&
      (state !== 'trouble' || item.state !== 'complete'),
  );
  const opened = items.find((item) => keyOfReading(item) === open);
  const search = (next: Partial<Record<'environment' | 'state' | 'open', string | undefined>>) =>
    void navigate({ search: (before) => withoutEmpty({ ...before, ...next }), replace: true });
  return (
    <Screen
      title="Sources"
      sentence={data && sentenceOf(all)}
      tools={<ScanButton environment={environment} />}
      bar={
        <div className={classes.filters}>
          <SegmentedControl
            aria-label="Which sources"
            value={state ?? 'all'}
            onChange={(value) => search({ state: value === 'all' ? undefined : value })}
            data={[
              { value: 'all', label: 'All' },
              { value: 'trouble', label: 'With trouble' },
            ]}
          />
          <Select
            aria-label="Environment"
            placeholder="Every environment"
            clearable
            data={environments}
            value={environment ?? null}
            onChange={(value) => search({ environment: value ?? undefined })}
          />
        </div>
      }
      pane={opened && <SourcePane reading={opened} onClose={() => search({ open: undefined })} />}
    >
      <Jobs />
      {error && <ProblemBox error={error} onRetry={() => void refetch()} />}
      {!data && !error && <RowSkeletons rows={10} height={33} label="Loading the sources" />}
      {data && items.length === 0 && <NoSources filtered={all.length > 0} />}
      {items.length > 0 && (
        <DataTable
          label="Sources"
          columns={columns}
          items={items}
          keyOf={keyOfReading}
          open={open}
          onOpen={(key) => search({ open: key })}
          onClose={() => search({ open: undefined })}
        />
      )}
    </Screen>
  );
}

const columns: readonly Column<SourceReading>[] = [
  {
    id: 'source',
    title: 'Source',
    cell: (item) => (
      <span className={classes.name}>
        <VerdictMark of={readingMarks[item.state]} decorative /> {item.title || item.source}
      </span>
    ),
  },
  { id: 'environment', title: 'Environment', cell: ({ environment }) => environment, width: '16%' },
  { id: 'state', title: 'State', cell: ({ state }) => readingWords[state], width: '15%' },
  { id: 'kinds', title: 'Kinds read', cell: (item) => <Completeness of={item} />, width: '18%' },
  {
    id: 'resources',
    title: 'Resources',
    numeric: true,
    cell: ({ planes }) => Math.max(0, ...planes.map(({ resources }) => resources)).toLocaleString('en'),
    width: '10%',
    wide: true,
  },
  { id: 'read', title: 'Read', cell: (item) => <LastRead of={item} />, width: '12%' },
  {
    id: 'next',
    title: 'Next run',
    cell: ({ nextRun, running }) => (running ? 'running now' : nextRun ? <RelativeTime at={nextRun} /> : 'by hand'),
    width: '12%',
    wide: true,
  },
];

function LastRead({ of }: { readonly of: SourceReading }) {
  const at = lastRead(of);
  return at === undefined ? <span>never</span> : <RelativeTime at={at} />;
}

/** How many of the kinds were read, as a bar with its numbers. */
export function Completeness({ of }: { readonly of: Pick<SourceReading, 'planes'> }) {
  const { read, all } = kindsRead(of);
  if (all === 0) return <span>nothing yet</span>;
  return (
    <span className={classes.completeness}>
      <span className={classes.track} aria-hidden="true">
        <span className={classes.full} style={{ width: `${(read / all) * 100}%` }} />
      </span>
      {read} of {all}
    </span>
  );
}

function sentenceOf(all: readonly SourceReading[]): string {
  const count = (state: SourceReading['state']) => all.filter((item) => item.state === state).length;
  const parts = (['stale', 'partial', 'failed', 'never'] as const).flatMap((state) => {
    const number = count(state);
    return number === 0 ? [] : [`${number} ${readingWords[state]}`];
  });
  return `${all.length} readings${parts.length === 0 ? ', all of them complete' : `: ${parts.join(', ')}`}`;
}

function ScanButton({ environment }: { readonly environment: string | undefined }) {
  const may = useMayDo('scans:run');
  const scan = useStartScan();
  if (!may) return null;
  return (
    <Button
      loading={scan.isPending}
      onClick={() => scan.mutate({ environments: environment === undefined ? [] : [environment], sources: [] })}
    >
      {environment === undefined ? 'Scan everything now' : `Scan ${environment} now`}
    </Button>
  );
}

function NoSources({ filtered }: { readonly filtered: boolean }) {
  if (filtered)
    return <EmptyState title="None of the sources is like that">Everything that was to be read was read.</EmptyState>;
  return (
    <EmptyState title="No source is declared">
      Declare in leeway.yaml what to read and for which environments; <code>leeway init</code> writes a first one from
      what it finds.
    </EmptyState>
  );
}
