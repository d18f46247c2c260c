import { Button } from '@mantine/core';
import { type ErrorComponentProps, Link } from '@tanstack/react-router';
import { EmptyState } from '../components/empty-state.tsx';
import { ProblemBox } from '../components/problem-box.tsx';
import classes from './odd-screens.module.css';

/** An address that leads nowhere. */
export function MissingScreen() {
  return (
    <EmptyState
      title="Nothing lives at this address"
      action={
        <Button component={Link} to="/" variant="default">
          Overview
        </Button>
      }
    >
      The link may be mistyped, or from a newer Leeway than this server.
    </EmptyState>
  );
}

/** A screen that failed; the shell around it stays. */
export function FaultyScreen({ error, reset }: ErrorComponentProps) {
  return (
    <div className={classes.faulty}>
      <ProblemBox error={error} onRetry={reset} />
    </div>
  );
}
