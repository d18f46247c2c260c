import { type FocusEvent, type MouseEvent, useEffect, useRef, useState } from 'react';
import type { Verdict } from '../../api/types.ts';
import { RelativeTime } from '../../components/relative-time.tsx';
import { markTitles, VerdictMark } from '../../components/verdict-mark.tsx';
import classes from './cell-card.module.css';
import type { ShownCell } from './cells.ts';

interface Watched {
  readonly cell: ShownCell;
  readonly title: string;
}

interface Shown extends Watched {
  readonly at: DOMRect;
}

/** Milliseconds a pointer rests on a cell before its card comes. */
const rest = 180;

/** One card for all cells: which one it speaks of, and what to put on each cell. */
export function useCellCard() {
  const [shown, setShown] = useState<Shown>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const show = (watched: Watched, target: Element, wait: number) => {
    clearTimeout(timer.current);
    const at = target.getBoundingClientRect();
    timer.current = setTimeout(() => setShown({ ...watched, at }), wait);
  };
  const hide = () => {
    clearTimeout(timer.current);
    setShown(undefined);
  };
  return {
    shown,
    watch: (watched: Watched) => ({
      onMouseEnter: ({ currentTarget }: MouseEvent) => show(watched, currentTarget, shown ? 0 : rest),
      onFocus: ({ currentTarget }: FocusEvent) => {
        if (currentTarget.matches(':focus-visible')) show(watched, currentTarget, 0);
      },
      onBlur: hide,
    }),
    leave: { onMouseLeave: hide, onScroll: hide },
  };
}

/** Breakdown by verdict, the oldest, who owns it, and what could not be checked. */
export function CellCard({ cell, title, at }: Shown) {
  const above = at.bottom + 220 > window.innerHeight;
  const left = Math.min(at.left, window.innerWidth - 276);
  const place = above ? { bottom: window.innerHeight - at.top + 4 } : { top: at.bottom + 4 };
  const counts = Object.entries(cell.byVerdict) as [Verdict, number][];
  return (
    <div className={classes.card} style={{ left, ...place }} role="tooltip">
      <strong>{title}</strong>
      <dl>
        {counts.map(([verdict, count]) => (
          <div key={verdict}>
            <dt>
              <VerdictMark of={verdict} decorative /> {markTitles[verdict]}
            </dt>
            <dd>{count}</dd>
          </div>
        ))}
        {cell.approved > 0 && (
          <div>
            <dt>
              <VerdictMark of="approved" decorative /> approved
            </dt>
            <dd>{cell.approved}</dd>
          </div>
        )}
      </dl>
      {cell.open === 0 && cell.complete && <p>Nothing is open.</p>}
      {cell.oldest !== undefined && (
        <p>
          Oldest: <RelativeTime at={cell.oldest} />
        </p>
      )}
      {cell.owners.length > 0 && <p>Owner: {cell.owners.join(', ')}</p>}
      {!cell.complete && (
        <p>
          <VerdictMark of="not-checked" decorative /> Not checked:{' '}
          {cell.missing.join(', ') || 'not all kinds were read'}
        </p>
      )}
    </div>
  );
}
