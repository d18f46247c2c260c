import { compareAttributes } from '../compare/compare.ts';
import type { Difference } from '../compare/difference.ts';
import type { Attribution, Side } from '../finding/finding.ts';
import type { Problem } from '../problem/problem.ts';
import type { Kind, Severity } from '../resource/kind.ts';
import type { Layer, Resource } from '../resource/resource.ts';
import type { DeclaredCase, EnvironmentFacts, PolicyCase, ReferenceCase } from './case.ts';
import type { Axis, Verdict } from './verdict.ts';

/** A finding before severity, approval and words. */
export interface Draft {
  readonly axis: Axis;
  readonly verdict: Verdict;
  readonly environment: EnvironmentFacts;
  readonly reference?: string;
  readonly source: string;
  readonly kind: Kind;
  readonly layer: Layer;
  readonly key: string;
  readonly name: string;
  readonly path: string;
  readonly change: Difference['change'];
  readonly expected: Side;
  readonly actual: Side;
  readonly beforeResource?: Resource;
  readonly afterResource?: Resource;
  readonly attribution: Attribution;
  readonly trace: readonly string[];
  readonly policy?: {
    readonly code: string;
    readonly message: string;
    readonly remediation: string;
    readonly outcome: 'fails' | 'error';
  };
  readonly problem?: Problem;
  /** Severity given by a policy, in place of the computed one. */
  readonly severity?: Severity;
}

/** The parts of a draft that come from its case alone. */
export function draftBase(
  input: DeclaredCase | ReferenceCase | PolicyCase,
  kind: Kind,
  resource: Resource,
): Pick<Draft, 'environment' | 'source' | 'kind' | 'layer' | 'key' | 'name'> {
  return {
    environment: input.environment,
    source: input.source,
    kind,
    layer: kind.layer,
    key: input.environment.neutralizer.neutralize(resource.key),
    name: resource.key,
  };
}

/** One side at a difference's path. */
export function sideOf(from: string, resource: Resource | undefined, value: Side['value'], present: boolean): Side {
  const place = resource?.origin?.place;
  return { from, present, ...(present && value !== undefined && { value }), ...(place && { place }) };
}

/** Who changed the actual side, as far as it says: the field at the path where that is told apart, else the resource. */
export function attributionOf(resource: Resource | undefined, path?: string): Attribution {
  const origin = resource?.origin;
  const changed = (pointer: string) => path !== undefined && overlaps(pointer, path);
  const { actor, at, via } = origin?.fields?.find(({ paths }) => paths.some(changed)) ?? origin ?? {};
  return { ...(actor && { actor }), ...(at && { at }), ...(via && { via }) };
}

/** Whether two paths are the same place or one lies within the other. */
export function overlaps(left: string, right: string): boolean {
  return left === right || within(left, right) || within(right, left);
}

function within(outer: string, inner: string): boolean {
  return inner.startsWith(outer) && (outer === '' || inner[outer.length] === '/' || inner[outer.length] === '[');
}

/** Differences of two bodies of one environment. */
export function differencesWithin(kind: Kind, left: Resource, right: Resource, strict: boolean): readonly Difference[] {
  return compareAttributes(kind, left.attributes, right.attributes, { strict });
}
