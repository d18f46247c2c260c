import type { Severity } from '../api/types.ts';
import classes from './severity-weight.module.css';

export const severityOrder: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

const weights: Readonly<Record<Severity, number>> = { low: 1, medium: 2, high: 3, critical: 4 };

/** How heavy a severity is, 1 to 4. */
export function weightOf(severity: Severity): number {
  return weights[severity];
}

/** Severity as weight: bars that fill up, in the colour of the text. */
export function SeverityWeight({ of, label = false }: { readonly of: Severity; readonly label?: boolean }) {
  const weight = weights[of];
  return (
    <span className={classes.severity} data-severity={of} title={label ? undefined : `severity ${of}`}>
      <svg width="14" height="14" viewBox="0 0 16 16" aria-hidden="true">
        {[1, 2, 3, 4].map((bar) => (
          <rect
            key={bar}
            x={bar * 3.75 - 2.75}
            y={14 - bar * 3}
            width="2.5"
            height={bar * 3}
            rx="0.75"
            className={bar <= weight ? classes.full : classes.empty}
          />
        ))}
      </svg>
      {label ? <span>{of}</span> : <span className="visually-hidden">severity {of}</span>}
    </span>
  );
}
