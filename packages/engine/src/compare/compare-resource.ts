import {
  type Approval,
  compareAttributes,
  type Finding,
  failed,
  type HeadlinePart,
  type Json,
  type JsonObject,
  type JudgeContext,
  judge,
  type KindIndex,
  ok,
  problem,
  type Resource,
  type Result,
  type Severity,
} from '@leeway/core';
import { judgeContext } from '../scan/judge-context.ts';
import type { ScanOptions } from '../scan/options.ts';
import { commonSources, storeOf } from './compare-sides.ts';
import type { ComparedRow } from './comparison.ts';
import { changeOf } from './judge-pairs.ts';
import type { OpenSide } from './open-side.ts';
import { caseAt, keyOf, otherOf, ownOf, type PairCase, type PairScope } from './pair-cases.ts';
import { orient, type PlanePair, planePairs } from './plane-pairs.ts';

/** A resource as one side has it. */
export interface ResourceOnSide {
  /** Full name in its environment. */
  readonly name: string;
  readonly place?: string;
  /** As read; secrets are digests. */
  readonly attributes: JsonObject;
}

/** One place at which the two sides of a resource differ. */
export interface ComparedAttribute {
  readonly path: string;
  readonly left?: Json;
  readonly right?: Json;
  readonly change: ComparedRow['change'];
  readonly severity: Severity;
  readonly approval?: Approval;
  readonly headline: readonly HeadlinePart[];
}

/** Two sides of one resource. */
export interface ComparedResource {
  readonly workload?: string;
  readonly left?: ResourceOnSide;
  readonly right?: ResourceOnSide;
  /** Sorted by path; none where the two are equal once noise is taken out. */
  readonly attributes: readonly ComparedAttribute[];
  /** Values that are equal on both sides. */
  readonly equal: number;
}

export interface ResourceName {
  readonly source: string;
  readonly kind: string;
  /** Environment-neutral key. */
  readonly key: string;
}

/** Compares one resource of two sides, attribute by attribute. Problem: LW8003 (neither side has it). */
export async function compareResource(
  left: OpenSide,
  right: OpenSide,
  name: ResourceName,
  options: ScanOptions,
  kinds: KindIndex,
): Promise<Result<ComparedResource>> {
  const orientation = orient(left, right);
  const source = commonSources(left, right, options).find(({ id }) => id === name.source);
  const scope = source && { source, orientation, store: storeOf(orientation, options) };
  for (const pair of source ? planePairs(source, orientation) : []) {
    const found = scope && pair.takes(name.kind) ? await findCase(pair, scope, name) : undefined;
    if (found) return ok(await describe(found, orientation.ownIs, options, kinds));
  }
  return failed(problem('LW8003', { what: name.kind, id: name.key }));
}

/** A resource called by one word in both environments is one, even where the word is one environment's own name. */
async function findCase(pair: PlanePair, scope: PairScope, { kind, key }: ResourceName): Promise<PairCase | undefined> {
  const found = await caseAt(pair, scope, kind, { own: key, other: key });
  const alone = found && (ownOf(found) === undefined || otherOf(found) === undefined);
  if (!alone) return found;
  const word = (ownOf(found) ?? otherOf(found))?.key;
  return caseAt(pair, scope, kind, {
    own: ownOf(found) ? key : word,
    other: otherOf(found) ? key : word,
  });
}

async function describe(
  found: PairCase,
  ownIs: 'left' | 'right',
  options: ScanOptions,
  kinds: KindIndex,
): Promise<ComparedResource> {
  const context = await judgeContext(options, kinds);
  const { open, approved } = judge([found], context);
  const findings = [...open, ...approved].sort((one, two) => (one.path < two.path ? -1 : 1));
  const [own, other] = [ownOf(found), otherOf(found)];
  const [left, right] = ownIs === 'left' ? [own, other] : [other, own];
  const workload = workloadAt(found, context);
  return {
    ...(workload !== undefined && { workload }),
    ...(left && { left: onSide(left) }),
    ...(right && { right: onSide(right) }),
    attributes: findings.map((finding) => attributeOf(finding, ownIs)),
    equal: countEqual(found, kinds, options.strict === true),
  };
}

function workloadAt(found: PairCase, { kinds, ownershipOf }: JudgeContext): string | undefined {
  const resource = (ownOf(found) ?? otherOf(found)) as Resource;
  const { kind, key: name } = resource;
  const path = resource.origin?.place?.replace(/(:\d+){1,2}$/, '');
  const { layer } = kinds.find(kind);
  return ownershipOf({ source: found.source, kind, layer, key: keyOf(found), name, ...(path && { path }) }).workload;
}

function onSide({ key, attributes, origin }: Resource): ResourceOnSide {
  return { name: key, ...(origin?.place && { place: origin.place }), attributes };
}

/** The actual side of a finding is the one held against the other. */
function attributeOf(finding: Finding, ownIs: 'left' | 'right'): ComparedAttribute {
  const { path, severity, approval, headline, actual, expected } = finding;
  const [left, right] = ownIs === 'left' ? [actual, expected] : [expected, actual];
  return {
    path,
    ...(left.present && left.value !== undefined && { left: left.value }),
    ...(right.present && right.value !== undefined && { right: right.value }),
    change: changeOf(actual.present, expected.present, ownIs),
    severity,
    ...(approval && { approval }),
    headline,
  };
}

function countEqual(found: PairCase, kinds: KindIndex, strict: boolean): number {
  const [own, other] = [ownOf(found), otherOf(found)];
  if (!own || !other) return 0;
  let count = 0;
  const options = {
    strict,
    equal: (values: number) => {
      count += values;
    },
    ...(found.type === 'reference' && {
      acrossEnvironments: found.acrossEnvironments,
      leftNeutralizer: found.reference.neutralizer,
      rightNeutralizer: found.environment.neutralizer,
    }),
  };
  compareAttributes(kinds.find(own.kind), other.attributes, own.attributes, options);
  return count;
}
