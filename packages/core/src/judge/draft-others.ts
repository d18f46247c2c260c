import { compareAttributes } from '../compare/compare.ts';
import { resolvePointer } from '../json/pointer.ts';
import { formatPlace } from '../problem/problem.ts';
import type { Kind } from '../resource/kind.ts';
import type { CompletenessCase, ExpiredCase, JudgeContext, PolicyCase, ReferenceCase, StaleCase } from './case.ts';
import { attributionOf, type Draft, draftBase, sideOf } from './draft.ts';

/** An environment against its reference: what differs once names of their own are taken out of both. */
export function draftReference(input: ReferenceCase, context: JudgeContext): readonly Draft[] {
  const { own, other } = input;
  const known = own ?? other;
  if (!known) return [];
  const kind = context.kinds.find(known.kind);
  const name = own?.key ?? input.environment.neutralizer.neutralize(known.key);
  const base = {
    ...draftBase(input, kind, known),
    key: (own ? input.environment : input.reference).neutralizer.neutralize(known.key),
    name,
    axis: 'reference',
    verdict: 'parity',
    reference: input.reference.name,
  } as const;
  if (own && other) {
    const differences = compareAttributes(kind, other.attributes, own.attributes, {
      strict: context.strict,
      acrossEnvironments: input.acrossEnvironments,
      leftNeutralizer: input.reference.neutralizer,
      rightNeutralizer: input.environment.neutralizer,
    });
    return differences.map((difference) => ({
      ...base,
      path: difference.path,
      change: difference.change,
      expected: sideOf(input.reference.name, other, difference.left, difference.change !== 'added'),
      actual: sideOf(input.environment.name, own, difference.right, difference.change !== 'removed'),
      beforeResource: other,
      afterResource: own,
      attribution: attributionOf(own, difference.path),
      trace: [`${input.environment.name} and its reference ${input.reference.name} differ (${input.plane}): parity`],
    }));
  }
  // Absence counts only where the side that lacks it was read completely.
  if (own ? !input.otherComplete : !input.ownComplete) return [];
  return [
    {
      ...base,
      path: '',
      change: own ? 'added' : 'removed',
      expected: sideOf(input.reference.name, other, other?.attributes, other !== undefined),
      actual: sideOf(input.environment.name, own, own?.attributes, own !== undefined),
      ...(other && { beforeResource: other }),
      ...(own && { afterResource: own }),
      attribution: attributionOf(own),
      trace: [`only ${own ? input.environment.name : input.reference.name} has it (${input.plane}): parity`],
    },
  ];
}

/** A policy a resource does not meet. */
export function draftPolicy(input: PolicyCase, context: JudgeContext): readonly Draft[] {
  const { policy, resource, violation } = input;
  const kind = context.kinds.find(resource.kind);
  const value = violation.value ?? resolvePointer(resource.attributes, violation.path);
  return [
    {
      ...draftBase(input, kind, resource),
      axis: 'policy',
      verdict: 'policy',
      path: violation.path,
      change: 'changed',
      expected: { from: `policy ${policy.code}`, present: false },
      actual: sideOf(input.plane, resource, violation.path === '' ? undefined : value, true),
      afterResource: resource,
      attribution: attributionOf(resource),
      severity: policy.severity,
      policy: {
        code: policy.code,
        message: violation.message,
        remediation: policy.remediation,
        outcome: violation.outcome,
      },
      trace: [
        violation.outcome === 'error'
          ? `policy ${policy.code} (${policy.title}) could not be evaluated: counted as failing`
          : `policy ${policy.code} (${policy.title}) is not met`,
      ],
    },
  ];
}

/** A kind that was not, or only partly, read: never clean and never deleted. */
export function draftCompleteness(input: CompletenessCase): readonly Draft[] {
  const { completeness } = input;
  const cause = completeness.problems[0];
  return [
    {
      axis: 'completeness',
      verdict: 'not-checked',
      environment: input.environment,
      source: input.source,
      kind: sourceKind(completeness.kind, input.layer),
      layer: input.layer,
      key: input.plane,
      name: input.source,
      path: '',
      change: 'changed',
      expected: { from: input.plane, present: false },
      actual: { from: input.plane, present: false },
      attribution: {},
      ...(cause && { problem: cause }),
      trace: [
        `${input.plane} reading of ${completeness.kind}: ${completeness.state}, ${completeness.count} read`,
        ...completeness.problems.map((found) => `${found.code} ${found.message}`),
      ],
    },
  ];
}

/** A reading that is too old to be trusted. */
export function draftStale(input: StaleCase, context: JudgeContext): readonly Draft[] {
  const age = Math.round((context.now - Date.parse(input.takenAt)) / 1000);
  return [
    {
      axis: 'completeness',
      verdict: 'stale',
      environment: input.environment,
      source: input.source,
      kind: sourceKind('*', input.layer),
      layer: input.layer,
      key: `${input.plane} age`,
      name: input.source,
      path: '',
      change: 'changed',
      expected: { from: input.plane, present: true, value: `at most ${input.freshness} s old` },
      actual: { from: input.plane, present: true, value: `read ${input.takenAt}` },
      attribution: { at: input.takenAt },
      trace: [`last read ${age} s ago; readings older than ${input.freshness} s are stale`],
    },
  ];
}

/** An approved difference past its expiry. */
export function draftExpired({ record, environment }: ExpiredCase): readonly Draft[] {
  const kind: Kind = {
    name: 'leeway.approved-difference',
    title: 'approved difference',
    layer: 'delivery',
    version: 1,
  };
  const place = formatPlace(record.place);
  return [
    {
      axis: 'approval',
      verdict: 'expired',
      environment,
      source: 'estate',
      kind,
      layer: kind.layer,
      key: record.id,
      name: record.id,
      path: '',
      change: 'changed',
      expected: { from: 'declared', present: true, value: `in force until ${record.expires}`, place },
      actual: { from: 'declared', present: true, value: 'expired', place },
      attribution: {},
      trace: [`approved difference ${record.id} expired ${record.expires} and silences nothing now`],
    },
  ];
}

function sourceKind(name: string, layer: Kind['layer']): Kind {
  return { name, title: 'source', layer, version: 1 };
}
