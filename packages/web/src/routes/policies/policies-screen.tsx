import { SegmentedControl, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { withoutEmpty } from '../../api/search-params.ts';
import type { PolicyRow } from '../../api/types.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { FilterBar } from '../../components/filter-bar.tsx';
import { ProblemBox } from '../../components/problem-box.tsx';
import { Screen } from '../../components/screen.tsx';
import { SeverityWeight } from '../../components/severity-weight.tsx';
import { RowSkeletons } from '../../components/skeletons.tsx';
import { VerdictMark } from '../../components/verdict-mark.tsx';
import { useMayDo } from '../../shell/session.ts';
import { Playground } from './playground.tsx';
import classes from './policies.module.css';
import { PolicyPane } from './policy-pane.tsx';
import { policiesQuery } from './queries.ts';

const route = getRouteApi('/shell/policies');

/** What every environment must meet, and where it does not. */
export function PoliciesScreen() {
  const { show, open } = route.useSearch();
  const navigate = route.useNavigate();
  const mayTry = useMayDo('policies:evaluate');
  const { data, error, refetch } = useQuery(policiesQuery);
  const isPlayground = show === 'playground' && mayTry;
  const opened = data?.items.find(({ code }) => code === open);
  const close = () => void navigate({ search: ({ open: _open, ...before }) => before, replace: true });
  return (
    <Screen
      title="Policies"
      sentence={
        data &&
        `${data.items.length} policies in ${data.packs.length} packs, ${data.items.filter(({ failing }) => failing > 0).length} of them not met everywhere`
      }
      tools={
        mayTry && (
          <SegmentedControl
            aria-label="What to show"
            value={isPlayground ? 'playground' : 'policies'}
            onChange={(value) => void navigate({ search: value === 'playground' ? { show: 'playground' } : {} })}
            data={[
              { value: 'policies', label: 'In force' },
              { value: 'playground', label: 'Try an expression' },
            ]}
          />
        )
      }
      pane={!isPlayground && opened && <PolicyPane policy={opened} onClose={close} />}
    >
      {error && <ProblemBox error={error} onRetry={() => void refetch()} />}
      {isPlayground ? (
        <Playground />
      ) : (
        <InForce
          loading={!data && !error}
          items={data?.items ?? []}
          packs={data?.packs.map(({ name }) => name) ?? []}
          environments={data?.environments ?? []}
        />
      )}
    </Screen>
  );
}

interface InForceProps {
  readonly loading: boolean;
  readonly items: readonly PolicyRow[];
  readonly packs: readonly string[];
  readonly environments: readonly string[];
}

function InForce({ loading, items, packs, environments }: InForceProps) {
  const { pack, failing, q, open } = route.useSearch();
  const navigate = route.useNavigate();
  const change = (name: string, value: string | null | undefined) =>
    void navigate({
      search: (before) => withoutEmpty({ ...before, [name]: value ?? undefined }),
      replace: true,
    });
  if (loading) return <RowSkeletons rows={14} height={33} label="Loading the policies" />;
  const words = q?.toLowerCase() ?? '';
  const shown = items.filter(
    (item) =>
      (pack === undefined || item.pack === pack) &&
      (failing === undefined || item.failing > 0) &&
      `${item.code} ${item.title}`.toLowerCase().includes(words),
  );
  return (
    <>
      <div className={classes.bar}>
        <FilterBar
          q={q}
          placeholder="Search the policies"
          onSearch={(next) => change('q', next)}
          chips={[]}
          onClear={() => void navigate({ search: {}, replace: true })}
        >
          <Select
            aria-label="Pack"
            placeholder="Every pack"
            clearable
            data={[...packs]}
            value={pack ?? null}
            onChange={(value) => change('pack', value)}
          />
          <SegmentedControl
            aria-label="Which policies"
            value={failing === undefined ? 'all' : 'failing'}
            onChange={(value) => change('failing', value === 'failing' ? 'yes' : undefined)}
            data={[
              { value: 'all', label: 'All' },
              { value: 'failing', label: 'Not met' },
            ]}
          />
        </FilterBar>
      </div>
      {shown.length === 0 && <NoPolicies filtered={items.length > 0} />}
      {shown.length > 0 && (
        <DataTable
          label="Policies"
          columns={columnsFor(environments)}
          items={shown}
          keyOf={({ code }) => code}
          open={open}
          onOpen={(code) => change('open', code)}
          onClose={() => change('open', undefined)}
        />
      )}
    </>
  );
}

function columnsFor(environments: readonly string[]): readonly Column<PolicyRow>[] {
  return [
    {
      id: 'code',
      title: 'Policy',
      cell: ({ code, title, failing }) => (
        <span className={classes.name}>
          <VerdictMark of={failing > 0 ? 'policy' : 'clean'} decorative /> <code>{code}</code> {title}
        </span>
      ),
    },
    { id: 'pack', title: 'Pack', cell: ({ pack }) => pack, width: '12%', wide: true },
    { id: 'severity', title: 'Severity', cell: ({ severity }) => <SeverityWeight of={severity} label />, width: '10%' },
    {
      id: 'failing',
      title: 'Not met by',
      numeric: true,
      cell: ({ failing, excepted }) =>
        failing === 0 && excepted === 0 ? '' : `${failing}${excepted > 0 ? ` (${excepted})` : ''}`,
      width: '10%',
    },
    {
      id: 'where',
      title: 'Where',
      cell: ({ byEnvironment }) =>
        environments
          .flatMap((environment) =>
            byEnvironment[environment] ? [`${environment} ${byEnvironment[environment]}`] : [],
          )
          .join(', '),
      width: '30%',
      wide: true,
    },
  ];
}

function NoPolicies({ filtered }: { readonly filtered: boolean }) {
  if (filtered) return <EmptyState title="No policy is like that">Loosen the filters.</EmptyState>;
  return (
    <EmptyState title="No policy is in force">
      Name packs under <code>policies: packs:</code> in leeway.yaml: network, identity, encryption, containers, storage,
      tags, residency, tls, backup.
    </EmptyState>
  );
}
