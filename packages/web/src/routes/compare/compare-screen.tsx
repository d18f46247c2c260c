import { Button, SegmentedControl } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { ComparedRow, Comparison, EnvironmentSummary } from '../../api/types.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { FilterBar, type FilterChip } from '../../components/filter-bar.tsx';
import { Headline } from '../../components/headline.tsx';
import { ProblemBox } from '../../components/problem-box.tsx';
import { Screen } from '../../components/screen.tsx';
import { RowSkeletons } from '../../components/skeletons.tsx';
import { VirtualList } from '../../components/virtual-list.tsx';
import { useListKeys } from '../../keyboard/use-list-keys.ts';
import { readResourceId, writeResourceId } from '../environment/queries.ts';
import { environmentsQuery } from '../environments/route.ts';
import classes from './compare-screen.module.css';
import { ComparedLine } from './compared-line.tsx';
import { ComparedPane } from './compared-pane.tsx';
import { compareQuery } from './queries.ts';
import { type CompareSearch, parseCompareSearch } from './search.ts';
import { SidePicker } from './side-picker.tsx';
import { CompareTree } from './tree.tsx';

const route = getRouteApi('/shell/compare');

/** Any two of environment, moment and declared revision: only what differs. */
export function CompareScreen() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { data: environments } = useQuery(environmentsQuery);
  const change = (next: Partial<Record<keyof CompareSearch, string | undefined>>) =>
    void navigate({ search: (before) => parseCompareSearch({ ...before, ...next }), replace: true });
  const { left, right, open } = search;
  const id = readResourceId(open);
  return (
    <Screen
      title="Compare"
      tools={
        <div className={classes.pickers}>
          <SidePicker
            label="Left"
            value={left}
            environments={environments?.items ?? []}
            onChange={(side) => change({ left: side, open: undefined })}
          />
          <Button
            variant="default"
            disabled={left === undefined && right === undefined}
            onClick={() => change({ left: right, right: left, open: undefined })}
          >
            Swap
          </Button>
          <SidePicker
            label="Right"
            value={right}
            environments={environments?.items ?? []}
            onChange={(side) => change({ right: side, open: undefined })}
          />
        </div>
      }
      pane={
        left !== undefined &&
        right !== undefined &&
        id && <ComparedPane left={left} right={right} id={id} onClose={() => change({ open: undefined })} />
      }
    >
      {left === undefined || right === undefined ? (
        <Choose environments={environments?.items ?? []} onChoose={change} />
      ) : (
        <Differences left={left} right={right} search={search} onChange={change} />
      )}
    </Screen>
  );
}

/** Without two sides there are the pairs that mirror each other: what people mostly want. */
function Choose({
  environments,
  onChoose,
}: {
  readonly environments: readonly EnvironmentSummary[];
  readonly onChoose: (next: { left: string; right: string }) => void;
}) {
  const pairs = environments.flatMap(({ name, mirrors }) =>
    mirrors === undefined ? [] : [{ left: mirrors, right: name }],
  );
  return (
    <EmptyState
      title="Choose two sides"
      action={pairs.map(({ left, right }) => (
        <Button key={right} variant="default" onClick={() => onChoose({ left, right })}>
          {right} with {left}
        </Button>
      ))}
    >
      An environment as it was read last, as it was at a moment, or as Git declares it. The address of a comparison can
      be shared.
    </EmptyState>
  );
}

interface DifferencesProps {
  readonly left: string;
  readonly right: string;
  readonly search: CompareSearch;
  readonly onChange: (next: Partial<Record<keyof CompareSearch, string | undefined>>) => void;
}

