import type { ApprovedDifference } from '../../api/types.ts';
import { RelativeTime } from '../../components/relative-time.tsx';
import { useNow } from '../../time/use-now.ts';
import { daysUntil } from '../../time/words.ts';
import classes from './approved.module.css';

/** Days that the whole bar stands for: what has longer is far away. */
const farAway = 180;

const words: Readonly<Record<ApprovedDifference['state'], string>> = {
  active: '',
  expiring: 'soon',
  expired: 'expired',
  broken: 'broken: the value left what is allowed',
  idle: 'silences nothing now',
};

/** How long a record still holds, as a bar that runs out, and in words. */
export function ExpiryBar({ expiresAt, state }: Pick<ApprovedDifference, 'expiresAt' | 'state'>) {
  const now = useNow();
  const left = Math.min(1, daysUntil(expiresAt, now) / farAway);
  return (
    <span className={classes.expiry} data-state={state}>
      <span className={classes.track} aria-hidden="true">
        <span style={{ width: `${left * 100}%` }} />
      </span>
      <span>
        <RelativeTime at={expiresAt} />
        {words[state] !== '' && <span className={classes.state}>{words[state]}</span>}
      </span>
    </span>
  );
}
