import type { ReactNode } from 'react';
import type { Severity, Verdict } from '../api/types.ts';
import classes from './verdict-mark.module.css';

/** Everything a mark can stand for: a verdict, or a state that is none. */
export type Marked = Verdict | 'clean' | 'approved';

/** As the words of the product have it; what a screen reader says of a mark. */
export const markTitles: Readonly<Record<Marked, string>> = {
  clean: 'clean',
  approved: 'approved difference',
  pending: 'pending',
  drift: 'drift',
  conflict: 'conflict',
  missing: 'missing',
  unmanaged: 'unmanaged',
  parity: 'parity',
  policy: 'policy',
  'not-checked': 'not checked',
  stale: 'stale',
  expired: 'expired',
};

/** Each state has a shape of its own, so that colour is never all there is. */
const shapes: Readonly<Record<Marked, ReactNode>> = {
  clean: <circle cx="8" cy="8" r="1.5" className={classes.quiet} />,
  approved: <circle cx="8" cy="8" r="3" className={classes.grey} />,
  pending: (
    <g className={classes.line}>
      <circle cx="8" cy="8" r="5.75" />
      <path d="M8 4.75V8l2.25 1.5" />
    </g>
  ),
  drift: <path d="M8 1.5 14.5 8 8 14.5 1.5 8Z" className={classes.amber} />,
  conflict: (
    <g>
      <path d="M7.25 1.5v13L1 8Z" className={classes.amber} />
      <path d="M8.75 1.5v13L15 8Z" className={classes.red} />
    </g>
  ),
  missing: <circle cx="8" cy="8" r="5.5" className={classes.hollow} />,
  unmanaged: <path d="M6.5 2.5h3v4h4v3h-4v4h-3v-4h-4v-3h4Z" className={classes.violet} />,
  parity: <path d="M2.5 5.75h11M2.5 10.25h11M10.5 2 5.5 14" className={classes.unequal} />,
  policy: (
    <g>
      <path d="M8 1.25 13.75 3v4.75c0 3.25-2.25 5.75-5.75 7-3.5-1.25-5.75-3.75-5.75-7V3Z" className={classes.red} />
      <path d="M8 4.75v4M8 10.75v.75" className={classes.cut} />
    </g>
  ),
  'not-checked': (
    <g className={classes.hatch}>
      <rect x="2" y="2" width="12" height="12" rx="1.5" />
      <path d="M2.5 8 8 2.5M2.5 13.5l11-11M8 13.5 13.5 8" />
    </g>
  ),
  stale: (
    <g className={classes.hatch}>
      <circle cx="8" cy="8" r="6" strokeDasharray="2.4 2" />
      <path d="M4 12l8-8M4 7.5 7.5 4M8.5 12 12 8.5" />
    </g>
  ),
  expired: <path d="M3.5 1.5h9v2L9 8l3.5 4.5v2h-9v-2L7 8 3.5 3.5Z" className={classes.redLine} />,
};

/** What somebody hears and sees on hover. */
export function markText(of: Marked, severity?: Severity): string {
  return severity === undefined ? markTitles[of] : `${markTitles[of]}, ${severity}`;
}

interface VerdictMarkProps {
  readonly of: Marked;
  readonly severity?: Severity | undefined;
  readonly size?: number;
  /** True where words beside it say the same. */
  readonly decorative?: boolean;
}

/** The sign of a state, named for screen readers and on hover. */
export function VerdictMark({ of, severity, size = 14, decorative = false }: VerdictMarkProps) {
  const name = markText(of, severity);
  if (decorative) {
    return (
      <svg className={classes.mark} width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
        {shapes[of]}
      </svg>
    );
  }
  return (
    <svg className={classes.mark} width={size} height={size} viewBox="0 0 16 16" role="img" aria-label={name}>
      <title>{name}</title>
      {shapes[of]}
    </svg>
  );
}
