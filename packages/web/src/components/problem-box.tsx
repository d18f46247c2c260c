import { Button } from '@mantine/core';
import { problemOf } from '../api/problem.ts';
import type { Problem } from '../api/types.ts';
import { Icon } from './icon.tsx';
import classes from './problem-box.module.css';

/** What went wrong, why, and the next step; the one way a failure is shown. */
export function ProblemBox({
  error,
  onRetry,
}: {
  readonly error: unknown;
  readonly onRetry?: (() => void) | undefined;
}) {
  const { title, detail, hint, code, instance, problems = [] } = problemOf(error);
  return (
    <div className={classes.box} role="alert">
      <Icon name="alarm" />
      <div className={classes.words}>
        <strong>{title}</strong>
        {problems.length > 1 ? <ProblemList problems={problems} /> : <p>{detail}</p>}
        {problems.length <= 1 && hint !== '' && <p className={classes.hint}>{hint}</p>}
        {(code !== '' || instance !== '') && (
          <p className={classes.ids}>{[code, instance && `request ${instance}`].filter(Boolean).join(' · ')}</p>
        )}
        {onRetry && (
          <Button variant="default" onClick={onRetry}>
            Try again
          </Button>
        )}
      </div>
    </div>
  );
}

/** Coded problems, each with its next step and its place. */
export function ProblemList({ problems }: { readonly problems: readonly Problem[] }) {
  return (
    <ul className={classes.list}>
      {problems.map((problem) => (
        <li key={`${problem.code} ${problem.message}`}>
          {problem.message} <span className={classes.hint}>{problem.hint}</span>
          {problem.place?.file !== undefined && (
            <code className={classes.ids}>
              {' '}
              {problem.place.file}
              {problem.place.line !== undefined && `:${problem.place.line}`}
            </code>
          )}
        </li>
      ))}
    </ul>
  );
}
