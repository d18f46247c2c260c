import { escapeToken, formatSelector } from '../json/pointer.ts';
import { isJsonObject, type JsonObject } from '../json/value.ts';
import type { Kind } from '../resource/kind.ts';
import type { Neutralizer } from '../resource/neutral.ts';
import { type Alignment, alignItems } from './align.ts';
import type { Difference } from './difference.ts';
import { isEqual, type NormalNode, normalTree } from './normal-tree.ts';
import { pairUp } from './pair-up.ts';

/** How two sides are compared. */
export interface CompareOptions {
  readonly strict?: boolean;
  /** Set when the sides belong to different environments: what identifies an instance is then left out. */
  readonly acrossEnvironments?: boolean;
  readonly leftNeutralizer?: Neutralizer;
  readonly rightNeutralizer?: Neutralizer;
  /** Told how many values each part holds that is equal on both sides. */
  readonly equal?: Equal;
}

type Equal = (values: number) => void;

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
  const { leftNeutralizer, rightNeutralizer, equal, ...normalize } = options;
  const before = normalTree(kind, left, { ...normalize, ...(leftNeutralizer && { neutralizer: leftNeutralizer }) });
  const after = normalTree(kind, right, { ...normalize, ...(rightNeutralizer && { neutralizer: rightNeutralizer }) });
  const found: Difference[] = [];
  compareNodes(before, after, '', found, equal);
  if (found.length > maximumDifferences) return [{ path: '', change: 'changed', left, right }];
  return found.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

function compareNodes(left: NormalNode, right: NormalNode, path: string, found: Difference[], equal?: Equal): void {
  if (found.length > maximumDifferences || isUnknown(left) || isUnknown(right)) return;
  if (isEqual(left, right)) {
    equal?.(countValues(left));
    return;
  }
  if (left.fields && right.fields) {
    compareFields(left, right, path, found, equal);
  } else if (left.items && right.items) {
    compareLists(left, right, path, found, equal);
  } else {
    found.push({ path, change: 'changed', left: left.raw, right: right.raw });
  }
}

/** Values of a part: one that is a secret, empty or no structure counts as one. */
function countValues({ fields, items }: NormalNode): number {
  let values = 0;
  for (const child of fields?.values() ?? items ?? []) values += countValues(child);
  return fields || items ? values : 1;
}

/** `{ "$unknown": true }` stands for a value that only applying a plan will tell: it equals every value and absence. */
function isUnknown(node: NormalNode): boolean {
  return isJsonObject(node.raw) && node.raw['$unknown'] === true;
}

function compareFields(left: NormalNode, right: NormalNode, path: string, found: Difference[], equal?: Equal): void {
  for (const { name, before, after } of pairFields(left, right)) {
    const place = `${path}/${escapeToken(name)}`;
    if (before && after) compareNodes(before, after, place, found, equal);
    else if (before && !mayBeAbsent(before)) compareOneSided(place, before, 'removed', found);
    else if (after && !mayBeAbsent(after)) compareOneSided(place, after, 'added', found);
  }
}

/**
 * A field only one side has. Where an empty one is as good as none its named parts are told, so that the last rule of a
 * list reads like any other. Where a default is known the other side has that: 3 replicas against 1, not against none.
 */
function compareOneSided(path: string, node: NormalNode, change: 'added' | 'removed', found: Difference[]): void {
  const { raw, plan } = node;
  if (plan?.empty && (node.fields || (node.items && plan.identity))) {
    const empty = emptyLike(node);
    if (change === 'removed') compareNodes(node, empty, path, found);
    else compareNodes(empty, node, path, found);
    return;
  }
  const known = plan?.defaults?.find((value) => value !== null && typeof value !== 'object');
  if (known === undefined)
    found.push(change === 'removed' ? { path, change, left: raw } : { path, change, right: raw });
  else {
    const [left, right] = change === 'removed' ? [raw, known] : [known, raw];
    found.push({ path, change: 'changed', left, right });
  }
}

function emptyLike({ fields, plan }: NormalNode): NormalNode {
  const text = fields ? '{}' : '[]';
  return fields
    ? { raw: {}, text, plain: text, fields: new Map(), plan }
    : { raw: [], text, plain: text, items: [], plan };
}

function mayBeAbsent(node: NormalNode): boolean {
  return node.plan?.assigned === true || isUnknown(node) || isUnset(node);
}

/** Where a default is declared, false and 0 may be just what differs from it. */
function isUnset({ plan, text }: NormalNode): boolean {
  return plan?.zero === true && plan.defaults === undefined && (text === 'false' || text === '0');
}

interface FieldPair {
  readonly name: string;
  readonly before?: NormalNode;
  readonly after?: NormalNode;
}

/** Fields of both sides: by the same word first, then by the same neutral name. */
function pairFields(left: NormalNode, right: NormalNode): readonly FieldPair[] {
  const names = [...(left.fields?.keys() ?? [])];
  const partners = pairUp(
    names.map((name) => ({ word: wordOf(left, name), neutral: name })),
    [...(right.fields?.keys() ?? [])].map((name) => ({ word: wordOf(right, name), neutral: name })),
  );
  const both = names.map((name, at) => {
    const after = partners.right[at] === undefined ? undefined : right.fields?.get(partners.right[at].neutral);
    return { name, before: left.fields?.get(name) as NormalNode, ...(after && { after }) };
  });
  const added = partners.alone.map(({ neutral }) => ({
    name: neutral,
    after: right.fields?.get(neutral) as NormalNode,
  }));
  return [...both, ...added];
}

function wordOf(node: NormalNode, name: string): string {
  return node.writtenNames?.get(name) ?? name;
}

function compareLists(left: NormalNode, right: NormalNode, path: string, found: Difference[], equal?: Equal): void {
  const before = left.items ?? [];
  const after = right.items ?? [];
  const plan = left.plan ?? right.plan;
  const alignment = alignItems(before, after, plan);
  if (alignment !== 'whole') {
    reportAlignment(alignment, path, found, equal);
    if (alignment.reordered) found.push({ path, change: 'reordered', left: left.raw, right: right.raw });
  } else if (!sameItems(before, after, plan?.unordered === true)) {
    // A list of plain values reads best as a whole: both lists side by side.
    found.push({ path, change: 'changed', left: left.raw, right: right.raw });
  }
}

/** Whether two lists hold equal items, some equal as they are and some once names are taken out. */
function sameItems(left: readonly NormalNode[], right: readonly NormalNode[], unordered: boolean): boolean {
  if (left.length !== right.length) return false;
  if (!unordered) return left.every((item, at) => isEqual(item, right[at] as NormalNode));
  const open = [...right];
  return left.every((item) => {
    const at = open.findIndex((other) => isEqual(item, other));
    if (at >= 0) open.splice(at, 1);
    return at >= 0;
  });
}

function reportAlignment(alignment: Alignment, path: string, found: Difference[], equal?: Equal): void {
  for (const { selector, left, right } of alignment.pairs) {
    const place = typeof selector === 'number' ? `${path}/${selector}` : `${path}${formatSelector(selector)}`;
    if (left && right) compareNodes(left, right, place, found, equal);
    else if (left) found.push({ path: place, change: 'removed', left: left.raw });
    else if (right) found.push({ path: place, change: 'added', right: right.raw });
  }
}
