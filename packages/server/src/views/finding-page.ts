import { type Finding, ProblemError, problem, type Severity, type Verdict } from '@leeway/core';
import type { FindingStore } from '@leeway/engine';
import type { ServerStore } from '@leeway/store';
import type { z } from 'zod';
import type { findingEvent, findingPage, finding as findingSchema } from '../contract/findings.ts';
import { problemOf } from '../http/problem-of.ts';
import { canReconcile } from '../reconcile/reconcile.ts';
import { shortRevision } from './happenings.ts';
import { stateOf } from './select.ts';
import type { View } from './views.ts';

export type FindingPage = z.output<typeof findingPage>;
type FindingEvent = z.output<typeof findingEvent>;

/** Others with the same cause that a page lists; the cause's own list has all of them. */
const othersShown = 50;
const deploymentsShown = 20;

/** A finding as answers carry it. */
export function shownFinding(finding: Finding): z.output<typeof findingSchema> {
  const { headline, trace, problem: found, ...rest } = finding;
  return { ...rest, headline: [...headline], trace: [...trace], ...(found && { problem: problemOf(found) }) };
}

type Found = Extract<Awaited<ReturnType<FindingStore['find']>>, { state: 'found' }>;

/** Everything known of a finding, by its fingerprint or a beginning of one; LW8003 for one that is not seen. */
export async function makeFindingPage(view: View, store: ServerStore, fingerprint: string): Promise<FindingPage> {
  const { finding, history, events } = await findFinding(view, store, fingerprint);
  const { estate } = view.current;
  const entry = view.index.byFingerprint.get(finding.fingerprint);
  const [handled, deployments, requests] = await Promise.all([
    store.views.handled(estate.name, finding.fingerprint),
    store.views.deployments(estate.name, { from: history.firstSeen }, deploymentsShown),
    store.views.openRequests(estate.name),
  ]);
  const workload = estate.workloads.find(({ name }) => name === finding.workload);
  const policy = view.current.options.policies.find(({ code }) => code === finding.policy);
  return {
    finding: shownFinding(finding),
    state: entry ? stateOf(entry, view.clock) : 'resolved',
    history,
    events: [
      ...events.map(scanEvent),
      ...handled.map(({ at, what, text, actor }) => ({ at, what: shownWhat(what), text, actor })),
      ...deployments
        .filter(({ environment, source }) => environment === finding.environment && source === finding.source)
        .map(({ at, revision, actor }) => ({
          at,
          what: 'deployed' as const,
          text: `${shortRevision(revision)} was deployed`,
          ...(actor !== undefined && { actor }),
        })),
    ].sort((left, right) => Date.parse(right.at) - Date.parse(left.at)),
    handling: { ...entry?.handled },
    cause: causeOf(view, finding),
    ...(workload && { workload: shownWorkload(workload) }),
    ...(policy && { policy: { code: policy.code, title: policy.title, expression: policy.expression } }),
    requests: requests.filter((request) => request.fingerprint === finding.fingerprint).map(({ id }) => id),
    mayReconcile: await canReconcile(finding, view.current),
  };
}

function shownWorkload(workload: View['current']['estate']['workloads'][number]): NonNullable<FindingPage['workload']> {
  const { name, title, owner, priority, hosting, rto, rpo } = workload;
  return {
    name,
    title,
    owner,
    priority,
    hosting,
    ...(rto !== undefined && { rto }),
    ...(rpo !== undefined && { rpo }),
  };
}

/** An open or resolved one as recorded, else one that is silenced. */
async function findFinding(
  view: View,
  store: ServerStore,
  fingerprint: string,
): Promise<Pick<Found, 'finding' | 'events'> & { readonly history: FindingPage['history'] }> {
  const { estate } = view.current;
  const silenced = view.index.byFingerprint.get(fingerprint);
  const found = await store.findings.find(estate.name, fingerprint);
  if (silenced?.silenced && view.sees(silenced)) {
    const finding = (await store.views.silenced(estate.name, [fingerprint])).get(fingerprint);
    const events = found.state === 'found' ? found.events : [];
    const { firstSeen } = silenced;
    const lastSeen = view.index.scans.newestAt ?? firstSeen;
    if (finding) return { finding, events, history: { firstSeen, lastSeen, reopened: 0 } };
  }
  if (found.state !== 'found' || !view.sees(found.finding)) {
    throw new ProblemError(problem('LW8003', { what: 'finding', id: fingerprint }));
  }
  const { firstSeen, lastSeen, resolvedAt, reopened } = found.history;
  const history = { firstSeen, lastSeen, reopened, ...(resolvedAt !== undefined && { resolvedAt }) };
  return { finding: found.finding, events: found.events, history };
}

function scanEvent({ at, event, headline, verdict, severity }: Found['events'][number]): FindingEvent {
  return { at, what: event, text: headline, verdict: verdict as Verdict, severity: severity as Severity };
}

/** Withdrawn and reconciled are steps of an approval and of a repair: the sentence says which. */
function shownWhat(what: string): FindingEvent['what'] {
  if (what === 'withdrawn') return 'declined';
  return (what === 'reconciled' ? 'requested' : what) as FindingEvent['what'];
}

function causeOf(view: View, { cause, fingerprint }: Finding): FindingPage['cause'] {
  const all = view.index.entries.filter((entry) => entry.cause === cause && view.sees(entry));
  return {
    findings: all.length,
    resources: new Set(all.map(({ resource }) => resource)).size,
    environments: [...new Set(all.map(({ environment }) => environment))],
    others: all
      .filter((entry) => entry.fingerprint !== fingerprint)
      .slice(0, othersShown)
      .map(({ fingerprint: other, environment, name, path, severity }) => ({
        ...{ fingerprint: other, environment, name, path, severity },
      })),
  };
}
