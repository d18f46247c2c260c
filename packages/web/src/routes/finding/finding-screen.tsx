import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Icon } from '../../components/icon.tsx';
import { ProblemBox } from '../../components/problem-box.tsx';
import { TextSkeleton } from '../../components/skeletons.tsx';
import { FindingDetails } from './finding-details.tsx';
import classes from './finding-screen.module.css';
import { findingQuery } from './queries.ts';

const route = getRouteApi('/shell/findings/$fingerprint');

/** One finding on a page of its own. */
export function FindingScreen() {
  const { fingerprint } = route.useParams();
  const { data, error, refetch } = useQuery(findingQuery(fingerprint));
  return (
    <div className={classes.screen}>
      <Button
        component={Link}
        to="/findings"
        variant="subtle"
        color="gray"
        leftSection={<Icon name="back" size={14} />}
      >
        Findings
      </Button>
      <div className={classes.page}>
        {error && <ProblemBox error={error} onRetry={() => void refetch()} />}
        {!data && !error && <TextSkeleton lines={12} label="Loading the finding" />}
        {data && <FindingDetails key={fingerprint} page={data} wide />}
      </div>
    </div>
  );
}
