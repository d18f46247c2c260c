import type { HeadlinePart } from './finding.ts';

/** What came of comparing two sides, in resources; `notChecked` counts what could not be looked at. */
export interface ComparedCounts {
  /** The side that is held against the other. */
  readonly own: string;
  readonly other: string;
  /** Resources that differ and are not wholly approved. */
  readonly differing: number;
  /** Resources whose every difference is approved. */
  readonly approved: number;
  readonly equal: number;
  readonly notChecked: number;
}

/**
 * One sentence about two sides: "staging-eu differs from production-eu in 9 places; 3 are approved; 2 could not be
 * checked." Places are all that differ, approved ones included. What was not looked at is never called equal.
 */
export function comparisonSentence(counts: ComparedCounts): readonly HeadlinePart[] {
  const { own, other, differing, approved, equal, notChecked } = counts;
  const places = differing + approved;
  const notes = [
    ...(places > 0 && approved > 0 ? [approvedNote(places, approved)] : []),
    ...(notChecked > 0 ? [`${number(notChecked)} could not be checked`] : []),
  ];
  const [left, right] = [
    { text: own, role: 'environment' },
    { text: other, role: 'environment' },
  ] as const;
  const middle =
    places > 0
      ? [{ text: ' differs from ' }, right, { text: ` in ${count(places, 'place')}` }]
      : [{ text: ' and ' }, right, { text: sameText(equal, notChecked) }];
  return [left, ...middle, { text: `${notes.map((note) => `; ${note}`).join('')}.` }];
}

function sameText(equal: number, notChecked: number): string {
  if (equal === 0) return notChecked > 0 ? ' have nothing that was compared' : ' have nothing to compare';
  return notChecked > 0 ? ` agree in ${count(equal, 'resource')}` : ` are the same in all ${count(equal, 'resource')}`;
}

function approvedNote(places: number, approved: number): string {
  if (approved === places) return places === 1 ? 'it is approved' : 'all are approved';
  return `${number(approved)} ${approved === 1 ? 'is' : 'are'} approved`;
}

function count(amount: number, noun: string): string {
  return `${number(amount)} ${noun}${amount === 1 ? '' : 's'}`;
}

/** `12,345`: the same in every locale, since sentences are kept and sent. */
function number(amount: number): string {
  return String(amount).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
