import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Job } from '../../api/types.ts';
import { ProblemBox, ProblemList } from '../../components/problem-box.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { useMayDo } from '../../shell/session.ts';
import { jobsQuery } from './queries.ts';
import classes from './sources-screen.module.css';
import { useJobAction } from './start-scan.ts';

/** Jobs that need a look: those that wait or run, and those no retry is left for. */
export function Jobs() {
  const { data, error } = useQuery(jobsQuery);
  if (error) return <ProblemBox error={error} />;
  const shown = data?.items.filter(({ state }) => state === 'waiting' || state === 'running' || state === 'dead') ?? [];
  if (shown.length === 0) return null;
  return (
    <section className={classes.jobs} aria-label="Scans under way">
      {shown.map((job) => (
        <JobLine key={job.id} job={job} />
      ))}
    </section>
  );
}

const causes: Readonly<Record<Job['cause'], string>> = {
  schedule: 'by schedule',
  request: 'by hand',
  deployment: 'after a release',
  event: 'after a change event',
  push: 'after a push',
};

function JobLine({ job }: { readonly job: Job }) {
  const may = useMayDo('jobs:manage');
  const action = useJobAction();
  const progress = useJobProgress(job);
  const scope = [...job.environments, ...job.sources].join(', ') || 'everything';
  const isOver = job.state === 'dead';
  return (
    <div className={classes.job}>
      <span>
        {isOver ? 'Failed for good: scan of' : job.state === 'waiting' ? 'Waiting: scan of' : 'Scanning'} <b>{scope}</b>
        , {causes[job.cause]}, <RelativeTime at={job.createdAt} />
      </span>
      {progress && job.state === 'running' && (
        <>
          <progress max={progress.total} value={progress.done} aria-label={`Progress of the scan of ${scope}`} />
          <span>
            {progress.done} of {progress.total} readings, {progress.resources.toLocaleString('en')} resources
          </span>
        </>
      )}
      {job.problem && <ProblemList problems={[job.problem]} />}
      <span className={classes.spring} />
      {may && (
        <Button
          variant="default"
          size="compact-xs"
          loading={action.isPending}
          onClick={() => action.mutate({ id: job.id, what: isOver ? 'replay' : 'cancel' })}
        >
          {isOver ? 'Run again' : 'Cancel'}
        </Button>
      )}
      {action.error && <ProblemBox error={action.error} />}
    </div>
  );
}

/** Progress as the server tells it, event by event, while the job runs. */
function useJobProgress({ id, state, progress }: Job): Job['progress'] {
  const [told, setTold] = useState<Job['progress']>();
  useEffect(() => {
    if (state !== 'running') return;
    const stream = new EventSource(`/api/v1/jobs/${id}/events`);
    stream.addEventListener('progress', ({ data }) => setTold(JSON.parse(data)));
    stream.addEventListener('error', () => stream.close());
    return () => stream.close();
  }, [id, state]);
  return told ?? progress;
}
