import { Link } from '@tanstack/react-router';
import { Fragment, useRef } from 'react';
import type { EnvironmentGroup } from '../../api/types.ts';
import { Icon } from '../../components/icon.tsx';
import { Sparkline } from '../../components/sparkline.tsx';
import { VerdictMark } from '../../components/verdict-mark.tsx';
import { CellCard, useCellCard } from './cell-card.tsx';
import { type Column, cellName, cellSearch, columnsOf, type OverviewRow, type ShownCell, shownCell } from './cells.ts';
import classes from './matrix.module.css';
import { Minimap } from './minimap.tsx';

interface MatrixProps {
  readonly by: 'layer' | 'workload';
  readonly groups: readonly EnvironmentGroup[];
  readonly rows: readonly OverviewRow[];
  readonly folded: readonly string[];
  readonly onFold: (group: string) => void;
}

/** Environments by layers or workloads. Header and first column stay while it scrolls. */
export function Matrix({ by, groups, rows, folded, onFold }: MatrixProps) {
  const columns = columnsOf(groups, folded);
  const scroller = useRef<HTMLDivElement>(null);
  const card = useCellCard();
  return (
    <>
      <Minimap scroller={scroller} rows={rows} columns={columns} />
      <section ref={scroller} className={classes.scroller} aria-label="Parity matrix" {...card.leave}>
        <table className={classes.matrix} data-dense={columns.length > 16 || undefined}>
          <thead>
            <GroupHeads groups={groups} folded={folded} onFold={onFold} />
            <ColumnHeads columns={columns} by={by} />
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <th scope="row" className={classes.rowHead}>
                  <Link to="/findings" search={{ [by]: row.id }}>
                    {row.title}
                  </Link>
                </th>
                {columns.map((column) => (
                  <Cell key={column.id} by={by} row={row} column={column} watch={card.watch} />
                ))}
                <td className={classes.trend}>
                  <Sparkline values={row.trend} label={`Open findings in ${row.title}, 30 days`} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {card.shown && <CellCard {...card.shown} />}
      </section>
    </>
  );
}

function GroupHeads({ groups, folded, onFold }: Pick<MatrixProps, 'groups' | 'folded' | 'onFold'>) {
  return (
    <tr>
      <td className={classes.corner} />
      {groups.map(({ id, title, environments }) => {
        const isFolded = folded.includes(id);
        return (
          <th key={id} scope="colgroup" colSpan={isFolded ? 1 : environments.length} className={classes.group}>
            <button
              type="button"
              onClick={() => onFold(id)}
              aria-expanded={!isFolded}
              title={isFolded ? `Unfold ${title}` : `Fold ${title}`}
            >
              <Icon name={isFolded ? 'chevron' : 'down'} size={12} />
              {title}
            </button>
          </th>
        );
      })}
      <td className={classes.corner} />
    </tr>
  );
}

function ColumnHeads({ columns, by }: { readonly columns: readonly Column[]; readonly by: 'layer' | 'workload' }) {
  return (
    <tr>
      <th scope="col" className={classes.cornerHead}>
        {by}
      </th>
      {columns.map((column) => (
        <th key={column.id} scope="col" className={classes.column} data-first={column.firstOfGroup || undefined}>
          <ColumnHead column={column} />
        </th>
      ))}
      <th scope="col" className={classes.trendHead}>
        30 days
      </th>
    </tr>
  );
}

function ColumnHead({ column }: { readonly column: Column }) {
  const { environments, title, arrow, mirrors } = column;
  const [only, ...others] = environments;
  if (only === undefined || others.length > 0) return <span title={columnTitle(column)}>{title}</span>;
  return (
    <Link to="/environments/$environment" params={{ environment: only }} title={columnTitle(column)}>
      {arrow === 'left' && <span className={classes.arrow}>← </span>}
      {title}
      {arrow === 'right' && <span className={classes.arrow}> →</span>}
      {mirrors !== undefined && arrow === undefined && <span className={classes.mirrors}>→ {mirrors}</span>}
    </Link>
  );
}

function columnTitle({ environments, mirrors }: Column): string {
  const names = environments.join(', ');
  return mirrors === undefined ? names : `${names} mirrors ${mirrors}`;
}

interface CellProps {
  readonly by: 'layer' | 'workload';
  readonly row: OverviewRow;
  readonly column: Column;
  readonly watch: ReturnType<typeof useCellCard>['watch'];
}

function Cell({ by, row, column, watch }: CellProps) {
  const cell = shownCell(row, column);
  const first = column.firstOfGroup || undefined;
  if (!cell.applies) {
    return (
      <td className={classes.cell} data-first={first}>
        <span className="visually-hidden">{cellName(row, column, cell)}</span>
      </td>
    );
  }
  return (
    <td
      className={classes.cell}
      data-first={first}
      data-hatched={!cell.complete || undefined}
      data-mark={cell.mark}
      data-severity={cell.severity}
    >
      <Link
        to="/findings"
        search={cellSearch(by, row, column, cell)}
        className={classes.cellLink}
        aria-label={cellName(row, column, cell)}
        {...watch({
          cell,
          title: `${row.title} · ${column.environments.length === 1 ? column.environments[0] : column.title}`,
        })}
      >
        <CellContent cell={cell} />
      </Link>
    </td>
  );
}

/** Mark, count, and in brackets what is approved. Numbers line up below each other. */
function CellContent({ cell }: { readonly cell: ShownCell }) {
  return (
    <Fragment>
      <VerdictMark of={cell.mark ?? 'clean'} decorative />
      {cell.open > 0 && (
        <span className={classes.count}>{cell.open > 999 ? `${Math.floor(cell.open / 1000)}k` : cell.open}</span>
      )}
      {cell.approved > 0 && <span className={classes.approved}>({cell.approved})</span>}
    </Fragment>
  );
}
