import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { answer, client } from '../../api/client.ts';
import type { SourceReading } from '../../api/types.ts';
import { DetailPane } from '../../components/detail-pane.tsx';
import { Icon } from '../../components/icon.tsx';
import { ProblemBox, ProblemList } from '../../components/problem-box.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { Facts, Part } from '../../components/screen.tsx';
import { VerdictMark } from '../../components/verdict-mark.tsx';
import { useMayDo } from '../../shell/session.ts';
import { readingWords } from './completeness.ts';
import classes from './sources-screen.module.css';
import { useStartScan } from './start-scan.ts';

/** One source in one environment: each plane with its kinds, what is missing and what would mend it. */
export function SourcePane({ reading, onClose }: { readonly reading: SourceReading; readonly onClose: () => void }) {
  const { source, environment, planes, state, freshness, schedule, nextRun } = reading;
  return (
    <DetailPane label={`${reading.title || source} in ${environment}`} onClose={onClose}>
      <Part title={readingWords[state]}>
        <Facts
          of={[
            ['Source', <code key="id">{source}</code>],
            ['Environment', environment],
            ['Layers', reading.layers.join(', ')],
            ['Fresh for', freshness === undefined ? 'no limit declared' : `${Math.round(freshness / 60)} minutes`],
            ['Schedule', schedule ?? 'none declared'],
            ['Next run', nextRun === undefined ? undefined : <RelativeTime key="next" at={nextRun} />],
            [
              'Findings',
              <Link key="findings" to="/findings" search={{ environment, source }}>
                show what was found in it
              </Link>,
            ],
          ]}
        />
        <Actions reading={reading} />
      </Part>
      {planes.map((plane) => (
        <Part
          key={plane.plane}
          title={plane.plane}
          aside={
            plane.takenAt === undefined ? (
              'never read'
            ) : (
              <>
                <RelativeTime at={plane.takenAt} /> through {plane.connector}
              </>
            )
          }
        >
          <Kinds kinds={plane.kinds} />
        </Part>
      ))}
    </DetailPane>
  );
}

function Kinds({ kinds }: { readonly kinds: SourceReading['planes'][number]['kinds'] }) {
  if (kinds.length === 0) return <p>Nothing was read of it yet.</p>;
  return (
    <ul className={classes.kinds}>
      {kinds.map(({ kind, state, count, problems }) => (
        <li key={kind}>
          <VerdictMark of={state === 'complete' ? 'clean' : 'not-checked'} decorative />
          <span>
            {kind}
            {state !== 'complete' && ` (${state === 'partial' ? 'read in part' : 'not read'})`}
          </span>
          <span>{count.toLocaleString('en')}</span>
          {problems.length > 0 && <ProblemList problems={problems} />}
        </li>
      ))}
    </ul>
  );
}

function Actions({ reading: { source, environment } }: { readonly reading: SourceReading }) {
  const mayScan = useMayDo('scans:run');
  const mayCheck = useMayDo('sources:check');
  const scan = useStartScan();
  const check = useMutation({
    mutationFn: () =>
      answer(client.POST('/api/v1/sources/{source}/check', { params: { path: { source } }, body: { environment } })),
  });
  return (
    <>
      <div className={classes.filters} style={{ marginTop: 12 }}>
        {mayScan && (
          <Button
            loading={scan.isPending}
            onClick={() => scan.mutate({ environments: [environment], sources: [source] })}
          >
            Scan it now
          </Button>
        )}
        {mayCheck && (
          <Button variant="default" loading={check.isPending} onClick={() => check.mutate()}>
            Check what may be read
          </Button>
        )}
      </div>
      {scan.error && <ProblemBox error={scan.error} />}
      {check.error && <ProblemBox error={check.error} />}
      {check.data?.items.map((item) => (
        <ul key={item.plane} className={classes.checks} aria-label={`What may be read of ${item.plane}`}>
          {item.capabilities.map(({ what, ok, problem }) => (
            <li key={what}>
              <Icon name={ok ? 'check' : 'close'} size={12} /> {what}
              {problem && <ProblemList problems={[problem]} />}
            </li>
          ))}
          {item.permissions.length > 0 && <li>Needs: {item.permissions.join('; ')}</li>}
        </ul>
      ))}
    </>
  );
}
