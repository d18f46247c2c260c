import { type MouseEvent, type RefObject, useEffect, useState } from 'react';
import { type Column, type OverviewRow, shownCell } from './cells.ts';
import classes from './minimap.module.css';

interface Window {
  readonly from: number;
  readonly to: number;
}

/** All columns in one strip while the matrix is wider than the page: where it is bad, and what is in sight. */
export function Minimap(props: {
  readonly scroller: RefObject<HTMLElement | null>;
  readonly rows: readonly OverviewRow[];
  readonly columns: readonly Column[];
}) {
  const { scroller, rows, columns } = props;
  const sight = useSight(scroller, columns.length);
  if (!sight) return null;
  const jump = (event: MouseEvent) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const element = scroller.current;
    if (element) element.scrollLeft = ((event.clientX - left) / width) * element.scrollWidth - element.clientWidth / 2;
  };
  return (
    <div className={classes.minimap} onClick={jump} aria-hidden="true">
      {columns.map((column) => (
        <div key={column.id} className={classes.column} data-first={column.firstOfGroup || undefined}>
          {rows.map((row) => (
            <i key={row.id} data-mark={shownCell(row, column).mark} />
          ))}
        </div>
      ))}
      <div className={classes.sight} style={{ left: `${sight.from * 100}%`, right: `${(1 - sight.to) * 100}%` }} />
    </div>
  );
}

/** Which part of the width is in sight, as fractions; undefined while all of it is. */
function useSight(scroller: RefObject<HTMLElement | null>, columns: number): Window | undefined {
  const [sight, setSight] = useState<Window>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the width changes with the columns.
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const look = () => {
      const { scrollLeft, scrollWidth, clientWidth } = element;
      if (scrollWidth <= clientWidth + 1) setSight(undefined);
      else setSight({ from: scrollLeft / scrollWidth, to: (scrollLeft + clientWidth) / scrollWidth });
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [scroller, columns]);
  return sight;
}
