import { Button, Checkbox, Select, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';
import { answer, client } from '../../api/client.ts';
import type { ApprovalRequest, ApprovalWish, Finding } from '../../api/types.ts';
import { ProblemBox } from '../../components/problem-box.tsx';
import { valueText } from '../../components/value-diff.ts';
import { type ApprovalDraft, categories, constraints, dayOf, draftFor, isComplete, wishOf } from './approval-wish.ts';
import classes from './approve-form.module.css';
import { ApprovePreview } from './approve-preview.tsx';
import { Proposed } from './proposed.tsx';

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Asks for an approved difference. What it would say and silence is shown while one types. */
export function ApproveForm({ finding, onClose }: { readonly finding: Finding; readonly onClose: () => void }) {
  const [draft, setDraft] = useState(() => draftFor(finding, new Date()));
  const [settled] = useDebouncedValue(draft, 300);
  const preview = usePreview(wishOf(finding.fingerprint, settled, zone), isComplete(settled));
  const queries = useQueryClient();
  const request = useMutation({
    mutationFn: () =>
      answer(client.POST('/api/v1/approval-requests', { body: wishOf(finding.fingerprint, draft, zone) })),
    onSuccess: () =>
      Promise.all(
        ['finding', 'findings', 'requests', 'overview'].map((key) => queries.invalidateQueries({ queryKey: [key] })),
      ),
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    request.mutate();
  };
  if (request.data) return <Requested request={request.data} onClose={onClose} />;
  return (
    <form onSubmit={submit} className={classes.form} aria-label="Approve the difference">
      <ApproveFields draft={draft} finding={finding} onChange={(change) => setDraft({ ...draft, ...change })} />
      <ApprovePreview
        preview={preview.data}
        lastDay={draft.lastDay}
        isStale={preview.isPlaceholderData || settled !== draft}
        isComplete={isComplete(draft)}
      />
      {preview.error && <ProblemBox error={preview.error} />}
      {request.error && <ProblemBox error={request.error} />}
      <div className={classes.buttons}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={request.isPending} disabled={!isComplete(draft) || preview.error !== null}>
          Ask for approval
        </Button>
      </div>
    </form>
  );
}

function usePreview(wish: ApprovalWish, enabled: boolean) {
  return useQuery({
    queryKey: ['approval-preview', wish],
    enabled,
    retry: false,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => answer(client.POST('/api/v1/approval-requests/preview', { body: wish, signal })),
  });
}

interface FieldsProps {
  readonly draft: ApprovalDraft;
  readonly finding: Finding;
  readonly onChange: (change: Partial<ApprovalDraft>) => void;
}

function ApproveFields({ draft, finding, onChange }: FieldsProps) {
  return (
    <>
      <Textarea
        label="Reason"
        description="Why the environments may differ here; who decides reads this"
        required
        autosize
        minRows={2}
        maxLength={2000}
        data-autofocus
        value={draft.reason}
        onChange={({ currentTarget }) => onChange({ reason: currentTarget.value })}
      />
      <ConstraintFields draft={draft} finding={finding} onChange={onChange} />
      <div className={classes.row}>
        <TextInput
          label="Owner"
          required
          maxLength={120}
          value={draft.owner}
          onChange={({ currentTarget }) => onChange({ owner: currentTarget.value })}
        />
        <Select
          label="Category"
          data={[...categories]}
          allowDeselect={false}
          value={draft.category}
          onChange={(value) => onChange({ category: categories.find((one) => one === value) ?? 'other' })}
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
          onChange={({ currentTarget }) => onChange({ lastDay: currentTarget.value })}
        />
        <TextInput
          label="Ticket"
          description="If there is one"
          maxLength={120}
          value={draft.ticket}
          onChange={({ currentTarget }) => onChange({ ticket: currentTarget.value })}
        />
      </div>
      <Checkbox
        label="The same in every environment"
        checked={draft.allEnvironments}
        onChange={({ currentTarget }) => onChange({ allEnvironments: currentTarget.checked })}
      />
    </>
  );
}

function ConstraintFields({ draft, finding, onChange }: FieldsProps) {
  const field = constraints.find(({ value }) => value === draft.constraint)?.field;
  return (
    <div className={classes.row}>
      <Select
        label="What is allowed"
        data={constraints.map(({ value, label }) => ({ value, label }))}
        allowDeselect={false}
        value={draft.constraint}
        onChange={(value) =>
          onChange({ constraint: constraints.find((one) => one.value === value)?.value ?? 'pinned' })
        }
      />
      {field === undefined ? (
        <div className={classes.pinned}>
          <span>Pinned value</span>
          <code>{finding.actual.present ? valueText(finding.actual.value) || 'present' : 'not there'}</code>
        </div>
      ) : (
        <Textarea
          label="Limit"
          description={field}
          required
          autosize
          minRows={1}
          value={draft.limit}
          onChange={({ currentTarget }) => onChange({ limit: currentTarget.value })}
        />
      )}
    </div>
  );
}

function Requested({ request, onClose }: { readonly request: ApprovalRequest; readonly onClose: () => void }) {
  return (
    <Proposed title={`Asked for as ${request.recordId}`} {...request} onClose={onClose}>
      {request.requester} asked; somebody else decides.
    </Proposed>
  );
}
