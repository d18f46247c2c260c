import type { ReconcilePlan } from './plan.ts';

const contextLines = 3;

/** A unified diff with the one hunk a plan has. */
export function patchOf({ file, before, after }: ReconcilePlan): string {
  const [old, fresh] = [linesOf(before), linesOf(after)];
  const shortest = Math.min(old.length, fresh.length);
  let head = 0;
  while (head < shortest && old[head] === fresh[head]) head++;
  let tail = 0;
  while (tail < shortest - head && old.at(-1 - tail) === fresh.at(-1 - tail)) tail++;
  const from = Math.max(0, head - contextLines);
  const kept = Math.min(tail, contextLines);
  const [oldEnd, freshEnd] = [old.length - tail, fresh.length - tail];
  const span = (end: number) => `${from + 1},${end + kept - from}`;
  const lines = [
    ...old.slice(from, head).map((line) => ` ${line}`),
    ...old.slice(head, oldEnd).map((line) => `-${line}`),
    ...fresh.slice(head, freshEnd).map((line) => `+${line}`),
    ...old.slice(oldEnd, oldEnd + kept).map((line) => ` ${line}`),
  ];
  const body = lines.map((line) => (line.endsWith('\n') ? line : `${line}\n\\ No newline at end of file\n`)).join('');
  return `--- a/${file}\n+++ b/${file}\n@@ -${span(oldEnd)} +${span(freshEnd)} @@\n${body}`;
}

function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
