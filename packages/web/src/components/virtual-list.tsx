import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef } from 'react';
import classes from './virtual-list.module.css';

interface VirtualListProps<T> {
  readonly label: string;
  readonly items: readonly T[];
  /** Items in all pages; as many as are loaded where nobody knows. */
  readonly total?: number;
  readonly keyOf: (item: T) => string;
  /** Pixels a row is expected to take; what it really takes is measured. */
  readonly rowHeight: number;
  /** Index of the row the keys are at. */
  readonly active: number;
  readonly children: (item: T, index: number) => ReactNode;
  /** Called when the end of what is loaded comes into sight. */
  readonly onEnd?: (() => void) | undefined;
}

/** A list of any length: only rows in sight exist. Moving `active` brings its row into sight and its link into focus. */
export function VirtualList<T>(props: VirtualListProps<T>) {
  const { label, items, total, keyOf, rowHeight, active, children, onEnd } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    getItemKey: (index) => (items[index] === undefined ? index : keyOf(items[index])),
  });
  const shown = rows.getVirtualItems();
  useEnd(shown.at(-1)?.index ?? 0, items.length, onEnd);
  useActiveRow(active, scroller.current, (index) => rows.scrollToIndex(index));
  return (
    <div ref={scroller} className={classes.scroller}>
      <ul className={classes.list} aria-label={label} style={{ height: rows.getTotalSize() }}>
        {shown.map(({ key, index, start }) => {
          const item = items[index];
          if (item === undefined) return null;
          return (
            <li
              key={key}
              ref={rows.measureElement}
              data-index={index}
              data-active={index === active || undefined}
              aria-setsize={total ?? items.length}
              aria-posinset={index + 1}
              className={classes.row}
              style={{ transform: `translateY(${start}px)` }}
            >
              {children(item, index)}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** Rows before the end at which the next page is asked for. */
const ahead = 20;

function useEnd(last: number, loaded: number, onEnd: (() => void) | undefined): void {
  useEffect(() => {
    if (onEnd && loaded > 0 && last >= loaded - ahead) onEnd();
  }, [last, loaded, onEnd]);
}

/** Focus goes to the row's own link, so that Enter, screen readers and the eye are at the same place. */
function useActiveRow(active: number, scroller: HTMLElement | null, show: (index: number) => void): void {
  const before = useRef(active);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a moved row moves the focus.
  useEffect(() => {
    if (before.current === active || active < 0) return;
    before.current = active;
    show(active);
    const frame = requestAnimationFrame(() => {
      scroller?.querySelector<HTMLElement>(`[data-index="${active}"] [data-row-link]`)?.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(frame);
  }, [active]);
}
