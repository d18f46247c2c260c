import { Button, SegmentedControl, Skeleton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { overviewQuery } from '../../api/queries.ts';
import { listOf, toggled } from '../../api/search-params.ts';
import type { Overview } from '../../api/types.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ProblemBox } from '../../components/problem-box.tsx';
import { useMayDo } from '../../shell/session.ts';
import { useNow } from '../../time/use-now.ts';
import { clockTime, exactTime } from '../../time/words.ts';
import { useStartScan } from '../sources/start-scan.ts';
import { EnvironmentList } from './environment-list.tsx';
import { Matrix } from './matrix.tsx';
import classes from './overview-screen.module.css';
import { Today } from './today.tsx';

const route = getRouteApi('/shell/');

/** The parity matrix, and what changed today. */
export function OverviewScreen() {
  const { rows } = route.useSearch();
  const change = useChange();
  const { data, error, refetch } = useQuery(overviewQuery(rows ?? 'layer'));
  return (
    <div className={classes.screen}>
      <header className={classes.head}>
        <h1>Overview</h1>
        <AsOf overview={data} />
        <Counters overview={data} />
        <SegmentedControl
          className={classes.rows}
          value={rows ?? 'layer'}
          onChange={(value) => change({ rows: value === 'workload' ? 'workload' : undefined })}
          data={[
            { value: 'layer', label: 'Layers' },
            { value: 'workload', label: 'Workloads' },
          ]}
          aria-label="Rows of the matrix"
        />
      </header>
      {error && <ProblemBox error={error} onRetry={() => void refetch()} />}
      {!data && !error && <MatrixSkeleton />}
      {data && <Body overview={data} />}
    </div>
  );
}

/** Changes what the address says of the matrix; undefined takes it out. */
function useChange() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return (next: { readonly [K in keyof typeof search]?: (typeof search)[K] | undefined }) =>
    void navigate({ search: { ...search, ...next } as typeof search, replace: true });
}

function Body({ overview }: { readonly overview: Overview }) {
  const { rows, folded, group } = route.useSearch();
  const by: 'layer' | 'workload' = rows ?? 'layer';
  const change = useChange();
  const isNarrow = useMediaQuery('(max-width: 767px)', undefined, { getInitialValueInEffect: false });
  if (overview.asOf === undefined) return <NeverScanned />;
  if (overview.rows.length === 0) return <NoRows by={by} />;
  const common = { by, groups: overview.groups, rows: overview.rows };
  return (
    <>
      {isNarrow ? (
        <EnvironmentList {...common} group={group} onGroup={(next) => change({ group: next })} />
      ) : (
        <Matrix {...common} folded={listOf(folded)} onFold={(id) => change({ folded: toggled(folded, id) })} />
      )}
      <Today happenings={overview.today} />
    </>
  );
}

/** "as of 14:32 · 2 of 63 sources stale". */
function AsOf({ overview }: { readonly overview: Overview | undefined }) {
  const now = useNow();
  if (!overview) return <Skeleton width={160} height={12} />;
  const { asOf, sources } = overview;
  const parts = [
    ...(sources.stale > 0 ? [`${sources.stale} of ${sources.total} sources stale`] : []),
    ...(sources.notChecked > 0 ? [`${sources.notChecked} of ${sources.total} sources not checked`] : []),
    ...(sources.stale + sources.notChecked === 0 ? [`all ${sources.total} sources read`] : []),
  ];
  return (
    <span className={classes.asOf}>
      {asOf !== undefined && (
        <>
          <time dateTime={asOf} title={exactTime(asOf)}>
            as of {clockTime(asOf, now)}
          </time>
          {' · '}
        </>
      )}
      <Link to="/sources">{parts.join(' · ')}</Link>
    </span>
  );
}

const day = 86_400_000;

function Counters({ overview }: { readonly overview: Overview | undefined }) {
  const now = useNow();
  if (!overview) return <Skeleton width={320} height={12} className={classes.counters ?? ''} />;
  return (
    <nav className={classes.counters} aria-label="What needs a look">
      <Link
        to="/findings"
        search={{ since: new Date(Math.floor(now / 3_600_000) * 3_600_000 - day).toISOString(), sort: 'newest' }}
      >
        new since yesterday <b>{overview.newSinceYesterday}</b>
      </Link>
      <Link to="/approved" search={{ show: 'requests', mine: 'to-decide' }}>
        waiting for me <b>{overview.waiting}</b>
      </Link>
      <Link to="/approved" search={{ state: 'expiring,expired' }}>
        expiring ≤ 14 d <b>{overview.expiring}</b>
      </Link>
    </nav>
  );
}

function NeverScanned() {
  const mayScan = useMayDo('scans:run');
  const scan = useStartScan();
  return (
    <EmptyState
      title="Nothing was read yet"
      action={
        mayScan && (
          <Button onClick={() => scan.mutate({ environments: [], sources: [] })} loading={scan.isPending}>
            Scan now
          </Button>
        )
      }
    >
      A scan reads every source of every environment and compares it with Git. It changes nothing.
      {scan.isSuccess && <p>The scan has begun; this page shows what it finds.</p>}
      {scan.error && <ProblemBox error={scan.error} />}
    </EmptyState>
  );
}

function NoRows({ by }: { readonly by: 'layer' | 'workload' }) {
  if (by === 'layer') {
    return (
      <EmptyState title="No source is declared">
        Declare sources in leeway.yaml: what to read, and for which environments.
      </EmptyState>
    );
  }
  return (
    <EmptyState title="No workload is declared">
      Declare workloads in leeway.yaml: owner, priority and what belongs to each.
    </EmptyState>
  );
}

/** As high as the matrix of eleven layers, so that nothing moves when it comes. */
function MatrixSkeleton() {
  return (
    <div role="status" aria-label="Loading the overview" className={classes.skeleton}>
      {Array.from({ length: 12 }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike and never move.
        <div key={index} className={classes.skeletonRow}>
          <Skeleton width={80} height={12} />
          <Skeleton height={12} />
        </div>
      ))}
    </div>
  );
}
