import { Link } from '@tanstack/react-router';
import type { MouseEvent } from 'react';
import type { FindingRow } from '../../api/types.ts';
import { Headline, headlineText } from '../../components/headline.tsx';
import { Icon } from '../../components/icon.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { SeverityWeight } from '../../components/severity-weight.tsx';
import { VerdictMark } from '../../components/verdict-mark.tsx';
import { exactTime } from '../../time/words.ts';
import classes from './finding-row.module.css';

/** Pixels of a row whose sentence takes one line. */
export const rowHeight = 52;

interface FindingRowProps {
  readonly row: FindingRow;
  readonly isOpen: boolean;
  readonly isSelected: boolean;
  /** `range`: with everything between this and the one picked before. */
  readonly onSelect: (range: boolean) => void;
  readonly onFocus: () => void;
}

/** One cause: its sentence, and how far it reaches. */
export function FindingRowView({ row, isOpen, isSelected, onSelect, onFocus }: FindingRowProps) {
  return (
    <article
      className={classes.row}
      data-severity={row.severity}
      data-open={isOpen || undefined}
      data-selected={isSelected || undefined}
    >
      <label className={classes.check}>
        <input
          type="checkbox"
          checked={isSelected}
          onChange={({ nativeEvent }) => onSelect((nativeEvent as unknown as MouseEvent).shiftKey === true)}
          aria-label={`Select: ${headlineText(row.headline)}`}
        />
      </label>
      <span className={classes.marks}>
        <VerdictMark of={row.verdict} />
        <SeverityWeight of={row.severity} />
      </span>
      <div className={classes.words}>
        <Link
          to="/findings"
          search={(before) => ({ ...before, open: row.fingerprint })}
          className={classes.sentence}
          data-row-link
          aria-current={isOpen || undefined}
          onFocus={onFocus}
        >
          <Headline parts={row.headline} plain />
        </Link>
        <RowFacts row={row} />
      </div>
      <span className={classes.age}>
        {row.isNew && <span className={classes.isNew}>new</span>}
        <RelativeTime at={row.firstSeen} short />
      </span>
    </article>
  );
}

function RowFacts({ row }: { readonly row: FindingRow }) {
  const { environments, resources, findings, layer, kind, owner, approval, handling } = row;
  return (
    <ul className={classes.facts}>
      <li>{layer}</li>
      <li className={classes.kind}>{kind}</li>
      <li title={environments.join(', ')}>
        {environments.length === 1 ? environments[0] : `${environments.length} environments`}
      </li>
      {findings > 1 && (
        <li>
          {resources === 1 ? '1 resource' : `${resources} resources`}
          {findings !== resources && `, ${findings} findings`}
        </li>
      )}
      <li>{owner ?? 'no owner'}</li>
      {approval !== undefined && (
        <li>
          <VerdictMark of="approved" decorative size={12} /> {approval}
        </li>
      )}
      {handling.assignee !== undefined && (
        <li>
          <Icon name="person" size={12} /> {handling.assignee}
        </li>
      )}
      {handling.snoozedUntil !== undefined && (
        <li title={`Until ${exactTime(handling.snoozedUntil)}: ${handling.snoozeReason ?? ''}`}>
          <Icon name="snooze" size={12} /> snoozed
        </li>
      )}
    </ul>
  );
}
