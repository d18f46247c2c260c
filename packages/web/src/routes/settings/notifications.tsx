import { Button } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, client } from '../../api/client.ts';
import type { Delivery, ServerSettings } from '../../api/types.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { More } from '../../components/more.tsx';
import { ProblemBox } from '../../components/problem-box.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { Part } from '../../components/screen.tsx';
import { useMayDo } from '../../shell/session.ts';
import { deliveriesQuery } from './queries.ts';

/** Where findings are told, by whose rule, and what was delivered. */
export function Notifications({ settings: { channels, routes } }: { readonly settings: ServerSettings }) {
  return (
    <>
      <Part title="Channels">
        {channels.length === 0 ? (
          <EmptyState title="Nobody is told">
            Declare channels in the file: Slack, Teams, e-mail, PagerDuty, Opsgenie or a signed webhook.
          </EmptyState>
        ) : (
          <DataTable
            label="Channels"
            columns={[
              { id: 'name', title: 'Channel', cell: ({ name }) => name, width: '22%' },
              { id: 'kind', title: 'Kind', cell: ({ kind }) => kind, width: '14%' },
              { id: 'target', title: 'To', cell: ({ target }) => target },
              { id: 'quiet', title: 'Quiet hours', cell: ({ quiet }) => quiet ?? 'none', width: '20%' },
              { id: 'test', title: '', cell: ({ name }) => <TestChannel channel={name} />, width: '16%' },
            ]}
            items={channels}
            keyOf={({ name }) => name}
          />
        )}
      </Part>
      {routes.length > 0 && (
        <Part title="Who is told what">
          <DataTable
            label="Routes"
            columns={[
              { id: 'channel', title: 'Channel', cell: ({ channel }) => channel, width: '24%' },
              { id: 'owners', title: 'Owners', cell: ({ owners }) => owners.join(', ') || 'all' },
              {
                id: 'environments',
                title: 'Environments',
                cell: ({ environments }) => environments.join(', ') || 'all',
              },
              { id: 'severity', title: 'From', cell: ({ severity }) => severity, width: '14%' },
            ]}
            items={routes.map((each, index) => ({ ...each, index }))}
            keyOf={({ index }) => String(index)}
          />
        </Part>
      )}
      <Part title="Deliveries">
        <Deliveries />
      </Part>
    </>
  );
}

function TestChannel({ channel }: { readonly channel: string }) {
  const may = useMayDo('settings:propose');
  const queries = useQueryClient();
  const test = useMutation({
    mutationFn: () =>
      answer(client.POST('/api/v1/notifications/channels/{channel}/test', { params: { path: { channel } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['deliveries'] }),
  });
  if (!may) return null;
  return (
    <>
      <Button
        variant="default"
        size="compact-xs"
        loading={test.isPending}
        onClick={() => test.mutate()}
        aria-label={`Send a test message to ${channel}`}
      >
        Test
      </Button>
      {test.error && <ProblemBox error={test.error} />}
      {test.data && <span role="status"> {stateWords[test.data.state]}</span>}
    </>
  );
}

const stateWords: Readonly<Record<Delivery['state'], string>> = {
  waiting: 'on its way',
  delivered: 'delivered',
  failed: 'not delivered',
  dropped: 'given up',
};

const columns: readonly Column<Delivery>[] = [
  { id: 'summary', title: 'What was told', cell: ({ summary }) => summary },
  { id: 'channel', title: 'Channel', cell: ({ channel }) => channel, width: '16%' },
  {
    id: 'state',
    title: 'State',
    cell: ({ state, attempts, error }) =>
      `${stateWords[state]}${attempts > 1 ? ` after ${attempts} tries` : ''}${error === undefined ? '' : `: ${error}`}`,
    width: '28%',
  },
  { id: 'at', title: 'When', cell: ({ at }) => <RelativeTime at={at} />, width: '14%' },
];

function Deliveries() {
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(deliveriesQuery);
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  if (error) return <ProblemBox error={error} />;
  if (data && items.length === 0) return <p>Nothing was sent yet.</p>;
  return (
    <>
      {items.length > 0 && <DataTable label="Deliveries" columns={columns} items={items} keyOf={({ id }) => id} />}
      <More has={hasNextPage} loading={isFetchingNextPage} onMore={() => void fetchNextPage()} />
    </>
  );
}
