import { ActionIcon } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './detail-pane.module.css';
import { Icon } from './icon.tsx';

interface DetailPaneProps {
  readonly label: string;
  readonly children: ReactNode;
  readonly onClose: () => void;
  /** Beside the close button: a link to the page of its own, say. */
  readonly tools?: ReactNode;
}

/** Details beside a list; over it on a phone. */
export function DetailPane({ label, children, onClose, tools }: DetailPaneProps) {
  return (
    <aside className={classes.pane} aria-label={label}>
      <div className={classes.tools}>
        <span className={classes.label}>{label}</span>
        {tools}
        <ActionIcon onClick={onClose} aria-label="Close the pane" title="Close (Esc)">
          <Icon name="close" />
        </ActionIcon>
      </div>
      <div className={classes.content}>{children}</div>
    </aside>
  );
}
