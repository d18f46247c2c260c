import { Button, Textarea } from '@mantine/core';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { answer, client } from '../../api/client.ts';
import { meQuery } from '../../api/queries.ts';
import type { ApprovalRequest } from '../../api/types.ts';
import { DetailPane } from '../../components/detail-pane.tsx';
import { Headline } from '../../components/headline.tsx';
import { Identifier } from '../../components/identifier.tsx';
import { Preformatted } from '../../components/preformatted.tsx';
import { ProblemBox } from '../../components/problem-box.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { Facts, Part } from '../../components/screen.tsx';
import { TextSkeleton } from '../../components/skeletons.tsx';
import classes from './approved.module.css';
import { requestWords } from './requests.tsx';

function requestQuery(id: string) {
  return queryOptions({
    queryKey: ['requests', 'one', id],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/approval-requests/{id}', { params: { path: { id } }, signal })),
  });
}

/** One request, and the decision where it is one's to make. */
export function RequestPane({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { data, error } = useQuery(requestQuery(id));
  return (
    <DetailPane label="Request" onClose={onClose}>
      <Part title={data?.recordId ?? 'Request'}>
        {error && <ProblemBox error={error} />}
        {!data && !error && <TextSkeleton lines={8} label="Loading the request" />}
        {data && <About request={data} />}
      </Part>
      {data?.state === 'open' && (
        <Part title="Decision">
          <Decide request={data} />
        </Part>
      )}
      {data && (
        <Part title="The record" aside={data.file}>
          <Preformatted>{data.record}</Preformatted>
        </Part>
      )}
    </DetailPane>
  );
}

function About({ request }: { readonly request: ApprovalRequest }) {
  const {
    headline,
    fingerprint,
    wish,
    requester,
    requestedAt,
    state,
    decidedBy,
    decidedAt,
    decisionReason,
    branch,
    commit,
    pushed,
    pullRequest,
  } = request;
  return (
    <>
      <p>
        <Link to="/findings/$fingerprint" params={{ fingerprint }}>
          <Headline parts={headline} plain />
        </Link>
      </p>
      <Facts
        of={[
          ['State', requestWords[state]],
          ['Reason', wish.reason],
          ['Owner', wish.owner],
          ['Until', wish.expires],
          ['Asked by', requester],
          ['Asked', <RelativeTime key="at" at={requestedAt} />],
          ['Decided by', decidedBy],
          ['Decided', decidedAt && <RelativeTime key="decided" at={decidedAt} />],
          ['Because', decisionReason],
          ['Branch', branch && <Identifier key="branch" value={branch} label="branch" />],
          ['Commit', commit && <Identifier key="commit" value={commit} display={commit.slice(0, 10)} label="commit" />],
          ['Pushed', pushed ? 'yes' : 'no: the branch lies in the server’s clone of the estate'],
          [
            'Pull request',
            pullRequest && (
              <a key="pr" href={safeLink(pullRequest)} rel="noreferrer noopener" target="_blank">
                {pullRequest}
              </a>
            ),
          ],
        ]}
      />
      {state === 'approved' && <p>It holds from the next scan after the branch is merged.</p>}
    </>
  );
}

/** Only web addresses become links; whatever else a hosting answered stays text. */
function safeLink(url: string): string | undefined {
  return /^https?:\/\//.test(url) ? url : undefined;
}

function Decide({ request: { id, mayDecide, requester } }: { readonly request: ApprovalRequest }) {
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const { data: me } = useQuery(meQuery);
  const done = () => queries.invalidateQueries();
  const params = { params: { path: { id } } };
  const decide = useMutation({
    mutationFn: (decision: 'approve' | 'decline') =>
      answer(client.POST('/api/v1/approval-requests/{id}/decision', { ...params, body: { decision, reason } })),
    onSuccess: done,
  });
  const withdraw = useMutation({
    mutationFn: () => answer(client.DELETE('/api/v1/approval-requests/{id}', params)),
    onSuccess: done,
  });
  if (!mayDecide) {
    const isOwn = me?.person.name === requester;
    return (
      <div className={classes.decision}>
        <p>{isOwn ? 'Somebody else decides what you asked for.' : 'Your roles do not let you decide this one.'}</p>
        {isOwn && (
          <div>
            <Button variant="default" loading={withdraw.isPending} onClick={() => withdraw.mutate()}>
              Withdraw the request
            </Button>
          </div>
        )}
        {withdraw.error && <ProblemBox error={withdraw.error} />}
      </div>
    );
  }
  return (
    <div className={classes.decision}>
      <Textarea
        label="Reason"
        description="Needed to decline; kept with the decision."
        value={reason}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
        autosize
        minRows={2}
      />
      <div>
        <Button loading={decide.isPending} onClick={() => decide.mutate('approve')}>
          Approve
        </Button>
        <Button
          variant="default"
          disabled={reason.trim() === ''}
          loading={decide.isPending}
          onClick={() => decide.mutate('decline')}
        >
          Decline
        </Button>
      </div>
      {decide.error && <ProblemBox error={decide.error} />}
    </div>
  );
}
