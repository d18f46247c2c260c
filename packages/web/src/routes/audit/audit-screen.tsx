import { Button, Select } from '@mantine/core';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { answer, client } from '../../api/client.ts';
import { withoutEmpty } from '../../api/search-params.ts';
import type { AuditEntry } from '../../api/types.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { DetailPane } from '../../components/detail-pane.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { FilterBar, type FilterChip } from '../../components/filter-bar.tsx';
import { Identifier } from '../../components/identifier.tsx';
import { More } from '../../components/more.tsx';
import { Person } from '../../components/person.tsx';
import { Preformatted } from '../../components/preformatted.tsx';
import { ProblemBox } from '../../components/problem-box.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { Facts, Part, Screen } from '../../components/screen.tsx';
import { RowSkeletons } from '../../components/skeletons.tsx';
import { valueText } from '../../components/value-diff.ts';
import { useMayDo } from '../../shell/session.ts';
import { exactTime } from '../../time/words.ts';
import classes from './audit.module.css';
import { auditQuery } from './route.ts';

const route = getRouteApi('/shell/audit');

/** Every write and every read of evidence, and the evidence itself as files. */
export function AuditScreen() {
  const may = useMayDo('evidence:read');
  return may ? <Log /> : <NotAllowed />;
}

function NotAllowed() {
  return (
    <Screen title="Audit and evidence">
      <EmptyState title="Your roles do not reach the audit log">
        It needs evidence:read, which the roles security and admin have. Settings shows which roles you have.
      </EmptyState>
    </Screen>
  );
}

function Log() {
  const { open, ...filter } = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(auditQuery(filter));
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  const opened = items.find(({ seq }) => String(seq) === open);
  const change = (name: string, value: string | null | undefined) =>
    void navigate({
      search: (before) => withoutEmpty({ ...before, [name]: value ?? undefined }),
      replace: true,
    });
  const chips: readonly FilterChip[] = (['actor', 'action'] as const).flatMap((name) => {
    const value = filter[name];
    return value === undefined ? [] : [{ key: name, label: name, value, onRemove: () => change(name, undefined) }];
  });
  return (
    <Screen
      title="Audit and evidence"
      sentence="Each entry carries the hash of the one before it: a changed, removed or added one shows."
      tools={<Evidence />}
      bar={
        <FilterBar
          q={filter.q}
          placeholder="Search the log"
          onSearch={(q) => change('q', q)}
          chips={chips}
          onClear={() => void navigate({ search: {}, replace: true })}
        >
          <Select
            aria-label="Outcome"
            placeholder="Any outcome"
            clearable
            data={['done', 'refused', 'failed']}
            value={filter.outcome ?? null}
            onChange={(value) => change('outcome', value)}
          />
        </FilterBar>
      }
      pane={opened && <EntryPane entry={opened} onClose={() => change('open', undefined)} onFilter={change} />}
    >
      {error && <ProblemBox error={error} onRetry={() => void refetch()} />}
      {!data && !error && <RowSkeletons rows={14} height={33} label="Loading the audit log" />}
      {data && items.length === 0 && <EmptyState title="No entry is like that">Loosen the filters.</EmptyState>}
      {items.length > 0 && (
        <DataTable
          label="Audit log"
          columns={columns}
          items={items}
          keyOf={({ seq }) => String(seq)}
          open={open}
          onOpen={(seq) => change('open', seq)}
          onClose={() => change('open', undefined)}
        />
      )}
      <More has={hasNextPage} loading={isFetchingNextPage} onMore={() => void fetchNextPage()} />
    </Screen>
  );
}

const columns: readonly Column<AuditEntry>[] = [
  { id: 'action', title: 'What', cell: ({ action }) => action, width: '22%' },
  { id: 'subject', title: 'On', cell: ({ subject }) => subject ?? '' },
  {
    id: 'actor',
    title: 'Who',
    cell: ({ actor, actorKind }) => (actorKind === 'nobody' ? <Person name={undefined} /> : <Person name={actor} />),
    width: '18%',
  },
  { id: 'outcome', title: 'Outcome', cell: ({ outcome }) => outcome, width: '12%' },
  { id: 'at', title: 'When', cell: ({ at }) => <RelativeTime at={at} />, width: '16%' },
];

interface EntryPaneProps {
  readonly entry: AuditEntry;
  readonly onClose: () => void;
  readonly onFilter: (name: string, value: string) => void;
}

function EntryPane({ entry, onClose, onFilter }: EntryPaneProps) {
  const { seq, at, actor, actorKind, action, subject, outcome, detail, address, requestId, hash } = entry;
  return (
    <DetailPane label={`Entry ${seq}`} onClose={onClose}>
      <Part title={action}>
        <Facts
          of={[
            ['Who', `${actor} (${actorKind})`],
            ['When', exactTime(at)],
            ['On', subject],
            ['Outcome', outcome],
            ['From', address],
            ['Request', requestId && <Identifier key="request" value={requestId} label="request" />],
            ['Hash', <Identifier key="hash" value={hash} label="hash" />],
          ]}
        />
        <div className={classes.tools}>
          <Button variant="default" onClick={() => onFilter('actor', actor)}>
            All of {actor}
          </Button>
          <Button variant="default" onClick={() => onFilter('action', action)}>
            All {action}
          </Button>
        </div>
      </Part>
      {Object.keys(detail).length > 0 && (
        <Part title="Details">
          <Preformatted>{valueText(detail)}</Preformatted>
        </Part>
      )}
    </DetailPane>
  );
}

const exports = [
  { href: '/api/v1/evidence?format=html', label: 'Evidence, to read' },
  { href: '/api/v1/evidence?format=csv', label: 'Evidence, CSV' },
  { href: '/api/v1/evidence?format=json', label: 'Evidence, JSON' },
  { href: '/api/v1/audit/export', label: 'Audit log, JSON lines' },
] as const;

/** Checking the chain, and what an auditor takes home. */
function Evidence() {
  const verify = useMutation({ mutationFn: () => answer(client.GET('/api/v1/audit/verification')) });
  return (
    <>
      <Button loading={verify.isPending} onClick={() => verify.mutate()}>
        Verify the chain
      </Button>
      {exports.map(({ href, label }) => (
        <Button key={href} component="a" href={href} download variant="default">
          {label}
        </Button>
      ))}
      {verify.error && <ProblemBox error={verify.error} />}
      {verify.data && (
        <p role="status" className={verify.data.intact ? classes.intact : classes.broken}>
          {verify.data.intact
            ? `All ${verify.data.entries.toLocaleString('en')} entries are intact.`
            : `Broken at entry ${verify.data.broken?.seq}: ${verify.data.broken?.reason}`}
        </p>
      )}
    </>
  );
}
