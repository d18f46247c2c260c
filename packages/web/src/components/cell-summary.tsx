import type { MatrixCell } from '../api/types.ts';
import classes from './cell-summary.module.css';
import { SeverityWeight } from './severity-weight.tsx';
import { markTitles, VerdictMark } from './verdict-mark.tsx';

/** How an environment, layer or workload stands, in a line: worst verdict, how many, what is approved, what was not checked. */
export function CellSummary({ cell }: { readonly cell: MatrixCell }) {
  const { applies, verdict, severity, open, approved, complete, missing } = cell;
  if (!applies) return <span className={classes.quiet}>nothing is read here</span>;
  return (
    <span className={classes.cell}>
      <VerdictMark of={verdict ?? (complete ? 'clean' : 'not-checked')} decorative />
      {open === 0 ? (
        <span className={classes.quiet}>{complete ? 'clean' : 'nothing found'}</span>
      ) : (
        <span>
          {open} open{verdict && `, worst ${markTitles[verdict]}`}
        </span>
      )}
      {severity && <SeverityWeight of={severity} />}
      {approved > 0 && <span className={classes.quiet}>({approved} approved)</span>}
      {!complete && (
        <span className={classes.hatched} title={missing.join(', ')}>
          not fully checked
        </span>
      )}
    </span>
  );
}
