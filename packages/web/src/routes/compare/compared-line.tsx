import type { ComparedRow } from '../../api/types.ts';
import { SeverityWeight } from '../../components/severity-weight.tsx';
import { VerdictMark } from '../../components/verdict-mark.tsx';
import classes from './compare-screen.module.css';

const changes: Readonly<Record<ComparedRow['change'], string>> = {
  changed: '',
  'only-left': 'only on the left',
  'only-right': 'only on the right',
};

/** A differing resource in two lines: what it is, and what differs. */
export function ComparedLine({
  row,
  isOpen,
  onOpen,
}: {
  readonly row: ComparedRow;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
}) {
  const { name, kind, verdict, severity, change, differences, approved, headline } = row;
  const isApproved = approved >= differences;
  return (
    <button type="button" className={classes.line} data-row-link aria-expanded={isOpen} onClick={onOpen}>
      <VerdictMark of={isApproved ? 'approved' : verdict} />
      <span className={classes.what}>
        <span className={classes.name}>
          {name} <code>{kind}</code>
        </span>
        <span className={classes.how}>{changes[change] || headline.map(({ text }) => text).join('')}</span>
      </span>
      <span className={classes.count}>
        {differences > 1 && `${differences} differences`}
        {approved > 0 && !isApproved && `, ${approved} approved`}
      </span>
      <SeverityWeight of={severity} />
    </button>
  );
}
