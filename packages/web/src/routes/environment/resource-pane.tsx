import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { DetailPane } from '../../components/detail-pane.tsx';
import { Preformatted } from '../../components/preformatted.tsx';
import { ProblemBox } from '../../components/problem-box.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { Facts, Part } from '../../components/screen.tsx';
import { TextSkeleton } from '../../components/skeletons.tsx';
import { valueText } from '../../components/value-diff.ts';
import { type ResourceId, resourceQuery } from './queries.ts';
import classes from './resource-pane.module.css';

/** One resource as each plane has it. Secrets are digests: the server knows no more. */
export function ResourcePane({
  environment,
  id,
  onClose,
}: {
  readonly environment: string;
  readonly id: ResourceId;
  readonly onClose: () => void;
}) {
  const { data, error } = useQuery(resourceQuery(environment, id));
  return (
    <DetailPane label={`${id.kind} in ${environment}`} onClose={onClose}>
      <Part title={id.key}>
        {error && <ProblemBox error={error} />}
        {!data && !error && <TextSkeleton lines={8} label="Loading the resource" />}
        {data && data.findings.length > 0 && (
          <p>
            {data.findings.map((fingerprint) => (
              <Link key={fingerprint} to="/findings/$fingerprint" params={{ fingerprint }} className={classes.finding}>
                finding {fingerprint.slice(0, 8)}
              </Link>
            ))}
          </p>
        )}
      </Part>
      {data?.sides.map(({ plane, attributes, place, actor, at, takenAt }) => (
        <Part key={plane} title={plane} aside={<RelativeTime at={takenAt} />}>
          <Facts
            of={[
              ['Place', place && <code key="place">{place}</code>],
              ['Changed by', actor],
              ['Changed', at && <RelativeTime key="at" at={at} />],
            ]}
          />
          <Preformatted>{valueText(attributes)}</Preformatted>
        </Part>
      ))}
    </DetailPane>
  );
}
