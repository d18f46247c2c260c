import { Button } from '@mantine/core';
import { EmptyState } from '../../components/empty-state.tsx';
import { type FindingsFilter, filterCount } from './search.ts';

const titles = {
  open: 'Nothing is open',
  approved: 'No approved difference silences anything here',
  snoozed: 'Nothing is snoozed',
  resolved: 'Nothing was resolved yet',
} as const;

const words = {
  open: 'Every environment is what Git declares and what it mirrors, where it could be checked.',
  approved: 'When a difference is meant, approve it on its finding: it stays pinned to its value and ends on a date.',
  snoozed: 'A snoozed finding comes back at its time, or as soon as it changes.',
  resolved: 'A finding is resolved when a later scan no longer sees the difference.',
} as const;

/** Nothing to show: because of the filters, or because it is so. */
export function NoFindings({ filter, onClear }: { readonly filter: FindingsFilter; readonly onClear: () => void }) {
  const state = filter.state ?? 'open';
  if (filterCount(filter) === 0) return <EmptyState title={titles[state]}>{words[state]}</EmptyState>;
  return (
    <EmptyState
      title={`${titles[state]} under these filters`}
      action={
        <Button variant="default" onClick={onClear}>
          Clear the filters
        </Button>
      }
    >
      Other findings may be there without them.
    </EmptyState>
  );
}
