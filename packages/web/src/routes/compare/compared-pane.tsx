import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { DetailPane } from '../../components/detail-pane.tsx';
import { ProblemBox } from '../../components/problem-box.tsx';
import { Facts, Part } from '../../components/screen.tsx';
import { SeverityWeight } from '../../components/severity-weight.tsx';
import { TextSkeleton } from '../../components/skeletons.tsx';
import { ValueDiff } from '../../components/value-diff-view.tsx';
import type { ResourceId } from '../environment/queries.ts';
import classes from './compare-screen.module.css';
import { comparedResourceQuery } from './queries.ts';

interface ComparedPaneProps {
  readonly left: string;
  readonly right: string;
  readonly id: ResourceId;
  readonly onClose: () => void;
}

/** The two sides of one resource, attribute by attribute, only what differs. */
export function ComparedPane({ left, right, id, onClose }: ComparedPaneProps) {
  const { data, error } = useQuery(comparedResourceQuery(left, right, id));
  return (
    <DetailPane label={id.kind} onClose={onClose}>
      <Part title={data?.left?.name ?? data?.right?.name ?? id.key}>
        {error && <ProblemBox error={error} />}
        {!data && !error && <TextSkeleton lines={8} label="Loading the two sides" />}
        {data && (
          <Facts
            of={[
              [left, data.left === undefined ? 'does not have it' : (data.left.place ?? data.left.name)],
              [right, data.right === undefined ? 'does not have it' : (data.right.place ?? data.right.name)],
              ['Equal', `${data.equal} ${data.equal === 1 ? 'attribute' : 'attributes'}`],
            ]}
          />
        )}
      </Part>
      {data?.attributes.map(({ path, left: before, right: after, severity, approval }) => (
        <Part
          key={path}
          title={path === '' ? 'The resource as a whole' : path}
          aside={<SeverityWeight of={severity} />}
        >
          {approval && (
            <p className={classes.approval}>
              Approved difference{' '}
              <Link to="/approved" search={{ open: approval.id }}>
                {approval.id}
              </Link>{' '}
              {approval.state === 'holds' ? 'allows it' : `is ${approval.state}`}: {approval.reason} Until{' '}
              {approval.expires}.
            </p>
          )}
          <ValueDiff left={before} right={after} leftLabel={left} rightLabel={right} />
        </Part>
      ))}
    </DetailPane>
  );
}
