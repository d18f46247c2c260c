import { Button, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';
import { answer, client } from '../../api/client.ts';
import { Patch } from '../../components/patch.tsx';
import { ProblemBox } from '../../components/problem-box.tsx';
import { TextSkeleton } from '../../components/skeletons.tsx';
import { useMayDo } from '../../shell/session.ts';
import classes from './approve-form.module.css';
import { Proposed } from './proposed.tsx';
import { reconciliationQuery } from './queries.ts';

/** The change to code that would make Git say what is live: shown first, proposed only then. */
export function ReconcilePanel({
  fingerprint,
  onClose,
}: {
  readonly fingerprint: string;
  readonly onClose: () => void;
}) {
  const { data, error, refetch } = useQuery(reconciliationQuery(fingerprint));
  const [reason, setReason] = useState('');
  const mayPropose = useMayDo('approvals:request');
  const queries = useQueryClient();
  const propose = useMutation({
    mutationFn: (revision: string) =>
      answer(
        client.POST('/api/v1/findings/{fingerprint}/reconciliation', {
          params: { path: { fingerprint } },
          body: { revision, reason },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['finding', fingerprint] }),
  });
  if (propose.data) {
    return (
      <Proposed title="Proposed" {...propose.data} onClose={onClose}>
        Once it is merged and applied, this finding ends.
      </Proposed>
    );
  }
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (data) propose.mutate(data.revision);
  };
  return (
    <form onSubmit={submit} className={classes.form} aria-label="Reconcile to code">
      {error && <ProblemBox error={error} onRetry={() => void refetch()} />}
      {!data && !error && <TextSkeleton lines={5} label="Loading the change to code" />}
      {data && (
        <>
          <Patch file={data.file} patch={data.patch} />
          <Textarea
            label="Reason"
            description="Becomes the message of the commit"
            required
            minLength={3}
            maxLength={1000}
            autosize
            minRows={2}
            value={reason}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
          />
        </>
      )}
      {propose.error && <ProblemBox error={propose.error} />}
      <div className={classes.buttons}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={propose.isPending} disabled={!data || !mayPropose || reason.trim().length < 3}>
          Propose this change
        </Button>
      </div>
    </form>
  );
}
