import { comparisonSentence, layers } from '@leeway/core';
import { type ComparedRow, type Comparison, isWhollyApproved } from '@leeway/engine/compare/comparison.ts';
import type { z } from 'zod';
import type { compareContracts, comparison as comparisonContract } from '../contract/compare.ts';
import { cutPage } from '../http/page.ts';
import type { Principal } from '../identity/principal.ts';
import { seesAll, visible } from '../identity/scope.ts';
import type { MadeComparison } from './comparisons.ts';

type Query = z.output<typeof compareContracts.compare.query>;
type Page = z.output<typeof comparisonContract>;
type Branch = Page['tree'][number];

/** One page of a comparison, as far as somebody may see it. */
export function comparisonPage({ key, comparison }: MadeComparison, query: Query, principal: Principal): Page {
  const seen = seenBy(comparison, principal);
  const rows = seen.rows.filter(rowFilter(query));
  const page = cutPage(rows, query, key);
  return {
    left: comparison.left,
    right: comparison.right,
    sentence: [...seen.sentence],
    differing: seen.differing,
    approved: seen.approved,
    equal: comparison.equal,
    notChecked: [...comparison.notChecked],
    tree: treeOf(seen),
    items: page.items.map((row) => ({ ...row, headline: [...row.headline] })),
    ...(page.next !== undefined && { next: page.next }),
    total: rows.length,
  };
}

/** The rows of workloads that somebody may see, counted anew where that is not all of them. */
function seenBy(comparison: Comparison, principal: Principal): Comparison {
  if (seesAll(principal)) return comparison;
  const sides = [comparison.left, comparison.right];
  const rows = comparison.rows.filter(({ workload }) =>
    sides.every(({ environment }) => visible(principal, { environment, workload })),
  );
  if (rows.length === comparison.rows.length) return comparison;
  const approved = rows.filter(isWhollyApproved).length;
  const differing = rows.length - approved;
  const [own = '', other = ''] = comparison.sentence
    .filter(({ role }) => role === 'environment')
    .map(({ text }) => text);
  const counts = { own, other, differing, approved, equal: comparison.equal, notChecked: comparison.notChecked.length };
  return { ...comparison, rows, approved, differing, sentence: comparisonSentence(counts) };
}

function rowFilter({ layer, workload, kind, show, q }: Query): (row: ComparedRow) => boolean {
  const words = q?.toLowerCase().split(/\s+/).filter(Boolean) ?? [];
  return (row) => {
    if (show !== 'all' && isWhollyApproved(row) !== (show === 'approved')) return false;
    if (layer?.length && !layer.includes(row.layer)) return false;
    if (kind?.length && !kind.includes(row.kind)) return false;
    if (workload?.length && !workload.includes(row.workload ?? '')) return false;
    return words.length === 0 || hasWords(row, words);
  };
}

function hasWords({ name, kind, key, headline }: ComparedRow, words: readonly string[]): boolean {
  const text = `${name}\n${kind}\n${key}\n${headline.map((part) => part.text).join('')}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

const trees = new WeakMap<readonly ComparedRow[], Branch[]>();

/** Counts by layer, workload and kind, in the order people read them. A comparison never changes, so it is counted once. */
function treeOf({ rows }: Comparison): Branch[] {
  const known = trees.get(rows);
  if (known) return known;
  const branches = new Map<string, Branch>();
  for (const row of rows) {
    const { layer, workload, kind } = row;
    const id = JSON.stringify([layers.indexOf(layer), workload ?? '', kind]);
    const branch = branches.get(id) ?? {
      layer,
      ...(workload !== undefined && { workload }),
      kind,
      differing: 0,
      approved: 0,
    };
    if (isWhollyApproved(row)) branch.approved++;
    else branch.differing++;
    branches.set(id, branch);
  }
  const tree = [...branches.values()].sort(
    (left, right) =>
      layers.indexOf(left.layer) - layers.indexOf(right.layer) ||
      compareTexts(left.workload ?? '', right.workload ?? '') ||
      compareTexts(left.kind, right.kind),
  );
  trees.set(rows, tree);
  return tree;
}

function compareTexts(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
