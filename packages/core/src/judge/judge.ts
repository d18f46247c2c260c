import type { Approval, Finding } from '../finding/finding.ts';
import { compareFindings } from '../finding/group.ts';
import { headlineOf } from '../finding/headline.ts';
import { canonicalJson } from '../json/canonical.ts';
import { digestHex } from '../json/digest.ts';
import type { JsonObject } from '../json/value.ts';
import type { Change } from '../resource/kind.ts';
import { adviceOf } from './advice.ts';
import { approvalOf } from './approvals.ts';
import type { Case, JudgeContext, OwnedResource, Ownership } from './case.ts';
import type { Draft } from './draft.ts';
import { draftDeclared } from './draft-declared.ts';
import { draftCompleteness, draftExpired, draftPolicy, draftReference, draftStale } from './draft-others.ts';
import { severityOf } from './severity.ts';

/** Every finding, open or silenced, each list worst first. */
export interface Judgement {
  readonly open: readonly Finding[];
  /** Held by an approved difference; still shown on request, with the reason. */
  readonly approved: readonly Finding[];
}

/**
 * THE evaluator: whatever shows, gates, notifies or mends gets its verdicts here, with one clock. Pure: the same cases
 * and context give the same findings, whatever order the cases come in.
 */
export function judge(cases: Iterable<Case>, context: JudgeContext): Judgement {
  const drafts: Draft[] = [];
  for (const input of cases) drafts.push(...draftCase(input, context));
  const findings = joinParts(
    drafts,
    drafts.map((draft) => finish(draft, context)),
  );
  const open = findings.filter(({ approval }) => approval?.state !== 'holds');
  const approved = findings.filter(({ approval }) => approval?.state === 'holds');
  return { open: open.sort(compareFindings), approved: approved.sort(compareFindings) };
}

/** Gives parts the cause of the whole: a missing table and its three indexes are one row. */
function joinParts(drafts: readonly Draft[], findings: readonly Finding[]): readonly Finding[] {
  const placeOf = (draft: Draft, kind: string, name: string) =>
    JSON.stringify([draft.environment.name, draft.reference ?? '', draft.source, draft.verdict, kind, name]);
  const wholes = new Map<string, Finding>();
  for (const [at, draft] of drafts.entries()) {
    if (draft.path === '' && draft.axis !== 'policy') {
      wholes.set(placeOf(draft, draft.kind.name, draft.name), findings[at] as Finding);
    }
  }
  return findings.map((finding, at) => {
    const draft = drafts[at] as Draft;
    const whole = draft.path === '' ? draft.kind.partOf?.(partAttributes(draft)) : undefined;
    const parent = whole && wholes.get(placeOf(draft, whole.kind, whole.key));
    return parent ? { ...finding, cause: parent.cause, partOf: parent.fingerprint } : finding;
  });
}

function partAttributes({ beforeResource, afterResource }: Draft): JsonObject {
  return (afterResource ?? beforeResource)?.attributes ?? {};
}

function draftCase(input: Case, context: JudgeContext): readonly Draft[] {
  switch (input.type) {
    case 'declared':
      return draftDeclared(input, context);
    case 'reference':
      return draftReference(input, context);
    case 'policy':
      return draftPolicy(input, context);
    case 'completeness':
      return draftCompleteness(input);
    case 'stale':
      return draftStale(input, context);
    case 'expired':
      return draftExpired(input);
  }
}

function finish(draft: Draft, context: JudgeContext): Finding {
  const ownership = context.ownershipOf(ownedResource(draft));
  const change = changeOf(draft);
  const { severity, because } = severityOf(draft, ownership, change);
  const approval = approvalOf(draft, ownership, context);
  const { environment, kind, beforeResource, afterResource, policy, trace, change: _, severity: __, ...rest } = draft;
  return {
    ...rest,
    fingerprint: fingerprintOf(draft, context.estate),
    cause: causeOf(draft),
    severity,
    environment: environment.name,
    kind: kind.name,
    ...ownerFields(ownership),
    headline: headlineOf(draft, change, approval),
    advice: adviceOf(draft, approval),
    ...(approval && { approval }),
    ...(policy && { policy: policy.code }),
    trace: [...trace, because, ...approvalTrace(approval)],
  };
}

function ownedResource({ source, kind, layer, key, name, expected, actual }: Draft): OwnedResource {
  // Places of files end in their line and column.
  const path = (expected.place ?? actual.place)?.replace(/(:\d+){1,2}$/, '');
  return { source, kind: kind.name, layer, key, name, ...(path && { path }) };
}

function ownerFields({ workload, owner }: Ownership): Pick<Finding, 'workload' | 'owner'> {
  return { ...(workload && { workload }), ...(owner && { owner }) };
}

function changeOf(draft: Draft): Change {
  return {
    kind: draft.kind,
    name: draft.name,
    path: draft.path,
    before: draft.expected.present ? draft.expected.value : undefined,
    after: draft.actual.present ? draft.actual.value : undefined,
    ...(draft.beforeResource && { beforeResource: draft.beforeResource.attributes }),
    ...(draft.afterResource && { afterResource: draft.afterResource.attributes }),
  };
}

/** What a finding is over time: not its values, so that it stays itself while they move. */
function fingerprintOf(draft: Draft, estate: string): string {
  const { environment, axis, reference, source, kind, key, path, policy } = draft;
  return digestHex(
    canonicalJson([estate, environment.name, axis, reference ?? '', source, kind.name, key, path, policy?.code ?? '']),
    16,
  );
}

/**
 * What a finding has in common with others: for a change its path and both values, for a resource as a whole its key, for
 * a policy its code, for a reading its problem. Names of the environment's own are neutralised, since the same change in
 * two regions is one.
 */
function causeOf(draft: Draft): string {
  const { neutralizer } = draft.environment;
  const whole = draft.path === '' && draft.axis !== 'policy';
  const values = whole
    ? draft.key
    : neutralizer.neutralize(canonicalJson([draft.expected.value ?? null, draft.actual.value ?? null]));
  const problem = draft.problem
    ? [draft.source, draft.problem.code, neutralizer.neutralize(draft.problem.message)]
    : [];
  const what =
    draft.axis === 'policy'
      ? [draft.policy?.code ?? '', draft.policy?.outcome ?? '']
      : [draft.path, draft.change, values];
  return digestHex(canonicalJson([draft.axis, draft.verdict, draft.kind.name, ...what, ...problem]), 16);
}

function approvalTrace(approval: Approval | undefined): readonly string[] {
  if (!approval) return ['no approved difference matches'];
  const outcome = {
    holds: 'the value is within it: approved',
    broken: 'the value is not within it: reported',
    expired: `it expired ${approval.expires}: reported`,
  };
  return [`approved difference ${approval.id} allows ${approval.constraint}; ${outcome[approval.state]}`];
}
