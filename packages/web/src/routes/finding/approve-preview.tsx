import { useState } from 'react';
import type { HeadlinePart, Severity } from '../../api/types.ts';
import { Headline } from '../../components/headline.tsx';
import { SeverityWeight } from '../../components/severity-weight.tsx';
import { useNow } from '../../time/use-now.ts';
import { daysUntil } from '../../time/words.ts';
import classes from './approve-preview.module.css';

interface Preview {
  readonly record: string;
  readonly file: string;
  readonly constraint: string;
  readonly silences: readonly {
    readonly fingerprint: string;
    readonly environment: string;
    readonly severity: Severity;
    readonly headline: readonly HeadlinePart[];
  }[];
}

interface ApprovePreviewProps {
  readonly preview: Preview | undefined;
  readonly lastDay: string;
  /** What is shown is of what was typed before. */
  readonly isStale: boolean;
  readonly isComplete: boolean;
}

/** What an approval would silence and for how long; its record on request. */
export function ApprovePreview({ preview, lastDay, isStale, isComplete }: ApprovePreviewProps) {
  const now = useNow();
  const [raw, setRaw] = useState(false);
  if (!isComplete)
    return <p className={classes.hint}>With reason, owner and last day, what it would silence shows here.</p>;
  if (!preview) return null;
  const { silences, constraint, record, file } = preview;
  const days = daysUntil(`${lastDay}T23:59:00`, now);
  return (
    <div className={classes.preview} data-stale={isStale || undefined} aria-live="polite">
      <p>
        Silences <b>{silences.length}</b> {silences.length === 1 ? 'finding' : 'findings'} for <b>{days}</b>{' '}
        {days === 1 ? 'day' : 'days'}, while it is {constraint}. When it moves again, it alerts again.
      </p>
      <ul>
        {silences.slice(0, 5).map(({ fingerprint, severity, headline }) => (
          <li key={fingerprint}>
            <SeverityWeight of={severity} />
            <Headline parts={headline} plain />
          </li>
        ))}
        {silences.length > 5 && <li>and {silences.length - 5} more</li>}
      </ul>
      <button type="button" className={classes.toggle} onClick={() => setRaw(!raw)} aria-expanded={raw}>
        {raw ? 'Hide the record' : `Show the record in ${file}`}
      </button>
      {raw && <pre className={classes.record}>{record}</pre>}
    </div>
  );
}
