import type { EnvironmentGroup, MatrixCell, Overview, Severity, Verdict } from '../../api/types.ts';
import { type Marked, markText } from '../../components/verdict-mark.tsx';

export type OverviewRow = Overview['rows'][number];

/** A column of the matrix: one environment, or a folded group of them. */
export interface Column {
  readonly id: string;
  readonly title: string;
  readonly environments: readonly string[];
  readonly mirrors?: string | undefined;
  /** Whether the environment it mirrors stands beside it, and on which side. */
  readonly arrow?: 'right' | 'left' | undefined;
  readonly firstOfGroup: boolean;
}

/** What a cell shows: that of its environment, or what a folded group's come to together. */
export interface ShownCell extends Omit<MatrixCell, 'environment'> {
  readonly mark: Marked | undefined;
}

/** Worst first, among cells of one severity. */
const verdictRank: readonly Verdict[] = [
  'policy',
  'missing',
  'conflict',
  'drift',
  'unmanaged',
  'expired',
  'parity',
  'not-checked',
  'stale',
  'pending',
];
const severityRank: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

/** The columns in the order of the topology; a folded group is one column. */
export function columnsOf(groups: readonly EnvironmentGroup[], folded: readonly string[]): readonly Column[] {
  return groups.flatMap((group): readonly Column[] => {
    const names = group.environments.map(({ name }) => name);
    if (folded.includes(group.id)) {
      return [{ id: `group ${group.id}`, title: `all ${names.length}`, environments: names, firstOfGroup: true }];
    }
    return group.environments.map(({ name, title, mirrors }, index) => ({
      id: name,
      title,
      environments: [name],
      mirrors,
      arrow: arrowTo(mirrors, names[index + 1], names[index - 1]),
      firstOfGroup: index === 0,
    }));
  });
}

function arrowTo(
  mirrors: string | undefined,
  next: string | undefined,
  before: string | undefined,
): 'right' | 'left' | undefined {
  if (mirrors === undefined) return undefined;
  if (mirrors === next) return 'right';
  return mirrors === before ? 'left' : undefined;
}

/** What a row shows in a column. */
export function shownCell(row: OverviewRow, column: Column): ShownCell {
  const cells = row.cells.filter(({ environment }) => column.environments.includes(environment));
  const applying = cells.filter(({ applies }) => applies);
  const worst = applying.filter(({ verdict }) => verdict !== undefined).sort(byWeight)[0];
  const shown = {
    open: sum(applying.map(({ open }) => open)),
    approved: sum(applying.map(({ approved }) => approved)),
    byVerdict: countsTogether(applying),
    applies: applying.length > 0,
    complete: applying.every(({ complete }) => complete),
    missing: applying.flatMap(({ missing }) => missing),
    owners: [...new Set(applying.flatMap(({ owners }) => owners))],
    verdict: worst?.verdict,
    severity: worst?.severity,
    oldest: applying.flatMap(({ oldest }) => oldest ?? []).sort()[0],
  };
  return { ...shown, mark: markOf(shown) } as ShownCell;
}

function markOf(cell: {
  applies: boolean;
  verdict?: Verdict | undefined;
  approved: number;
  complete: boolean;
}): Marked | undefined {
  if (!cell.applies) return undefined;
  if (cell.verdict) return cell.verdict;
  if (!cell.complete) return 'not-checked';
  return cell.approved > 0 ? 'approved' : 'clean';
}

function byWeight(a: MatrixCell, b: MatrixCell): number {
  const severity = severityRank.indexOf(a.severity ?? 'low') - severityRank.indexOf(b.severity ?? 'low');
  return severity || verdictRank.indexOf(a.verdict ?? 'pending') - verdictRank.indexOf(b.verdict ?? 'pending');
}

function countsTogether(cells: readonly MatrixCell[]): MatrixCell['byVerdict'] {
  const counts: Partial<Record<Verdict, number>> = {};
  for (const verdict of verdictRank) {
    const count = sum(cells.map(({ byVerdict }) => byVerdict[verdict] ?? 0));
    if (count > 0) counts[verdict] = count;
  }
  return counts;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** What a screen reader says of a cell. */
export function cellName(row: OverviewRow, column: Column, cell: ShownCell): string {
  const where = `${row.title} in ${column.environments.length === 1 ? column.environments[0] : column.title}`;
  if (!cell.applies) return `${where}: not read`;
  const parts = [
    cell.open === 0 ? 'nothing open' : `${cell.open} open, worst ${markText(cell.mark ?? 'clean', cell.severity)}`,
    ...(cell.approved > 0 ? [`${cell.approved} approved`] : []),
    ...(cell.complete ? [] : ['not all of it was checked']),
  ];
  return `${where}: ${parts.join(', ')}`;
}

/** The findings that a cell counts, as filters of the inbox. */
export function cellSearch(rows: 'layer' | 'workload', row: OverviewRow, column: Column, cell: ShownCell) {
  const onlyApproved = cell.open === 0 && cell.approved > 0 && cell.complete;
  return {
    [rows]: row.id,
    environment: column.environments.join(','),
    ...(onlyApproved && { state: 'approved' as const }),
  };
}
