import { ActionIcon } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { DetailPane } from '../../components/detail-pane.tsx';
import { Icon } from '../../components/icon.tsx';
import { ProblemBox } from '../../components/problem-box.tsx';
import { TextSkeleton } from '../../components/skeletons.tsx';
import { FindingDetails } from './finding-details.tsx';
import classes from './finding-pane.module.css';
import { findingQuery } from './queries.ts';

/** One finding beside the inbox. */
export function FindingPane({ fingerprint, onClose }: { readonly fingerprint: string; readonly onClose: () => void }) {
  const { data, error, refetch } = useQuery(findingQuery(fingerprint));
  const page = (
    <ActionIcon
      renderRoot={(props) => <Link {...props} to="/findings/$fingerprint" params={{ fingerprint }} />}
      aria-label="Open on a page of its own"
      title="Open on a page of its own"
    >
      <Icon name="expand" />
    </ActionIcon>
  );
  return (
    <DetailPane label="Finding" onClose={onClose} tools={page}>
      {error && (
        <div className={classes.padded}>
          <ProblemBox error={error} onRetry={() => void refetch()} />
        </div>
      )}
      {!data && !error && (
        <div className={classes.padded}>
          <TextSkeleton lines={12} label="Loading the finding" />
        </div>
      )}
      {data && <FindingDetails key={fingerprint} page={data} />}
    </DetailPane>
  );
}
