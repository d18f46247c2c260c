import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { FindingPage } from '../../api/types.ts';
import { Headline } from '../../components/headline.tsx';
import { Identifier } from '../../components/identifier.tsx';
import { Person } from '../../components/person.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { SeverityWeight } from '../../components/severity-weight.tsx';
import { markTitles, VerdictMark } from '../../components/verdict-mark.tsx';
import classes from './finding-head.module.css';

/** Verdict, severity and state; the sentence; where it is and since when. */
export function FindingHead({ page: { finding, state, history, handling } }: { readonly page: FindingPage }) {
  return (
    <header>
      <p className={classes.state}>
        <span>
          <VerdictMark of={finding.verdict} decorative /> {markTitles[finding.verdict]}
        </span>
        <SeverityWeight of={finding.severity} label />
        {state !== 'open' && <span className={classes.tag}>{state}</span>}
        <span className={classes.seen}>
          first seen <RelativeTime at={history.firstSeen} />
          {history.resolvedAt !== undefined && (
            <>
              , resolved <RelativeTime at={history.resolvedAt} />
            </>
          )}
          {history.reopened > 0 && `, came back ${history.reopened === 1 ? 'once' : `${history.reopened} times`}`}
        </span>
      </p>
      <h1 className={classes.headline}>
        <Headline parts={finding.headline} />
      </h1>
      <dl className={classes.facts}>
        <Fact name="Layer">
          <Link to="/findings" search={{ layer: finding.layer }}>
            {finding.layer}
          </Link>
        </Fact>
        <Fact name="Source">
          <Link to="/findings" search={{ source: finding.source }}>
            {finding.source}
          </Link>
        </Fact>
        <Fact name="Resource">
          <Identifier value={finding.key} label="resource" />
        </Fact>
        <Fact name="Kind">
          <Link to="/findings" search={{ kind: finding.kind }}>
            {finding.kind}
          </Link>
        </Fact>
        <Fact name="Finding">
          <Identifier value={finding.fingerprint} label="fingerprint" />
        </Fact>
        <Fact name="Owner">
          <Person name={finding.owner} />
        </Fact>
        {handling.assignee !== undefined && (
          <Fact name="Assigned to">
            <Person name={handling.assignee} />
          </Fact>
        )}
        {handling.snoozedUntil !== undefined && (
          <Fact name="Snoozed">
            until <RelativeTime at={handling.snoozedUntil} />
            {handling.snoozedBy !== undefined && ` by ${handling.snoozedBy}`}: {handling.snoozeReason}
          </Fact>
        )}
      </dl>
    </header>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
