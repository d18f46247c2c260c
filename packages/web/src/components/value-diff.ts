/** A piece of a value: the same on both sides, or only on this one. */
export interface Piece {
  readonly text: string;
  readonly same: boolean;
}

/** A line of a comparison of two structures; absent on the side that does not have it. */
export interface DiffLine {
  readonly left?: readonly Piece[];
  readonly right?: readonly Piece[];
  readonly same: boolean;
}

/** Tokens compared one by one; more than these are compared by what they begin and end with. */
const mostTokens = 600;
/** Lines whose changes are looked for piece by piece; after these, changed lines stand as a whole. */
const mostPieced = 500;

/** A value as people read it: text bare, everything else as JSON with sorted keys, indented. */
export function valueText(value: unknown): string {
  if (value === undefined) return '';
  return visible(typeof value === 'string' ? value : JSON.stringify(sorted(value), null, 2));
}

/** Values come from systems that others may write to: signs that would hide or turn around text are shown by their code. */
function visible(text: string): string {
  return text.replaceAll(/[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu, (sign) =>
    sign === '\n' || sign === '\t' ? sign : `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

/** Two texts line by line; a line that was changed in place is compared piece by piece. */
export function diffLines(left: string, right: string): readonly DiffLine[] {
  const lines: DiffLine[] = [];
  let out: string[] = [];
  let put: string[] = [];
  // What was taken out and what was put in at the same place stand beside each other.
  const flush = () => {
    for (let row = 0; row < Math.max(out.length, put.length); row++) {
      lines.push(besides(out[row], put[row], lines.length < mostPieced));
    }
    out = [];
    put = [];
  };
  for (const { a, b } of align(left.split('\n'), right.split('\n'))) {
    if (a !== undefined && b !== undefined) {
      flush();
      lines.push({ left: [{ text: a, same: true }], right: [{ text: b, same: true }], same: true });
    } else {
      if (a !== undefined) out.push(a);
      if (b !== undefined) put.push(b);
    }
  }
  flush();
  return lines;
}

function besides(left: string | undefined, right: string | undefined, byPieces: boolean): DiffLine {
  if (left !== undefined && right !== undefined && byPieces) return { ...diffPieces(left, right), same: false };
  return {
    ...(left !== undefined && { left: [{ text: left, same: false }] }),
    ...(right !== undefined && { right: [{ text: right, same: false }] }),
    same: false,
  };
}

/** Two short texts by words and signs: what is the same on both sides, and what is not. */
export function diffPieces(
  left: string,
  right: string,
): { readonly left: readonly Piece[]; readonly right: readonly Piece[] } {
  const pairs = align(tokens(left), tokens(right));
  const of = (side: 'a' | 'b') =>
    joined(
      pairs.flatMap((pair) => {
        const text = pair[side];
        return text === undefined ? [] : [{ text, same: pair.a !== undefined && pair.b !== undefined }];
      }),
    );
  return { left: of('a'), right: of('b') };
}

/** Words, numbers with their points, and single signs. */
function tokens(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]/gu) ?? [];
}

function joined(pieces: readonly Piece[]): readonly Piece[] {
  const result: Piece[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if (last?.same === piece.same) result[result.length - 1] = { text: last.text + piece.text, same: piece.same };
    else result.push(piece);
  }
  return result;
}

interface Pair {
  readonly a?: string;
  readonly b?: string;
}

/** Longest common subsequence, as pairs in order: what only one side has stands alone. */
function align(left: readonly string[], right: readonly string[]): readonly Pair[] {
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start++;
  let end = 0;
  while (end < left.length - start && end < right.length - start && left.at(-1 - end) === right.at(-1 - end)) end++;
  const both = (items: readonly string[]) => items.map((text) => ({ a: text, b: text }));
  return [
    ...both(left.slice(0, start)),
    ...alignMiddle(left.slice(start, left.length - end), right.slice(start, right.length - end)),
    ...both(left.slice(left.length - end)),
  ];
}

function alignMiddle(left: readonly string[], right: readonly string[]): readonly Pair[] {
  if (left.length > mostTokens || right.length > mostTokens) {
    return [...left.map((a) => ({ a })), ...right.map((b) => ({ b }))];
  }
  const common = commonLengths(left, right);
  const pairs: Pair[] = [];
  let i = 0;
  let j = 0;
  while (i < left.length && j < right.length) {
    const [a, b] = [left[i] as string, right[j] as string];
    if (a === b) {
      pairs.push({ a, b });
      i++;
      j++;
    } else if (common(i + 1, j) >= common(i, j + 1)) {
      pairs.push({ a });
      i++;
    } else {
      pairs.push({ b });
      j++;
    }
  }
  return [...pairs, ...left.slice(i).map((a) => ({ a })), ...right.slice(j).map((b) => ({ b }))];
}

/** How many tokens the rest of left from i and the rest of right from j have in common, in order. */
function commonLengths(left: readonly string[], right: readonly string[]): (i: number, j: number) => number {
  const width = right.length + 1;
  const lengths = new Uint16Array((left.length + 1) * width);
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0;
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      lengths[i * width + j] = left[i] === right[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  return at;
}
