import { type ProblemCode, problemRegistry } from './registry.ts';

/** Where a problem was found. Lines and columns start at 1. */
export interface Place {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** A JSON Pointer inside the document, where there is one. */
  readonly pointer?: string;
}

/**
 * An expected failure: wrong input, an unreachable system, a full disk. Problems are values that travel with results;
 * bugs are thrown. The text says what was found and what to do next and never contains a secret.
 */
export interface Problem {
  readonly code: ProblemCode;
  readonly message: string;
  readonly hint: string;
  readonly place?: Place;
}

/** A result that either has a value or says why not. */
export type Result<T> =
  | { readonly ok: true; readonly value: T; readonly warnings?: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Fills the registry's template of `code` with `values` (`{name}` marks a value). */
export function problem(
  code: ProblemCode,
  values: Readonly<Record<string, string | number>> = {},
  place?: Place,
): Problem {
  const entry = problemRegistry[code];
  const fill = (template: string) =>
    template.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));
  return { code, message: fill(entry.message), hint: fill(entry.hint), ...(place && { place }) };
}

/** A problem on its way up through code that cannot return a {@link Result} (iterators, callbacks). */
export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(found: Problem) {
    super(found.message);
    this.name = 'ProblemError';
    this.problem = found;
  }
}

export function ok<T>(value: T, warnings?: readonly Problem[]): Result<T> {
  return warnings?.length ? { ok: true, value, warnings } : { ok: true, value };
}

export function failed<T = never>(...problems: readonly Problem[]): Result<T> {
  return { ok: false, problems };
}

/** `deploy/wms.yaml:12:3`, or as much of it as is known; empty when nothing is. A pointer stands in for a missing line. */
export function formatPlace(place: Place | undefined): string {
  if (!place) return '';
  const position = [place.line, place.column].filter((part) => part !== undefined);
  const head = [place.file ?? '', ...position].join(':');
  return place.pointer && place.line === undefined ? `${head}${head ? ' ' : ''}${place.pointer}` : head;
}

/** One line for a log or a terminal: `deploy/wms.yaml:12:3 LW2003 the text. Next: the hint`. */
export function formatProblem(found: Problem): string {
  const place = formatPlace(found.place);
  return `${place ? `${place} ` : ''}${found.code} ${found.message} Next: ${found.hint}`;
}
