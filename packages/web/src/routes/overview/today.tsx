import { Link } from '@tanstack/react-router';
import type { Happening } from '../../api/types.ts';
import { Headline } from '../../components/headline.tsx';
import { Icon, type IconName } from '../../components/icon.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { VerdictMark } from '../../components/verdict-mark.tsx';
import classes from './today.module.css';

const icons: Readonly<Record<Happening['what'], IconName>> = {
  finding: 'findings',
  resolved: 'check',
  release: 'release',
  scan: 'scan',
  approval: 'approved',
  'break-glass': 'alarm',
  estate: 'branch',
};

/** What took place within a day, one sentence each. */
export function Today({ happenings }: { readonly happenings: readonly Happening[] }) {
  return (
    <section aria-labelledby="today" className={classes.today}>
      <h2 id="today">Today</h2>
      {happenings.length === 0 ? (
        <p className={classes.none}>Nothing changed within a day.</p>
      ) : (
        <ol className={classes.list}>
          {happenings.map((happening) => (
            <li
              key={`${happening.at} ${happening.what} ${happening.fingerprint ?? happening.headline[0]?.text}`}
              data-what={happening.what}
            >
              <span className={classes.time}>
                <RelativeTime at={happening.at} short />
              </span>
              {happening.what === 'finding' && happening.verdict ? (
                <VerdictMark of={happening.verdict} severity={happening.severity} />
              ) : (
                <Icon name={icons[happening.what]} size={14} />
              )}
              <Sentence happening={happening} />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function Sentence({ happening: { fingerprint, headline } }: { readonly happening: Happening }) {
  if (fingerprint === undefined) {
    return (
      <span>
        <Headline parts={headline} />
      </span>
    );
  }
  return (
    <Link to="/findings/$fingerprint" params={{ fingerprint }} className={classes.sentence}>
      <Headline parts={headline} plain />
    </Link>
  );
}
