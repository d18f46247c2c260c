import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { Identifier } from '../../components/identifier.tsx';
import classes from './proposed.module.css';

interface ProposedProps {
  readonly title: string;
  readonly branch?: string | undefined;
  readonly commit?: string | undefined;
  readonly pushed: boolean;
  readonly pullRequest?: string | undefined;
  readonly children?: ReactNode;
  readonly onClose: () => void;
}

/** A decision became a commit on a branch of the estate repository: where it lies. */
export function Proposed({ title, branch, commit, pushed, pullRequest, children, onClose }: ProposedProps) {
  return (
    <div className={classes.proposed} role="status">
      <strong>{title}</strong>
      {children && <p>{children}</p>}
      {branch !== undefined && (
        <p>
          Branch <Identifier value={branch} label="branch" />
          {commit !== undefined && (
            <>
              {' '}
              at <Identifier value={commit} label="commit" display={commit.slice(0, 8)} />
            </>
          )}
          {pushed ? ', pushed.' : ', not pushed: the repository has no remote the server may push to.'}
        </p>
      )}
      {pullRequest !== undefined && isWebAddress(pullRequest) && (
        <p>
          <a href={pullRequest} target="_blank" rel="noreferrer">
            Open the pull request
          </a>
        </p>
      )}
      <Button variant="default" onClick={onClose}>
        Close
      </Button>
    </div>
  );
}

/** Only what a browser opens as a page becomes a link. */
function isWebAddress(text: string): boolean {
  return /^https?:\/\//.test(text);
}
