import { Button, Modal, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';
import { answer, client } from '../../api/client.ts';
import { meQuery } from '../../api/queries.ts';
import { ProblemBox } from '../../components/problem-box.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { exactTime } from '../../time/words.ts';
import classes from './handling-dialogs.module.css';

interface DialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onDone: () => void;
  readonly fingerprints?: readonly string[];
  readonly causes?: readonly string[];
}

interface Handling {
  readonly assignee?: string | null;
  readonly snooze?: { readonly until: string; readonly reason: string } | null;
}

/** Assigns, snoozes or wakes; what the page shows of it is asked for again. */
function useHandle({ fingerprints = [], causes = [], onDone }: DialogProps) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (handling: Handling) =>
      answer(
        client.POST('/api/v1/findings/handling', {
          body: { fingerprints: [...fingerprints], causes: [...causes], ...handling },
        }),
      ),
    async onSuccess() {
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['findings'] }),
        queries.invalidateQueries({ queryKey: ['finding'] }),
      ]);
      onDone();
    },
  });
}

export function AssignDialog(props: DialogProps & { readonly assignee?: string | undefined }) {
  const { opened, onClose, assignee } = props;
  const { data: me } = useQuery(meQuery);
  const [name, setName] = useState(assignee ?? '');
  const handle = useHandle(props);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    handle.mutate({ assignee: name.trim() });
  };
  return (
    <Modal opened={opened} onClose={onClose} title="Assign" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={submit} className={classes.form}>
        <TextInput
          data-autofocus
          label="To"
          description="A person or a team"
          required
          maxLength={120}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        {handle.error && <ProblemBox error={handle.error} />}
        <div className={classes.buttons}>
          {me && (
            <Button variant="default" onClick={() => handle.mutate({ assignee: me.person.name })}>
              To me
            </Button>
          )}
          {assignee !== undefined && (
            <Button variant="default" onClick={() => handle.mutate({ assignee: null })}>
              To nobody
            </Button>
          )}
          <Button type="submit" loading={handle.isPending}>
            Assign
          </Button>
        </div>
      </form>
    </Modal>
  );
}

/** How long a snooze may be, in days. */
const spans = [
  ['Until tomorrow', 1],
  ['3 days', 3],
  ['A week', 7],
  ['Two weeks', 14],
] as const;

export function SnoozeDialog(props: DialogProps & { readonly snoozed?: string | undefined }) {
  const { opened, onClose, snoozed } = props;
  const [days, setDays] = useState<number>(7);
  const [reason, setReason] = useState('');
  const handle = useHandle(props);
  const until = morningIn(days);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    handle.mutate({ snooze: { until, reason } });
  };
  return (
    <Modal opened={opened} onClose={onClose} title="Snooze" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={submit} className={classes.form}>
        {snoozed !== undefined && (
          <p className={classes.note}>
            Snoozed until <RelativeTime at={snoozed} />.
          </p>
        )}
        <fieldset className={classes.spans}>
          <legend>For how long</legend>
          {spans.map(([words, length]) => (
            <button key={length} type="button" aria-pressed={days === length} onClick={() => setDays(length)}>
              {words}
            </button>
          ))}
        </fieldset>
        <p className={classes.note}>
          Comes back {exactTime(until)}, or as soon as it changes. A gate counts it all the while.
        </p>
        <Textarea
          label="Reason"
          required
          minLength={3}
          maxLength={1000}
          autosize
          minRows={2}
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
        {handle.error && <ProblemBox error={handle.error} />}
        <div className={classes.buttons}>
          {snoozed !== undefined && (
            <Button variant="default" onClick={() => handle.mutate({ snooze: null })}>
              Wake it
            </Button>
          )}
          <Button type="submit" loading={handle.isPending} disabled={reason.trim().length < 3}>
            Snooze
          </Button>
        </div>
      </form>
    </Modal>
  );
}

/** Nine in the morning, here, so many days ahead. */
function morningIn(days: number): string {
  const time = new Date();
  time.setDate(time.getDate() + days);
  time.setHours(9, 0, 0, 0);
  return time.toISOString();
}
