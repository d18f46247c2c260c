import type { ReactNode } from 'react';
import { useListKeys } from '../keyboard/use-list-keys.ts';
import classes from './data-table.module.css';

export interface Column<T> {
  readonly id: string;
  readonly title: string;
  readonly cell: (item: T) => ReactNode;
  readonly numeric?: true;
  /** CSS width; the rest is shared. */
  readonly width?: string;
  /** Left out on a phone. */
  readonly wide?: true;
}

interface DataTableProps<T> {
  readonly label: string;
  /** The first is what a row is called. */
  readonly columns: readonly Column<T>[];
  readonly items: readonly T[];
  readonly keyOf: (item: T) => string;
  /** Key of the row that is open beside the table. */
  readonly open?: string | undefined;
  readonly onOpen?: (key: string) => void;
  readonly onClose?: () => void;
}

/** A table people read down: rows open by a click, Enter, or `j k`; on a phone each row is a block of its own. */
export function DataTable<T>({ label, columns, items, keyOf, open, onOpen, onClose }: DataTableProps<T>) {
  const active = items.findIndex((item) => keyOf(item) === open);
  const openAt = (index: number) => {
    const item = items[index];
    if (item !== undefined) onOpen?.(keyOf(item));
  };
  useListKeys({
    count: onOpen ? items.length : 0,
    active,
    onActive: openAt,
    onOpen: () => openAt(active),
    onLeave: onClose,
  });
  return (
    <table className={classes.table} aria-label={label}>
      <thead>
        <tr>
          {columns.map(({ id, title, numeric, width, wide }) => (
            <th key={id} scope="col" data-numeric={numeric} data-wide={wide} style={{ width }}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((item) => {
          const key = keyOf(item);
          return (
            <tr key={key} data-open={key === open || undefined}>
              {columns.map((column, index) => (
                <td key={column.id} data-title={column.title} data-numeric={column.numeric} data-wide={column.wide}>
                  {index === 0 && onOpen ? (
                    <button
                      type="button"
                      className={classes.opener}
                      aria-expanded={key === open}
                      onClick={() => onOpen(key)}
                    >
                      {column.cell(item)}
                    </button>
                  ) : (
                    column.cell(item)
                  )}
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
