import { Button, Kbd } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { FindingPage } from '../../api/types.ts';
import { Icon, type IconName } from '../../components/icon.tsx';
import { Part } from '../../components/screen.tsx';
import { useShortcuts } from '../../keyboard/use-shortcuts.ts';
import { useMayDo } from '../../shell/session.ts';
import classes from './actions.module.css';
import { ApproveForm } from './approve-form.tsx';
import { AssignDialog, SnoozeDialog } from './handling-dialogs.tsx';
import { ReconcilePanel } from './reconcile-panel.tsx';

type Act = 'approve' | 'reconcile' | 'assign' | 'snooze';

/** What to do about a finding. Approving and reconciling show what they would do before anything moves. */
export function Actions({ page }: { readonly page: FindingPage }) {
  const { finding, handling, mayReconcile, requests, state } = page;
  const [act, setAct] = useState<Act>();
  const mayAct = useMayDo('findings:act');
  const mayRequest = useMayDo('approvals:request');
  const isApprovable = finding.verdict !== 'not-checked' && finding.verdict !== 'stale' && state !== 'resolved';
  const close = () => setAct(undefined);
  const toggle = (next: Act) => setAct(act === next ? undefined : next);
  useShortcuts([
    {
      keys: 'a',
      label: 'Approve the difference',
      group: 'On a finding',
      enabled: mayRequest && isApprovable,
      run: () => toggle('approve'),
    },
    {
      keys: 'r',
      label: 'Reconcile to code',
      group: 'On a finding',
      enabled: mayReconcile,
      run: () => toggle('reconcile'),
    },
  ]);
  const button = (of: Act, icon: IconName, words: string, may: boolean, key?: string) => (
    <ActionButton icon={icon} pressed={act === of} disabled={!may} onClick={() => toggle(of)} shortcut={key}>
      {words}
    </ActionButton>
  );
  return (
    <Part title="What to do">
      <p className={classes.advice}>{finding.advice}</p>
      {requests.length > 0 && (
        <p className={classes.advice}>
          {requests.length === 1 ? 'A request' : `${requests.length} requests`} to approve it{' '}
          {requests.length === 1 ? 'waits' : 'wait'} for a decision.
        </p>
      )}
      <div className={classes.buttons}>
        {button('approve', 'approved', 'Approve', mayRequest && isApprovable, 'a')}
        {button('reconcile', 'branch', 'Reconcile to code', mayReconcile, 'r')}
        {button('assign', 'person', handling.assignee === undefined ? 'Assign' : 'Assign anew', mayAct)}
        {button('snooze', 'snooze', handling.snoozedUntil === undefined ? 'Snooze' : 'Snoozed', mayAct)}
      </div>
      {act === 'approve' && <ApproveForm finding={finding} onClose={close} />}
      {act === 'reconcile' && <ReconcilePanel fingerprint={finding.fingerprint} onClose={close} />}
      <AssignDialog
        opened={act === 'assign'}
        onClose={close}
        onDone={close}
        fingerprints={[finding.fingerprint]}
        assignee={handling.assignee}
      />
      <SnoozeDialog
        opened={act === 'snooze'}
        onClose={close}
        onDone={close}
        fingerprints={[finding.fingerprint]}
        snoozed={handling.snoozedUntil}
      />
    </Part>
  );
}

function ActionButton(props: {
  readonly icon: IconName;
  readonly pressed: boolean;
  readonly disabled: boolean;
  readonly shortcut: string | undefined;
  readonly onClick: () => void;
  readonly children: ReactNode;
}) {
  const { icon, pressed, disabled, shortcut, onClick, children } = props;
  return (
    <Button
      variant={pressed ? 'light' : 'default'}
      disabled={disabled}
      aria-pressed={pressed}
      leftSection={<Icon name={icon} size={14} />}
      rightSection={shortcut !== undefined && <Kbd size="xs">{shortcut}</Kbd>}
      onClick={onClick}
    >
      {children}
    </Button>
  );
}
