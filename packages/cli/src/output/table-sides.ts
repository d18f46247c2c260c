import type { Finding } from '@leeway/core';
import type { Paint } from './paint.ts';
import { countOf, makeVisible, measureWidth, padEnd, wrapValue } from './text.ts';
import { compareFinding, type MarkedText, type SideName } from './value.ts';
import { nameSide, shortId } from './words.ts';

/** How much of a finding is shown: rows, and characters of one value. */
export interface SideLimits {
  readonly rows: number;
  readonly characters: number;
}

/** Enough for a report; `leeway explain` shows the rest. */
const reportLimits: SideLimits = { rows: 8, characters: 480 };
export const noLimits: SideLimits = { rows: Number.POSITIVE_INFINITY, characters: Number.POSITIVE_INFINITY };
/** Characters kept before the part that differs when a value is cut. */
const lead = 40;
const gutter = '  ';
/** Columns a side takes at least. */
const narrowest = 16;
/** Longest difference that gets carets: longer ones are seen anyway. */
const caretLimit = 40;
/** Values shorter than this need no carets. */
const caretMinimum = 16;
const absent: MarkedText = { text: '—', from: 0, to: 1 };
const nothing: MarkedText = { text: '', from: 0, to: 0 };

/** One side of a finding: its name, the texts of its rows, its place. */
interface Column {
  readonly name: string;
  readonly place: string;
  readonly texts: readonly MarkedText[];
}

type Columns = readonly Column[];

/** The two sides: next to each other where they fit, else one above the other. Lines are without indentation. */
export function formatSides(found: Finding, width: number, paint: Paint, limits = reportLimits): string[] {
  const { sides, rows: all, equal } = compareFinding(found);
  // Of a resource that is there on one side only, its definition says nothing that the headline and the place do not.
  const isWhole = found.path === '' && found.expected.present !== found.actual.present;
  const rows = isWhole && limits === reportLimits ? all.slice(0, 1) : all;
  const shown = rows.slice(0, limits.rows);
  const labels = shown.map((row) => makeVisible(row.label));
  const gap = found.expected.present && found.actual.present ? absent : nothing;
  const columns = sides.map(
    (side: SideName): Column => ({
      name: nameSide(found, found[side]),
      place: makeVisible(found[side].place ?? ''),
      texts: shown.map((row) => shorten(row[side] ?? gap, limits.characters)),
    }),
  );
  const lines = found.path ? [paint('quiet', makeVisible(found.path))] : [];
  lines.push(...(sideBySide(columns, labels, width, paint) ?? stacked(columns, labels, width, paint)));
  const rest = [
    ...(rows.length > limits.rows
      ? [`${countOf(rows.length - limits.rows, 'more difference')}: leeway explain ${shortId(found)}`]
      : []),
    ...(equal > 0 ? [`${equal} more equal`] : []),
  ];
  if (rest.length > 0) lines.push(paint('quiet', rest.join(' · ')));
  return lines;
}

/** Keeps the part that differs in view and says how much was left out. */
function shorten(value: MarkedText, limit: number): MarkedText {
  if (value.text.length <= limit) return value;
  const start = Math.max(0, value.from - lead);
  const end = Math.min(value.text.length, start + limit);
  const before = start > 0 ? `…${start} more ` : '';
  const after = end < value.text.length ? ` …${value.text.length - end} more` : '';
  const offset = before.length - start;
  return {
    text: before + value.text.slice(start, end) + after,
    from: value.from + offset,
    to: Math.min(value.to, end) + offset,
  };
}

/** Two columns, or undefined when they do not fit next to each other. Places that are too long go below. */
function sideBySide(columns: Columns, labels: readonly string[], width: number, paint: Paint): string[] | undefined {
  if (columns.length < 2) return undefined;
  const first = Math.max(0, ...labels.map((label) => measureWidth(label) + (label ? gutter.length : 0)));
  const sizes = columns.map((column) =>
    Math.max(measureWidth(column.name), ...column.texts.map((each) => measureWidth(each.text))),
  );
  const places = columns.map((column) => measureWidth(column.place));
  const fits = (left: number, right: number) => first + left + gutter.length + right <= width;
  const [left = 0, right = 0] = [Math.max(narrowest, sizes[0] ?? 0), sizes[1]];
  if (!fits(left, right)) return undefined;
  const [leftPlaced, rightPlaced] = [Math.max(left, places[0] ?? 0), Math.max(right, places[1] ?? 0)];
  const placesFit = fits(leftPlaced, rightPlaced);
  const lines = formatColumns(columns, labels, { first, left: placesFit ? leftPlaced : left }, placesFit, paint);
  return placesFit ? lines : [...lines, ...formatPlaces(columns, paint)];
}

