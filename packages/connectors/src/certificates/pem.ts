import { type Problem, problem } from '@leeway/core';

/** One `-----BEGIN label-----` block of a PEM file (RFC 7468). */
export interface PemBlock {
  readonly label: string;
  /** Line of its BEGIN, from 1. */
  readonly line: number;
  /** The block as it stands in the file, for parsers that know its older forms. */
  readonly text: string;
  readonly der: Uint8Array;
  /** True for keys under a password. */
  readonly encrypted: boolean;
}

/** Blocks in the order of the file, and what is wrong with the rest of it. */
export interface PemFile {
  readonly blocks: readonly PemBlock[];
  readonly problems: readonly Problem[];
}

/** Splits PEM text into its blocks. Text between blocks is explanatory and ignored, as RFC 7468 allows. */
export function splitPem(text: string, file: string): PemFile {
  const closed = cutBlocks(text).map((block) => closeBlock(block));
  return {
    blocks: closed.flatMap((block) => ('reason' in block ? [] : [block])),
    problems: closed.flatMap((block) =>
      'reason' in block ? [problem('LW2005', { format: 'PEM', reason: block.reason }, { file, line: block.line })] : [],
    ),
  };
}

/** A block as cut from the file: `end` is the label of its END line, absent when it has none. */
interface RawBlock {
  readonly label: string;
  readonly line: number;
  readonly lines: string[];
  end?: string;
}

function cutBlocks(text: string): readonly RawBlock[] {
  const found: RawBlock[] = [];
  let open: RawBlock | undefined;
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.trim();
    const [, edge, label = ''] = /^-----(BEGIN|END) ([A-Z0-9 ]{1,64})-----$/.exec(line) ?? [];
    if (edge === 'BEGIN') {
      open = { label, line: index + 1, lines: [] };
      found.push(open);
    } else if (edge === 'END') {
      if (open) open.end = label;
      open = undefined;
    } else open?.lines.push(line);
  }
  return found;
}

function closeBlock({
  label,
  line,
  lines,
  end,
}: RawBlock): PemBlock | { readonly line: number; readonly reason: string } {
  if (end === undefined) return { line, reason: `the block "${label}" has no END line; the file may be cut off` };
  if (end !== label) return { line, reason: `the block "${label}" ends as "${end}"` };
  const headers = lines.filter((each) => each.includes(':'));
  const body = lines.filter((each) => !each.includes(':')).join('');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(body)) {
    return { line, reason: `the block "${label}" holds something else than base64` };
  }
  return {
    label,
    line,
    text: `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`,
    der: Buffer.from(body, 'base64'),
    encrypted: label === 'ENCRYPTED PRIVATE KEY' || headers.some((each) => each.includes('ENCRYPTED')),
  };
}
