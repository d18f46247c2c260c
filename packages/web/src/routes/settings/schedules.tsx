import type { ServerSettings } from '../../api/types.ts';
import { DataTable } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { Facts, Part } from '../../components/screen.tsx';

/** When sources are read, and what tells the server that something moved. */
export function Schedules({ settings: { schedules, hooks, hosting } }: { readonly settings: ServerSettings }) {
  return (
    <>
      <Part title="Schedules">
        {schedules.length === 0 ? (
          <EmptyState title="Nothing is scanned by itself">
            Declare schedules in the file: a name, a cron line, a zone, and what to scan.
          </EmptyState>
        ) : (
          <DataTable
            label="Schedules"
            columns={[
              { id: 'name', title: 'Schedule', cell: ({ name }) => name, width: '22%' },
              {
                id: 'cron',
                title: 'When',
                cell: ({ cron, zone }) => (
                  <>
                    <code>{cron}</code> {zone}
                  </>
                ),
                width: '26%',
              },
              {
                id: 'what',
                title: 'What',
                cell: ({ environments, sources }) => [...environments, ...sources].join(', ') || 'everything',
              },
              {
                id: 'next',
                title: 'Next',
                cell: ({ nextRun }) => (nextRun === undefined ? '' : <RelativeTime at={nextRun} />),
                width: '16%',
              },
            ]}
            items={schedules}
            keyOf={({ name }) => name}
          />
        )}
      </Part>
      <Part title="Hooks">
        {hooks.length === 0 ? (
          <p>None are declared: pipelines can still say what they deployed with an API token.</p>
        ) : (
          <DataTable
            label="Hooks"
            columns={[
              { id: 'name', title: 'Hook', cell: ({ name }) => name, width: '24%' },
              { id: 'url', title: 'Address', cell: ({ url }) => <code>{url}</code> },
              {
                id: 'verified',
                title: 'Signature',
                cell: ({ verified }) => (verified ? 'checked' : 'its secret is not set: it refuses everything'),
                width: '28%',
              },
            ]}
            items={hooks}
            keyOf={({ name }) => name}
          />
        )}
      </Part>
      <Part title="Estate repository">
        <Facts
          of={[
            [
              'Hosting',
              hosting
                ? `${hosting.kind}, ${hosting.repository}`
                : 'none declared: decisions stay branches, without a pull request',
            ],
          ]}
        />
      </Part>
    </>
  );
}
