import { Link } from '@tanstack/react-router';
import type { EnvironmentGroup } from '../../api/types.ts';
import { VerdictMark } from '../../components/verdict-mark.tsx';
import { type Column, cellSearch, columnsOf, type OverviewRow, shownCell } from './cells.ts';
import classes from './environment-list.module.css';

interface EnvironmentListProps {
  readonly by: 'layer' | 'workload';
  readonly groups: readonly EnvironmentGroup[];
  readonly rows: readonly OverviewRow[];
  /** The group shown; all of them where none is named. */
  readonly group: string | undefined;
  readonly onGroup: (group: string | undefined) => void;
}

/** The matrix on a phone: environments below each other, each with what is not clean in it. */
export function EnvironmentList({ by, groups, rows, group, onGroup }: EnvironmentListProps) {
  const shown = groups.filter(({ id }) => group === undefined || id === group);
  return (
    <div>
      {groups.length > 1 && (
        <fieldset className={classes.picker}>
          <legend className="visually-hidden">Group of environments</legend>
          {[{ id: undefined, title: 'all' }, ...groups].map(({ id, title }) => (
            <button key={title} type="button" aria-pressed={group === id} onClick={() => onGroup(id)}>
              {title}
            </button>
          ))}
        </fieldset>
      )}
      {shown.map(({ id, title, environments }) => (
        <section key={id} aria-label={title}>
          <h2 className={classes.group}>{title}</h2>
          {columnsOf([{ id, title, environments }], []).map((column) => (
            <EnvironmentRows key={column.id} by={by} column={column} rows={rows} />
          ))}
        </section>
      ))}
    </div>
  );
}

function EnvironmentRows({
  by,
  column,
  rows,
}: {
  readonly by: 'layer' | 'workload';
  readonly column: Column;
  readonly rows: readonly OverviewRow[];
}) {
  const cells = rows.map((row) => ({ row, cell: shownCell(row, column) })).filter(({ cell }) => cell.applies);
  const busy = cells.filter(({ cell }) => cell.mark !== 'clean');
  const clean = cells.length - busy.length;
  return (
    <article className={classes.environment}>
      <Link to="/environments/$environment" params={{ environment: column.id }} className={classes.name}>
        {column.id}
        {column.mirrors !== undefined && <span className={classes.mirrors}> → {column.mirrors}</span>}
      </Link>
      <div className={classes.cells}>
        {busy.map(({ row, cell }) => (
          <Link
            key={row.id}
            to="/findings"
            search={cellSearch(by, row, column, cell)}
            className={classes.cell}
            data-hatched={!cell.complete || undefined}
            data-severity={cell.severity}
          >
            <VerdictMark of={cell.mark ?? 'clean'} severity={cell.severity} />
            {row.title}
            {cell.open > 0 && <b>{cell.open}</b>}
            {cell.approved > 0 && (
              <span className={classes.approved}>
                ({cell.approved}
                <span className="visually-hidden"> approved</span>)
              </span>
            )}
          </Link>
        ))}
        {clean > 0 && (
          <span className={classes.clean}>
            {clean} {clean === 1 ? by : `${by}s`} clean
          </span>
        )}
        {cells.length === 0 && <span className={classes.clean}>nothing is read here</span>}
      </div>
    </article>
  );
}
