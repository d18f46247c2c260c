import type { FindingEvent } from '../../api/types.ts';
import { Icon, type IconName } from '../../components/icon.tsx';
import { Person } from '../../components/person.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { Part } from '../../components/screen.tsx';
import { SeverityWeight } from '../../components/severity-weight.tsx';
import { VerdictMark } from '../../components/verdict-mark.tsx';
import classes from './what-happened.module.css';

const icons: Readonly<Record<FindingEvent['what'], IconName>> = {
  seen: 'scan',
  changed: 'refresh',
  resolved: 'check',
  reopened: 'refresh',
  assigned: 'person',
  snoozed: 'snooze',
  woken: 'alarm',
  requested: 'approved',
  approved: 'approved',
  declined: 'close',
  deployed: 'release',
};

/** Scans, decisions and deployments around a finding, newest first. */
export function WhatHappened({ events }: { readonly events: readonly FindingEvent[] }) {
  return (
    <Part title="What happened">
      {events.length === 0 ? (
        <p className={classes.none}>Nothing is recorded but this scan.</p>
      ) : (
        <ol className={classes.events}>
          {events.map((event) => (
            <li key={`${event.at} ${event.what} ${event.text}`}>
              <Icon name={icons[event.what]} size={14} />
              <span className={classes.words}>
                {event.verdict && <VerdictMark of={event.verdict} />}{' '}
                {event.severity && <SeverityWeight of={event.severity} />} {event.text}
                {event.actor !== undefined && (
                  <>
                    {' by '}
                    <Person name={event.actor} />
                  </>
                )}
              </span>
              <span className={classes.time}>
                <RelativeTime at={event.at} />
              </span>
            </li>
          ))}
        </ol>
      )}
    </Part>
  );
}
