import { escapeToken, formatSelector } from '../json/pointer.ts';
import { isJsonObject, type JsonObject } from '../json/value.ts';
import type { Kind } from '../resource/kind.ts';
import type { Neutralizer } from '../resource/neutral.ts';
import { type Alignment, alignItems } from './align.ts';
import type { Difference } from './difference.ts';
import { type NormalNode, normalTree } from './normal-tree.ts';

/** How two sides are compared. */
export interface CompareOptions {
  readonly strict?: boolean;
  /** Set when the sides belong to different environments: what identifies an instance is then left out. */
  readonly acrossEnvironments?: boolean;
  readonly leftNeutralizer?: Neutralizer;
  readonly rightNeutralizer?: Neutralizer;
}

/** Beyond this many differences in one resource the rest is one: a list of thousands helps nobody. */
export const maximumDifferences = 500;

/**
 * Where two sides of one resource differ once the kind's noise is taken out of both; empty when nowhere. Sorted by
 * path. List items are aligned by their identity, so that one inserted item is one difference.
 */
export function compareAttributes(
  kind: Kind,
  left: JsonObject,
  right: JsonObject,
  options: CompareOptions = {},
): readonly Difference[] {
  const { leftNeutralizer, rightNeutralizer, ...normalize } = options;
  const before = normalTree(kind, left, { ...normalize, ...(leftNeutralizer && { neutralizer: leftNeutralizer }) });
  const after = normalTree(kind, right, { ...normalize, ...(rightNeutralizer && { neutralizer: rightNeutralizer }) });
  const found: Difference[] = [];
  compareNodes(before, after, '', found);
  if (found.length > maximumDifferences) return [{ path: '', change: 'changed', left, right }];
  return found.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

function compareNodes(left: NormalNode, right: NormalNode, path: string, found: Difference[]): void {
  if (left.text === right.text || found.length > maximumDifferences || isUnknown(left) || isUnknown(right)) return;
  if (left.fields && right.fields && !isSealed(left) && !isSealed(right)) {
    compareFields(left.fields, right.fields, path, found);
  } else if (left.items && right.items) {
    compareLists(left, right, path, found);
  } else {
    found.push({ path, change: 'changed', left: left.raw, right: right.raw });
  }
}

/** `{ "$unknown": true }` stands for a value that only applying a plan will tell: it equals every value and absence. */
function isUnknown(node: NormalNode): boolean {
  return isJsonObject(node.raw) && node.raw['$unknown'] === true;
}

/** A sealed secret is one value, whatever its digest is made of. */
function isSealed(node: NormalNode): boolean {
  return isJsonObject(node.raw) && '$secret' in node.raw;
}

function compareFields(
  left: ReadonlyMap<string, NormalNode>,
  right: ReadonlyMap<string, NormalNode>,
  path: string,
  found: Difference[],
): void {
  for (const [key, before] of left) {
    const after = right.get(key);
    const place = `${path}/${escapeToken(key)}`;
    if (after) compareNodes(before, after, place, found);
    else if (!before.plan?.assigned && !isUnknown(before))
      found.push({ path: place, change: 'removed', left: before.raw });
  }
  for (const [key, after] of right) {
    if (!left.has(key) && !after.plan?.assigned && !isUnknown(after))
      found.push({ path: `${path}/${escapeToken(key)}`, change: 'added', right: after.raw });
  }
}

function compareLists(left: NormalNode, right: NormalNode, path: string, found: Difference[]): void {
  const before = left.items ?? [];
  const after = right.items ?? [];
  const alignment = alignItems(before, after, left.plan ?? right.plan);
  // A list of plain values reads best as a whole: both lists side by side.
  if (alignment === 'whole') {
    found.push({ path, change: 'changed', left: left.raw, right: right.raw });
    return;
  }
  reportAlignment(alignment, path, found);
  if (alignment.reordered) {
    found.push({ path, change: 'reordered', left: left.raw, right: right.raw });
  }
}

function reportAlignment(alignment: Alignment, path: string, found: Difference[]): void {
  for (const { selector, left, right } of alignment.pairs) {
    const place = typeof selector === 'number' ? `${path}/${selector}` : `${path}${formatSelector(selector)}`;
    if (left && right) compareNodes(left, right, place, found);
    else if (left) found.push({ path: place, change: 'removed', left: left.raw });
    else if (right) found.push({ path: place, change: 'added', right: right.raw });
  }
}
