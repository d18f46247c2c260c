import { Button, Modal, Select, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';
import { answer, client } from '../../api/client.ts';
import type { FindingRow } from '../../api/types.ts';
import { headlineText } from '../../components/headline.tsx';
import { ProblemBox } from '../../components/problem-box.tsx';
import { type ApprovalDraft, categories, dayOf, draftFor, isComplete, wishOf } from '../finding/approval-wish.ts';
import classes from '../finding/approve-form.module.css';

interface BulkApproveProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onDone: () => void;
  readonly rows: readonly FindingRow[];
}

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Asks for one approved difference a cause, each pinned to the value it has now. */
export function BulkApproveDialog({ opened, onClose, onDone, rows }: BulkApproveProps) {
  const owners = new Set(rows.map(({ owner }) => owner));
  const owner = owners.size === 1 ? rows[0]?.owner : undefined;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="lg"
      title={`Approve ${rows.length} ${rows.length === 1 ? 'cause' : 'causes'}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <BulkApproveForm rows={rows} owner={owner} onClose={onClose} onDone={onDone} />
    </Modal>
  );
}

function BulkApproveForm({
  rows,
  owner,
  onClose,
  onDone,
}: Omit<BulkApproveProps, 'opened'> & { readonly owner: string | undefined }) {
  const [draft, setDraft] = useState(() => draftFor(owner === undefined ? {} : { owner }, new Date()));
  const change = (next: Partial<ApprovalDraft>) => setDraft({ ...draft, ...next });
  const queries = useQueryClient();
  const ask = useMutation({
    mutationFn: () => askForEach(rows, draft),
    async onSuccess(refused) {
      await Promise.all(
        ['finding', 'findings', 'requests', 'overview'].map((key) => queries.invalidateQueries({ queryKey: [key] })),
      );
      if (refused.length === 0) onDone();
    },
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    ask.mutate();
  };
  return (
    <form onSubmit={submit} className={classes.bulk}>
      <p className={classes.lead}>
        Each becomes a request of its own, pinned to the value it has now. Somebody else decides.
      </p>
      <Textarea
        data-autofocus
        label="Reason"
        required
        autosize
        minRows={2}
        maxLength={2000}
        value={draft.reason}
        onChange={({ currentTarget }) => change({ reason: currentTarget.value })}
      />
      <div className={classes.row}>
        <TextInput
          label="Owner"
          required
          maxLength={120}
          value={draft.owner}
          onChange={({ currentTarget }) => change({ owner: currentTarget.value })}
        />
        <Select
          label="Category"
          data={[...categories]}
          allowDeselect={false}
          value={draft.category}
          onChange={(value) => change({ category: categories.find((one) => one === value) ?? 'other' })}
        />
      </div>
      <div className={classes.row}>
        <TextInput
          type="date"
          label="Last day"
          description={`Ends 23:59, ${zone}`}
          required
          min={dayOf(new Date())}
          value={draft.lastDay}
          onChange={({ currentTarget }) => change({ lastDay: currentTarget.value })}
        />
        <TextInput
          label="Ticket"
          description="If there is one"
          maxLength={120}
          value={draft.ticket}
          onChange={({ currentTarget }) => change({ ticket: currentTarget.value })}
        />
      </div>
      {ask.data?.map(({ row, error }) => (
        <div key={row.cause}>
          <p className={classes.lead}>Not asked for: {headlineText(row.headline)}</p>
          <ProblemBox error={error} />
        </div>
      ))}
      <div className={classes.buttons}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={ask.isPending} disabled={!isComplete(draft)}>
          Ask for approval
        </Button>
      </div>
    </form>
  );
}

/** One request after the other: each is a commit of its own. What was refused is given back, the rest is done. */
async function askForEach(rows: readonly FindingRow[], draft: ApprovalDraft) {
  const refused: { readonly row: FindingRow; readonly error: unknown }[] = [];
  for (const row of rows) {
    const body = wishOf(row.fingerprint, { ...draft, allEnvironments: row.environments.length > 1 }, zone);
    try {
      await answer(client.POST('/api/v1/approval-requests', { body }));
    } catch (error) {
      refused.push({ row, error });
    }
  }
  return refused;
}
