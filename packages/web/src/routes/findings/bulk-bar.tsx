import { Button } from '@mantine/core';
import { useState } from 'react';
import type { FindingRow } from '../../api/types.ts';
import { Icon } from '../../components/icon.tsx';
import { useShortcuts } from '../../keyboard/use-shortcuts.ts';
import { useMayDo } from '../../shell/session.ts';
import { AssignDialog, SnoozeDialog } from '../finding/handling-dialogs.tsx';
import { BulkApproveDialog } from './bulk-approve-dialog.tsx';
import classes from './bulk-bar.module.css';

type Act = 'assign' | 'snooze' | 'approve';

/** What can be done with all causes that are selected. */
export function BulkBar({ rows, onDone }: { readonly rows: readonly FindingRow[]; readonly onDone: () => void }) {
  const [act, setAct] = useState<Act>();
  const mayAct = useMayDo('findings:act');
  const mayRequest = useMayDo('approvals:request');
  const causes = rows.map(({ cause }) => cause);
  const findings = rows.reduce((sum, row) => sum + row.findings, 0);
  const close = () => setAct(undefined);
  const done = () => {
    close();
    onDone();
  };
  useShortcuts([
    {
      keys: 'a',
      label: 'Approve what is selected',
      group: 'In a list',
      enabled: mayRequest,
      run: () => setAct('approve'),
    },
  ]);
  return (
    <div className={classes.bar} role="toolbar" aria-label="Actions on the selection">
      <span className={classes.count} role="status">
        {rows.length} {rows.length === 1 ? 'cause' : 'causes'}, {findings} {findings === 1 ? 'finding' : 'findings'}
      </span>
      <Button
        variant="default"
        disabled={!mayAct}
        leftSection={<Icon name="person" size={14} />}
        onClick={() => setAct('assign')}
      >
        Assign
      </Button>
      <Button
        variant="default"
        disabled={!mayAct}
        leftSection={<Icon name="snooze" size={14} />}
        onClick={() => setAct('snooze')}
      >
        Snooze
      </Button>
      <Button
        variant="default"
        disabled={!mayRequest}
        leftSection={<Icon name="approved" size={14} />}
        onClick={() => setAct('approve')}
      >
        Approve
      </Button>
      <Button variant="subtle" color="gray" onClick={onDone}>
        Clear
      </Button>
      <AssignDialog opened={act === 'assign'} onClose={close} onDone={done} causes={causes} />
      <SnoozeDialog opened={act === 'snooze'} onClose={close} onDone={done} causes={causes} />
      <BulkApproveDialog opened={act === 'approve'} onClose={close} onDone={done} rows={rows} />
    </div>
  );
}
