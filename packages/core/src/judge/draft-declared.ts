import type { Difference } from '../compare/difference.ts';
import type { Kind } from '../resource/kind.ts';
import type { Resource } from '../resource/resource.ts';
import type { DeclaredCase, JudgeContext } from './case.ts';
import { attributionOf, type Draft, differencesWithin, draftBase, overlaps, sideOf } from './draft.ts';
import type { Verdict } from './verdict.ts';

/**
 * Three planes of one resource: what Git declares, what was last deployed, what is there.
 *
 * | declared = applied | applied = observed | verdict |
 * |---|---|---|
 * | yes | no | drift: the live system moved |
 * | no | yes | pending: the declaration moved and is not applied yet |
 * | no | no | conflict: both moved |
 *
 * Without a record of what was applied every difference counts as drift, and the trace says so.
 */
export function draftDeclared(input: DeclaredCase, context: JudgeContext): readonly Draft[] {
  const { declared, observed } = input;
  const known = declared ?? observed;
  if (!known) return [];
  const kind = context.kinds.find(known.kind);
  if (declared && observed) return draftChanges(input, kind, declared, observed, context.strict);
  const draft = declared ? draftMissing(input, kind, declared) : draftUnmanaged(input, kind, known);
  return draft ? [draft] : [];
}

function draftChanges(
  input: DeclaredCase,
  kind: Kind,
  declared: Resource,
  observed: Resource,
  strict: boolean,
): readonly Draft[] {
  const differences = differencesWithin(kind, declared, observed, strict);
  if (differences.length === 0) return [];
  const applied = input.applied === 'unknown' ? undefined : input.applied;
  const moved = applied && {
    declaration: differencesWithin(kind, applied, declared, strict),
    system: differencesWithin(kind, applied, observed, strict),
  };
  return differences.map((difference) => {
    const [verdict, because] = moved ? classify(difference, moved) : unknownApplied(input);
    return {
      ...draftBase(input, kind, declared),
      axis: 'declared',
      verdict,
      path: difference.path,
      change: difference.change,
      expected: sideOf('declared', declared, difference.left, difference.change !== 'added'),
      actual: sideOf('observed', observed, difference.right, difference.change !== 'removed'),
      beforeResource: declared,
      afterResource: observed,
      attribution: attributionOf(verdict === 'pending' ? declared : observed, difference.path),
      trace: [`declared and observed differ at ${difference.path || 'the whole resource'}`, because],
    };
  });
}

function classify(
  difference: Difference,
  moved: { readonly declaration: readonly Difference[]; readonly system: readonly Difference[] },
): readonly [Verdict, string] {
  const declarationMoved = moved.declaration.some(({ path }) => overlaps(path, difference.path));
  const systemMoved = moved.system.some(({ path }) => overlaps(path, difference.path));
  if (declarationMoved && systemMoved) return ['conflict', 'both differ from what was last applied: conflict'];
  if (declarationMoved) return ['pending', 'observed equals what was last applied: the declaration moved, pending'];
  return ['drift', 'declared equals what was last applied: the live system moved, drift'];
}

function unknownApplied(input: DeclaredCase): readonly [Verdict, string] {
  return input.applied === 'unknown'
    ? ['drift', 'nothing recorded what was last applied: counted as drift']
    : ['drift', 'what was last applied does not have this resource: counted as drift'];
}

function draftMissing(input: DeclaredCase, kind: Kind, declared: Resource): Draft | undefined {
  // Not looked is not the same as not there: the completeness case reports the kind.
  if (!input.observedComplete) return undefined;
  const pending = input.applied === undefined;
  return {
    ...draftBase(input, kind, declared),
    axis: 'declared',
    verdict: pending ? 'pending' : 'missing',
    path: '',
    change: 'removed',
    expected: sideOf('declared', declared, declared.attributes, true),
    actual: { from: 'observed', present: false },
    beforeResource: declared,
    attribution: pending ? attributionOf(declared) : {},
    trace: [
      `declared, and absent from a complete reading of ${kind.name}`,
      pending ? 'it was not part of what was last applied: pending' : 'it should be there: missing',
    ],
  };
}

function draftUnmanaged(input: DeclaredCase, kind: Kind, observed: Resource): Draft | undefined {
  if (!input.declaredComplete) return undefined;
  const wasApplied = input.applied !== undefined && input.applied !== 'unknown';
  if (!wasApplied && input.unmanaged === 'ignore') return undefined;
  return {
    ...draftBase(input, kind, observed),
    axis: 'declared',
    verdict: wasApplied ? 'pending' : 'unmanaged',
    path: '',
    change: 'added',
    expected: { from: 'declared', present: false },
    actual: sideOf('observed', observed, observed.attributes, true),
    afterResource: observed,
    attribution: wasApplied ? {} : attributionOf(observed),
    trace: [
      `observed, and nothing declares it in a complete reading of ${kind.name}`,
      wasApplied
        ? 'it was applied once and its declaration is gone: pending removal'
        : 'nothing ever declared it: unmanaged',
    ],
  };
}
