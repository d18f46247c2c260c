import { digestHex } from '../json/digest.ts';
import type { NoisePlan } from '../resource/noise-plan.ts';
import { alignInOrder } from './align-in-order.ts';
import type { NormalNode } from './normal-tree.ts';
import { pairUp } from './pair-up.ts';

/** One item on both sides, or on one only. */
export interface AlignedPair {
  /** Fields that name the item, or its index where nothing does. */
  readonly selector: Readonly<Record<string, string>> | number;
  readonly left?: NormalNode;
  readonly right?: NormalNode;
}

export interface Alignment {
  readonly pairs: readonly AlignedPair[];
  /** True when the same items stand in another order in a list whose order counts. */
  readonly reordered: boolean;
}

/** Fields that commonly name the items of a list; used where a kind declares nothing and they are unique on both sides. */
const commonIdentities: readonly (readonly string[])[] = [['name'], ['id'], ['key'], ['code'], ['type']];

/**
 * Aligns the items of two lists: by declared identity, by a common one, by content for unordered lists, else in order.
 * `whole` when the items are plain values: such lists are compared as one value.
 */
export function alignItems(
  left: readonly NormalNode[],
  right: readonly NormalNode[],
  plan: NoisePlan | null,
): Alignment | 'whole' {
  if (![...left, ...right].every((item) => item.fields)) return 'whole';
  const ordered = !plan?.unordered;
  for (const fields of plan?.identity ? [plan.identity] : commonIdentities) {
    const aligned = alignByIdentity(left, right, fields, ordered && !plan?.identity);
    if (aligned) return aligned;
  }
  return ordered ? { pairs: alignInOrder(left, right), reordered: false } : alignByContent(left, right);
}

function identityOf(item: NormalNode, fields: readonly string[], form: 'text' | 'plain' = 'text'): string | undefined {
  let identity = '';
  let known = false;
  for (const field of fields) {
    const part = item.fields?.get(field);
    if (part?.fields || part?.items) return undefined;
    known ||= part !== undefined;
    identity += `${part?.[form] ?? ''}\n`;
  }
  return known ? identity : undefined;
}

/** Items by identity in the order they stand; undefined when one has none or two share one. */
function indexItems(items: readonly NormalNode[], fields: readonly string[]): Map<string, NormalNode> | undefined {
  const index = new Map<string, NormalNode>();
  for (const item of items) {
    const identity = identityOf(item, fields);
    if (identity === undefined || index.has(identity)) return undefined;
    index.set(identity, item);
  }
  return index;
}

function alignByIdentity(
  left: readonly NormalNode[],
  right: readonly NormalNode[],
  fields: readonly string[],
  orderCounts: boolean,
): Alignment | undefined {
  const before = indexItems(left, fields);
  const after = indexItems(right, fields);
  if (!before || !after) return undefined;
  const named = (item: NormalNode) => ({
    item,
    word: identityOf(item, fields, 'plain') ?? '',
    neutral: identityOf(item, fields) ?? '',
  });
  const partners = pairUp(left.map(named), right.map(named));
  const pairs: readonly AlignedPair[] = [
    ...left.map((item, at) => ({
      selector: selectorOf(item, fields),
      left: item,
      ...(partners.right[at] && { right: partners.right[at].item }),
    })),
    ...partners.alone.map(({ item }) => ({ selector: selectorOf(item, fields), right: item })),
  ];
  return { pairs, reordered: orderCounts && orderDiffers(before, after) };
}

function orderDiffers(before: ReadonlyMap<string, unknown>, after: ReadonlyMap<string, unknown>): boolean {
  const shared = [...before.keys()].filter((identity) => after.has(identity));
  const others = [...after.keys()].filter((identity) => before.has(identity));
  return shared.some((identity, at) => identity !== others[at]);
}

function selectorOf(item: NormalNode, fields: readonly string[]): Record<string, string> {
  const selector: Record<string, string> = Object.create(null);
  for (const field of fields) {
    const part = item.fields?.get(field);
    if (part) selector[field] = neutralText(part);
  }
  return selector;
}