function Differences({ left, right, search, onChange }: DifferencesProps) {
  const { left: _left, right: _right, open, ...filter } = search;
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    compareQuery(left, right, filter),
  );
  const first = data?.pages[0];
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  const chips: readonly FilterChip[] = (['layer', 'workload', 'kind'] as const).flatMap((name) => {
    const value = filter[name];
    return value === undefined
      ? []
      : [{ key: name, label: name, value, onRemove: () => onChange({ [name]: undefined }) }];
  });
  if (error) return <ProblemBox error={error} onRetry={() => void refetch()} />;
  if (!first) return <RowSkeletons rows={14} height={48} label="Comparing" />;
  return (
    <div className={classes.layout}>
      <div className={classes.summary}>
        <p className={classes.sentence}>
          <Headline parts={first.sentence} plain />
        </p>
        <NotChecked of={first} />
        <div className={classes.filters}>
          <FilterBar
            q={filter.q}
            placeholder="Search what differs"
            onSearch={(q) => onChange({ q })}
            chips={chips}
            onClear={() => onChange({ layer: undefined, workload: undefined, kind: undefined, q: undefined })}
          >
            <SegmentedControl
              aria-label="What to show"
              value={filter.show ?? 'differing'}
              onChange={(show) => onChange({ show: show === 'differing' ? undefined : show })}
              data={[
                { value: 'differing', label: `Differs ${first.differing}` },
                { value: 'approved', label: `Approved ${first.approved}` },
                { value: 'all', label: 'Both' },
              ]}
            />
            <span className={classes.equal}>{first.equal.toLocaleString('en')} equal</span>
          </FilterBar>
        </div>
      </div>
      <div className={classes.columns}>
        <CompareTree tree={first.tree} filter={filter} onChange={onChange} />
        {items.length === 0 ? (
          <Equal of={first} />
        ) : (
          <Rows
            items={items}
            total={first.total}
            open={open}
            onOpen={(key) => onChange({ open: key })}
            onEnd={hasNextPage && !isFetchingNextPage ? () => void fetchNextPage() : undefined}
          />
        )}
      </div>
    </div>
  );
}

interface RowsProps {
  readonly items: readonly ComparedRow[];
  readonly total: number;
  readonly open: string | undefined;
  readonly onOpen: (key: string | undefined) => void;
  readonly onEnd: (() => void) | undefined;
}

function Rows({ items, total, open, onOpen, onEnd }: RowsProps) {
  const [active, setActive] = useState(() => items.findIndex((item) => writeResourceId(item) === open));
  const openAt = (index: number) => {
    const item = items[index];
    if (item) onOpen(writeResourceId(item));
  };
  useListKeys({
    count: items.length,
    active,
    onActive: setActive,
    onOpen: () => openAt(active),
    onLeave: () => onOpen(undefined),
  });
  return (
    <div className={classes.rows}>
      <VirtualList
        label="What differs"
        items={items}
        total={total}
        keyOf={writeResourceId}
        rowHeight={52}
        active={active}
        onEnd={onEnd}
      >
        {(item, index) => (
          <ComparedLine
            row={item}
            isOpen={writeResourceId(item) === open}
            onOpen={() => {
              setActive(index);
              openAt(index);
            }}
          />
        )}
      </VirtualList>
    </div>
  );
}

function Equal({ of }: { readonly of: Comparison }) {
  if (of.total === 0 && of.differing + of.approved > 0)
    return (
      <EmptyState title="Nothing under these filters">Other layers or kinds differ: the tree counts them.</EmptyState>
    );
  if (of.notChecked.length > 0)
    return (
      <EmptyState title="Nothing differs in what could be checked">
        What could not be checked is listed above; it may differ.
      </EmptyState>
    );
  return (
    <EmptyState title="Nothing differs">
      All {of.equal.toLocaleString('en')} resources are the same after normalisation: order, defaults and spelling do
      not count.
    </EmptyState>
  );
}

function NotChecked({ of: { notChecked } }: { readonly of: Comparison }) {
  if (notChecked.length === 0) return null;
  return (
    <details className={classes.notChecked}>
      <summary>{notChecked.length === 1 ? 'One kind' : `${notChecked.length} kinds`} could not be checked</summary>
      <ul>
        {notChecked.map(({ source, kind, side, reason }) => (
          <li key={`${source} ${kind} ${side}`}>
            <code>{kind}</code> of {source}, {side === 'both' ? 'both sides' : `${side} side`}: {reason}
          </li>
        ))}
      </ul>
    </details>
  );
}
