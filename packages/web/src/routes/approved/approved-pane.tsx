import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { DetailPane } from '../../components/detail-pane.tsx';
import { Headline } from '../../components/headline.tsx';
import { Identifier } from '../../components/identifier.tsx';
import { Preformatted } from '../../components/preformatted.tsx';
import { ProblemBox } from '../../components/problem-box.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { Facts, Part } from '../../components/screen.tsx';
import { TextSkeleton } from '../../components/skeletons.tsx';
import classes from './approved.module.css';
import { ExpiryBar } from './expiry-bar.tsx';
import { approvedDifferenceQuery } from './queries.ts';

/** One record: what it allows, what it silences now, and its history in Git. */
export function ApprovedPane({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { data, error } = useQuery(approvedDifferenceQuery(id));
  return (
    <DetailPane label="Approved difference" onClose={onClose}>
      <Part title={id}>
        {error && <ProblemBox error={error} />}
        {!data && !error && <TextSkeleton lines={8} label="Loading the record" />}
        {data && (
          <Facts
            of={[
              ['Reason', data.reason],
              ['Allows', data.constraint],
              ['Expires', <ExpiryBar key="expiry" expiresAt={data.expiresAt} state={data.state} />],
              ['As written', data.expires],
              ['Category', data.category],
              ['Owner', data.owner],
              ['Approver', data.approver],
              ['Ticket', data.ticket],
              ['Where', data.environments.join(', ') || 'every environment'],
              ['Workload', data.workload],
              ['Kind', <code key="kind">{data.kind}</code>],
              ['Key', <code key="key">{data.key}</code>],
              ['Path', data.path && <code key="path">{data.path}</code>],
              [
                'Policy',
                data.policy && (
                  <Link key="policy" to="/policies" search={{ open: data.policy }}>
                    {data.policy}
                  </Link>
                ),
              ],
              [
                'Place',
                <code key="place">
                  {[data.place.file, data.place.line].filter((part) => part !== undefined).join(':')}
                </code>,
              ],
            ]}
          />
        )}
      </Part>
      {data && (
        <>
          <Part title="What it silences now" aside={data.silenced.length}>
            <ul className={classes.silenced}>
              {data.silenced.map(({ fingerprint, headline }) => (
                <li key={fingerprint}>
                  <Link to="/findings/$fingerprint" params={{ fingerprint }}>
                    <Headline parts={headline} plain />
                  </Link>
                </li>
              ))}
            </ul>
            {data.silenced.length === 0 && <p>Nothing: what it allows does not differ any more. It can go.</p>}
          </Part>
          <Part title="History in Git">
            {data.history.length === 0 && <p>The estate has no Git history.</p>}
            <ul className={classes.silenced}>
              {data.history.map(({ at, actor, commit, text }) => (
                <li key={commit}>
                  <RelativeTime at={at} />, {actor}: {text}{' '}
                  <Identifier value={commit} display={commit.slice(0, 10)} label="commit" />
                </li>
              ))}
            </ul>
          </Part>
          <Part title="The record">
            <Preformatted>{data.record}</Preformatted>
          </Part>
        </>
      )}
    </DetailPane>
  );
}