/** A scalar as a selector writes it, from its normal text, so that the path is the same in every environment. */
function neutralText(node: NormalNode): string {
  return node.text.startsWith('"') ? String(JSON.parse(node.text)) : node.text;
}

/**
 * Items of an unordered list without identity: equal ones cancel; of the rest, two that share most of their fields are
 * one changed item, and so are the only two left over; others were added or removed.
 */
function alignByContent(left: readonly NormalNode[], right: readonly NormalNode[]): Alignment {
  const [before, after] = cancelEqual(left, right);
  const pairs: AlignedPair[] = [];
  const unmatched = [...after];
  const isOnlyPair = before.length === 1 && after.length === 1;
  for (const item of before) {
    const best = isOnlyPair ? after[0] : mostSimilar(item, unmatched);
    if (best) unmatched.splice(unmatched.indexOf(best), 1);
    pairs.push({ selector: contentSelector(item), left: item, ...(best && { right: best }) });
  }
  for (const item of unmatched) pairs.push({ selector: contentSelector(item), right: item });
  return { pairs: uniqueSelectors(pairs), reordered: false };
}

function cancelEqual(
  left: readonly NormalNode[],
  right: readonly NormalNode[],
): readonly [readonly NormalNode[], readonly NormalNode[]] {
  const counts = new Map<string, number>();
  for (const item of right) counts.set(item.text, (counts.get(item.text) ?? 0) + 1);
  const before = left.filter((item) => !take(counts, item.text));
  const after = right.filter((item) => take(counts, item.text));
  const byText = (a: NormalNode, b: NormalNode) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0);
  return [before.sort(byText), after.sort(byText)];
}

function take(counts: Map<string, number>, text: string): boolean {
  const count = counts.get(text) ?? 0;
  if (count > 0) counts.set(text, count - 1);
  return count > 0;
}

/** Searching for the most similar item costs the product of both counts; beyond this, items only count as added or removed. */
const maximumSimilaritySearch = 200;

function mostSimilar(item: NormalNode, candidates: readonly NormalNode[]): NormalNode | undefined {
  if (candidates.length > maximumSimilaritySearch) return undefined;
  let best: NormalNode | undefined;
  let bestShare = 0.5;
  for (const candidate of candidates) {
    const share = sharedFields(item, candidate);
    if (share > bestShare) {
      best = candidate;
      bestShare = share;
    }
  }
  return best;
}

function sharedFields(left: NormalNode, right: NormalNode): number {
  const keys = new Set([...(left.fields?.keys() ?? []), ...(right.fields?.keys() ?? [])]);
  let equal = 0;
  for (const key of keys) if (left.fields?.get(key)?.text === right.fields?.get(key)?.text) equal++;
  return keys.size === 0 ? 0 : equal / keys.size;
}

/** Up to three scalar fields that say which item is meant, or a short digest of it. */
function contentSelector(item: NormalNode): Record<string, string> {
  const selector: Record<string, string> = Object.create(null);
  for (const [key, field] of item.fields ?? []) {
    if (Object.keys(selector).length === 3) break;
    if (!field.fields && !field.items && field.text.length < 80) selector[key] = neutralText(field);
  }
  return Object.keys(selector).length ? selector : { digest: digestHex(item.text, 8) };
}

/** Two items must not share a path: later ones say their digest as well. */
function uniqueSelectors(pairs: readonly AlignedPair[]): readonly AlignedPair[] {
  const seen = new Set<string>();
  return pairs.map((pair) => {
    const text = JSON.stringify(pair.selector);
    if (!seen.has(text)) {
      seen.add(text);
      return pair;
    }
    const digest = digestHex((pair.left ?? pair.right)?.text ?? '', 8);
    return { ...pair, selector: { ...(pair.selector as Record<string, string>), digest } };
  });
}