function formatColumns(
  columns: Columns,
  labels: readonly string[],
  at: { readonly first: number; readonly left: number },
  withPlaces: boolean,
  paint: Paint,
): string[] {
  const [a, b] = columns;
  if (!a || !b) return [];
  const line = (label: string, left: string, leftWidth: number, right: string) =>
    (padEnd(label, at.first) + left + ' '.repeat(Math.max(0, at.left - leftWidth)) + gutter + right).trimEnd();
  const quiet = (left: string, right: string) =>
    line('', paint('quiet', left), measureWidth(left), paint('quiet', right));
  const rows = labels.flatMap((label, index) => {
    const [left = absent, right = absent] = [a.texts[index], b.texts[index]];
    const under = [left, right].map((each) => underline(each, 0, each.text.length, paint));
    const values = line(
      label,
      paintMarks(left, 0, left.text.length, paint),
      measureWidth(left.text),
      paintMarks(right, 0, right.text.length, paint),
    );
    return under.join('') ? [values, line('', under[0] ?? '', measureWidth(under[0] ?? ''), under[1] ?? '')] : [values];
  });
  const places = withPlaces && (a.place || b.place) ? [quiet(a.place, b.place)] : [];
  return [quiet(a.name, b.name), ...rows, ...places];
}

function formatPlaces(columns: Columns, paint: Paint): string[] {
  const nameWidth = Math.max(...columns.map((column) => measureWidth(column.name)));
  return columns
    .filter((column) => column.place)
    .map((column) => paint('quiet', `${padEnd(column.name, nameWidth)}${gutter}${column.place}`));
}

/** One side under the other, values wrapped in place. */
function stacked(columns: Columns, labels: readonly string[], width: number, paint: Paint): string[] {
  const nameWidth = Math.max(...columns.map((column) => measureWidth(column.name)));
  return columns.flatMap((column) => {
    const name = paint('quiet', padEnd(column.name, nameWidth)) + gutter;
    const only = column.texts.filter((each) => each.text !== '');
    if (
      !column.place &&
      only.length === 1 &&
      only[0] === column.texts[0] &&
      !labels[0] &&
      only[0] &&
      measureWidth(only[0].text) <= narrowest
    ) {
      return [name + only[0].text];
    }
    return [
      (name + paint('quiet', column.place)).trimEnd(),
      ...column.texts.flatMap((value, index) =>
        value.text ? formatStackedValue(value, labels[index] ?? '', width, paint) : [],
      ),
    ];
  });
}

function formatStackedValue(value: MarkedText, label: string, width: number, paint: Paint): string[] {
  const head = label ? `${label}: ` : '';
  const wraps = measureWidth(head) + measureWidth(value.text) > width - gutter.length;
  const hang = gutter + (wraps ? '' : ' '.repeat(measureWidth(head)));
  const lines = head && wraps ? [gutter + paint('quiet', head.trimEnd())] : [];
  wrapValue(value.text, width - gutter.length).forEach(({ from, to }, index) => {
    const start = index === 0 && head && !wraps ? gutter + paint('quiet', head) : hang;
    const end = from + value.text.slice(from, to).trimEnd().length;
    lines.push(start + paintMarks(value, from, end, paint));
    const under = underline(value, from, to, paint);
    if (under) lines.push(hang + under);
  });
  return lines;
}

/** True when a part of the value is common to both sides, so that marking the rest says something. */
function isPartial(value: MarkedText): boolean {
  return value.from < value.to && (value.from > 0 || value.to < value.text.length);
}

/** The piece `[from, to)` of a value, its differing part emphasised. */
function paintMarks(value: MarkedText, from: number, to: number, paint: Paint): string {
  const clamp = (offset: number) => Math.min(to, Math.max(from, offset));
  const [start, end] = [clamp(value.from), clamp(value.to)];
  const quiet = isPartial(value) ? (text: string) => paint('quiet', text) : (text: string) => text;
  const marked = isPartial(value) ? paint('differs', value.text.slice(start, end)) : value.text.slice(start, end);
  return quiet(value.text.slice(from, start)) + marked + quiet(value.text.slice(end, to));
}

/** Carets below the differing part: the only mark where there is no colour. */
function underline(value: MarkedText, from: number, to: number, paint: Paint): string {
  const start = Math.max(from, value.from);
  const end = Math.min(to, value.to);
  const helps = isPartial(value) && value.text.length >= caretMinimum && value.to - value.from <= caretLimit;
  if (!helps || start >= end || paint('differs', 'x') !== 'x') return '';
  const text = value.text.slice(start, end).trimEnd();
  return ' '.repeat(measureWidth(value.text.slice(from, start))) + '^'.repeat(measureWidth(text));
}
