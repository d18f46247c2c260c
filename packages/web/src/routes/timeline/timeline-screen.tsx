import { Button, SegmentedControl } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Timeline } from '../../api/types.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { FilterBar, type FilterChip } from '../../components/filter-bar.tsx';
import { HappeningList } from '../../components/happening-list.tsx';
import { More } from '../../components/more.tsx';
import { ProblemBox } from '../../components/problem-box.tsx';
import { Part, Screen } from '../../components/screen.tsx';
import { RowSkeletons } from '../../components/skeletons.tsx';
import { exactTime } from '../../time/words.ts';
import { Lanes } from './lanes.tsx';
import { happeningsQuery, timelineQuery } from './queries.ts';
import { spans, zoomed } from './search.ts';

const route = getRouteApi('/shell/timeline');
const hour = 3_600_000;

/** How environments and layers stood over time, and what took place. */
export function TimelineScreen() {
  const { by, layer, ...range } = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, refetch } = useQuery(timelineQuery({ ...range, by: by ?? 'environment' }));
  const goTo = (next: { readonly from?: string; readonly to?: string }) =>
    void navigate({ search: ({ from: _from, to: _to, ...before }) => ({ ...before, ...next }) });
  const chips: readonly FilterChip[] = [
    ...(range.environment === undefined
      ? []
      : [
          {
            key: 'environment',
            label: 'environment',
            value: range.environment,
            onRemove: () => void navigate({ search: ({ environment: _e, ...before }) => before }),
          },
        ]),
    ...(layer === undefined
      ? []
      : [
          {
            key: 'layer',
            label: 'layer',
            value: layer,
            onRemove: () => void navigate({ search: ({ layer: _l, ...before }) => before }),
          },
        ]),
  ];
  return (
    <Screen
      title="Timeline"
      sentence={data && `${exactTime(data.from)} to ${exactTime(data.to)}`}
      tools={
        <>
          <Ranges timeline={data} onRange={goTo} />
          <SegmentedControl
            aria-label="Lanes by"
            value={by ?? 'environment'}
            onChange={(value) =>
              void navigate({
                search: ({ by: _by, ...before }) => (value === 'layer' ? { ...before, by: 'layer' } : before),
              })
            }
            data={[
              { value: 'environment', label: 'Environments' },
              { value: 'layer', label: 'Layers' },
            ]}
          />
        </>
      }
    >
      {error && <ProblemBox error={error} onRetry={() => void refetch()} />}
      {!data && !error && <RowSkeletons rows={6} height={36} label="Loading the timeline" />}
      {data && data.lanes.length === 0 && (
        <EmptyState title="Nothing was scanned in this time">
          Choose another range, or scan now under Sources.
        </EmptyState>
      )}
      {data && data.lanes.length > 0 && (
        <Lanes
          timeline={data}
          onZoom={(start, end) => goTo(zoomed(data.from, data.to, start, end))}
          onLane={(lane) =>
            void navigate({
              search: (before) => ({
                ...before,
                environment: lane.environment,
                ...(lane.layer !== undefined && { layer: lane.layer }),
              }),
            })
          }
        />
      )}
      <Part title="What happened">
        {chips.length > 0 && (
          <FilterBar
            q={undefined}
            onSearch={() => undefined}
            placeholder="Search"
            chips={chips}
            onClear={() => void navigate({ search: ({ environment: _e, layer: _l, ...before }) => before })}
          />
        )}
        <Happenings filter={{ ...range, ...(layer !== undefined && { layer }) }} />
      </Part>
    </Screen>
  );
}

function Ranges({
  timeline,
  onRange,
}: {
  readonly timeline: Timeline | undefined;
  readonly onRange: (next: { from?: string; to?: string }) => void;
}) {
  const end = timeline?.to;
  const move = (share: number) => {
    if (!timeline) return;
    const by = (Date.parse(timeline.to) - Date.parse(timeline.from)) * share;
    onRange({
      from: new Date(Date.parse(timeline.from) + by).toISOString(),
      to: new Date(Date.parse(timeline.to) + by).toISOString(),
    });
  };
  return (
    <>
      <Button.Group>
        <Button variant="default" onClick={() => move(-0.5)} aria-label="Earlier">
          ‹
        </Button>
        <Button variant="default" onClick={() => onRange({})}>
          Now
        </Button>
        <Button variant="default" onClick={() => move(0.5)} aria-label="Later">
          ›
        </Button>
      </Button.Group>
      <Button.Group>
        {spans.map(({ label, hours }) => (
          <Button
            key={label}
            variant="default"
            disabled={end === undefined}
            onClick={() =>
              end !== undefined && onRange({ from: new Date(Date.parse(end) - hours * hour).toISOString(), to: end })
            }
          >
            {label}
          </Button>
        ))}
      </Button.Group>
    </>
  );
}

function Happenings({ filter }: { readonly filter: Parameters<typeof happeningsQuery>[0] }) {
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery(
    happeningsQuery(filter),
  );
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  if (error) return <ProblemBox error={error} onRetry={() => void refetch()} />;
  if (!data) return <RowSkeletons rows={8} height={29} label="Loading what happened" />;
  if (items.length === 0) return <p>Nothing took place in this time.</p>;
  return (
    <>
      <HappeningList items={items} />
      <More has={hasNextPage} loading={isFetchingNextPage} onMore={() => void fetchNextPage()} />
    </>
  );
}
