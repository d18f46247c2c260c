import { useState } from 'react';
import { type DiffLine, diffLines, type Piece, valueText } from './value-diff.ts';
import classes from './value-diff-view.module.css';

/** Equal lines kept around a difference. */
const around = 2;
/** Lines shown before one asks for all. */
const mostLines = 200;

interface ValueDiffProps {
  readonly left: unknown;
  readonly right: unknown;
  readonly leftLabel: string;
  readonly rightLabel: string;
}

/** Two values beside each other: identical parts are dimmed, long runs of equal lines folded, everything wraps in place. */
export function ValueDiff({ left, right, leftLabel, rightLabel }: ValueDiffProps) {
  const [whole, setWhole] = useState(false);
  const lines = diffLines(valueText(left), valueText(right));
  const parts = whole ? lines : folded(lines);
  const shown = whole ? parts : parts.slice(0, mostLines);
  const hidden = lines.length - shown.filter((part) => typeof part !== 'number').length;
  return (
    <div className={classes.diff}>
      <div className={classes.columns}>
        <span className="visually-hidden">{`${leftLabel}, then ${rightLabel}, line by line`}</span>
        {shown.map((part, index) =>
          typeof part === 'number' ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one comparison never move.
            <button key={index} type="button" className={classes.fold} onClick={() => setWhole(true)}>
              {part} equal {part === 1 ? 'line' : 'lines'}
            </button>
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one comparison never move.
            <Line key={index} line={part} />
          ),
        )}
      </div>
      {hidden > 0 && parts.length > shown.length && (
        <button type="button" className={classes.fold} onClick={() => setWhole(true)}>
          Show all {lines.length} lines
        </button>
      )}
    </div>
  );
}

function Line({ line: { left, right, same } }: { readonly line: DiffLine }) {
  return (
    <>
      <Text pieces={left} same={same} side="left" />
      <Text pieces={right} same={same} side="right" />
    </>
  );
}

function Text({
  pieces,
  same,
  side,
}: {
  readonly pieces: readonly Piece[] | undefined;
  readonly same: boolean;
  readonly side: 'left' | 'right';
}) {
  return (
    <code
      className={classes.text}
      data-same={same || undefined}
      data-absent={pieces === undefined || undefined}
      data-side={side}
    >
      {pieces?.map((piece, index) =>
        piece.same ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one line never move.
          <span key={index} className={classes.dim}>
            {piece.text}
          </span>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one line never move.
          <mark key={index}>{piece.text}</mark>
        ),
      )}
    </code>
  );
}

/** Lines with long equal runs taken out; a number stands for as many lines. */
function folded(lines: readonly DiffLine[]): readonly (DiffLine | number)[] {
  const near = lines.map((_, index) =>
    lines.slice(Math.max(0, index - around), index + around + 1).some(({ same }) => !same),
  );
  const result: (DiffLine | number)[] = [];
  lines.forEach((line, index) => {
    const last = result.at(-1);
    if (near[index]) result.push(line);
    else if (typeof last === 'number') result[result.length - 1] = last + 1;
    else result.push(1);
  });
  return result;
}
