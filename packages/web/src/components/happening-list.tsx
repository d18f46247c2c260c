import { Link } from '@tanstack/react-router';
import type { Happening } from '../api/types.ts';
import { useNow } from '../time/use-now.ts';
import { clockTime, exactTime } from '../time/words.ts';
import classes from './happening-list.module.css';
import { Headline } from './headline.tsx';
import { Icon, type IconName } from './icon.tsx';
import { VerdictMark } from './verdict-mark.tsx';

const icons: Readonly<Record<Exclude<Happening['what'], 'finding'>, IconName>> = {
  resolved: 'check',
  release: 'release',
  scan: 'scan',
  approval: 'approved',
  'break-glass': 'alarm',
  estate: 'branch',
};

/** What took place as sentences, in the order given. */
export function HappeningList({ items }: { readonly items: readonly Happening[] }) {
  const now = useNow();
  return (
    <ol className={classes.list}>
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two things may happen at one instant to one resource.
        <li key={`${item.at} ${index}`} data-what={item.what}>
          <time dateTime={item.at} title={exactTime(item.at)}>
            {clockTime(item.at, now)}
          </time>
          {item.what === 'finding' && item.verdict ? (
            <VerdictMark of={item.verdict} severity={item.severity} />
          ) : (
            <Icon name={icons[item.what as keyof typeof icons] ?? 'findings'} size={14} />
          )}
          <span>
            <Headline parts={item.headline} plain={item.fingerprint !== undefined} />
            {item.fingerprint !== undefined && (
              <Link to="/findings/$fingerprint" params={{ fingerprint: item.fingerprint }} className={classes.over}>
                <span className="visually-hidden">Open this finding</span>
              </Link>
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}
