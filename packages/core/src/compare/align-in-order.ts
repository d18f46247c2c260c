import type { AlignedPair } from './align.ts';
import type { NormalNode } from './normal-tree.ts';

/** Longest lists whose longest common subsequence is computed; longer ones are paired by position. */
const maximumLength = 1000;

/** Items of an ordered list without identity: what both have in the same order stays, the gaps are paired in order. */
export function alignInOrder(left: readonly NormalNode[], right: readonly NormalNode[]): readonly AlignedPair[] {
  const pairs: AlignedPair[] = [];
  let before = 0;
  let after = 0;
  for (const [leftAnchor, rightAnchor] of [...commonSubsequence(left, right), [left.length, right.length] as const]) {
    const gap = Math.max(leftAnchor - before, rightAnchor - after);
    for (let at = 0; at < gap; at++) {
      const leftAt = before + at < leftAnchor ? before + at : undefined;
      const rightAt = after + at < rightAnchor ? after + at : undefined;
      pairs.push(pairAt(left, right, leftAt, rightAt));
    }
    before = leftAnchor + 1;
    after = rightAnchor + 1;
  }
  return pairs;
}

function pairAt(
  left: readonly NormalNode[],
  right: readonly NormalNode[],
  leftAt: number | undefined,
  rightAt: number | undefined,
): AlignedPair {
  const before = leftAt === undefined ? undefined : left[leftAt];
  const after = rightAt === undefined ? undefined : right[rightAt];
  return { selector: leftAt ?? rightAt ?? 0, ...(before && { left: before }), ...(after && { right: after }) };
}

/** Index pairs of a longest common subsequence by normal text. */
function commonSubsequence(
  left: readonly NormalNode[],
  right: readonly NormalNode[],
): readonly (readonly [number, number])[] {
  if (left.length > maximumLength || right.length > maximumLength) return [];
  const lengths = subsequenceLengths(left, right);
  const width = right.length + 1;
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0;
  const pairs: (readonly [number, number])[] = [];
  let i = 0;
  let j = 0;
  while (i < left.length && j < right.length) {
    if (left[i]?.text === right[j]?.text) pairs.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return pairs;
}

/** Length of the longest common subsequence of the tails from (i, j), row by row. */
function subsequenceLengths(left: readonly NormalNode[], right: readonly NormalNode[]): Uint16Array {
  const width = right.length + 1;
  const lengths = new Uint16Array((left.length + 1) * width);
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      const same = left[i]?.text === right[j]?.text;
      const below = lengths[(i + 1) * width + j] ?? 0;
      const beside = lengths[i * width + j + 1] ?? 0;
      lengths[i * width + j] = same ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1 : Math.max(below, beside);
    }
  }
  return lengths;
}
