import { Skeleton } from '@mantine/core';
import classes from './skeletons.module.css';

/** Rows of the height that the rows to come will have. */
export function RowSkeletons({
  rows,
  height,
  label,
}: {
  readonly rows: number;
  readonly height: number;
  readonly label: string;
}) {
  return (
    <div role="status" aria-label={label} className={classes.rows}>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike and never move.
        <div key={index} className={classes.row} style={{ height }}>
          <Skeleton height={12} width={12} radius="xl" />
          <Skeleton height={12} width={`${72 - ((index * 17) % 40)}%`} />
        </div>
      ))}
    </div>
  );
}

/** Lines of text to come. */
export function TextSkeleton({ lines = 3, label }: { readonly lines?: number; readonly label: string }) {
  return (
    <div role="status" aria-label={label} className={classes.text}>
      {Array.from({ length: lines }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike and never move.
        <Skeleton key={index} height={12} width={`${90 - ((index * 23) % 45)}%`} />
      ))}
    </div>
  );
}
