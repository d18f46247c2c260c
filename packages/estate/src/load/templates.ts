import { type Json, type JsonObject, listNames, type Place, type Problem, problem } from '@leeway/core';
import type { EnvironmentEntry, TemplateEntry } from '../schema/environment.ts';
import { namePattern } from '../schema/values.ts';
import { fillValue } from '../settings/fill.ts';
import { describeFound } from '../text/found.ts';
import type { Entry } from './entries.ts';

/** Environments an estate may have: far above any real one, far below what exhausts memory. */
export const mostEnvironments = 20_000;

export const dimensionNames = ['stage', 'region', 'businessUnit', 'tenant', 'tier', 'compliance'] as const;

/** An environment on its way: as written, or as a template makes it. */
export interface Draft {
  readonly name: string;
  readonly entry: EnvironmentEntry;
  readonly placeOf: (...path: readonly (string | number)[]) => Place;
  /** Made by a template: one that would mirror itself mirrors nothing. */
  readonly isGenerated: boolean;
}

/** Environments a template makes, in the order its values are written. */
export function expandTemplate(template: Entry<TemplateEntry>, report: (found: Problem) => void): readonly Draft[] {
  const rows = rowsOf(template, report);
  const kept = withoutExceptions(rows, template, report);
  const seen = new Set<string>();
  const reportOnce = (found: Problem) => {
    const identity = `${found.code} ${found.message} ${found.place?.pointer}`;
    if (!seen.has(identity)) report(found);
    seen.add(identity);
  };
  return kept.flatMap((row) => makeDraft(template, row, reportOnce) ?? []);
}

function rowsOf(template: Entry<TemplateEntry>, report: (found: Problem) => void): readonly JsonObject[] {
  const written = template.value.for;
  if (Array.isArray(written)) return written as readonly JsonObject[];
  const lists = Object.entries(written as Readonly<Record<string, readonly Json[]>>);
  const count = lists.reduce((product, [, values]) => product * values.length, 1);
  if (count > mostEnvironments) {
    const what = `The template "${template.name}" makes too many environments`;
    report(
      problem(
        'LW1018',
        { what, count, limit: mostEnvironments, advice: 'give it fewer values' },
        template.placeOf('for'),
      ),
    );
    return [];
  }
  return lists.reduce<readonly JsonObject[]>(
    (rows, [key, values]) => rows.flatMap((row) => values.map((value) => ({ ...row, [key]: value }))),
    [{}],
  );
}

function withoutExceptions(
  rows: readonly JsonObject[],
  template: Entry<TemplateEntry>,
  report: (found: Problem) => void,
): readonly JsonObject[] {
  let kept = rows;
  for (const [index, exception] of (template.value.except ?? []).entries()) {
    const wanted = Object.entries(exception as JsonObject);
    const remaining = kept.filter((row) => !wanted.every(([key, value]) => row[key] === value));
    if (remaining.length === kept.length) {
      const selector = wanted.map(([key, value]) => `${key} ${describeFound(value)}`).join(', ') || 'nothing';
      const allowed = listNames(Object.keys(rows[0] ?? {}));
      report(
        problem('LW1009', { kind: 'combination', selector, nearest: '', allowed }, template.placeOf('except', index)),
      );
    }
    kept = remaining;
  }
  return kept;
}

function makeDraft(
  template: Entry<TemplateEntry>,
  row: JsonObject,
  report: (found: Problem) => void,
): Draft | undefined {
  const { name: pattern, for: _for, except: _except, ...common } = template.value;
  const fill = (value: Json, field: string) =>
    fillValue(value, row, (fault) => report(fault(`in the template ${template.name}`, template.placeOf(field))));
  const name = String(fill(pattern, 'name'));
  if (/[{}]/.test(name)) return undefined;
  if (!namePattern.test(name)) {
    const rule = 'Use letters, digits, ".", "_" and "-" in the values its name is made of.';
    report(problem('LW1015', { name, parent: 'an environment', rule }, template.placeOf('name')));
    return undefined;
  }
  const filled = Object.entries(common).map(([field, value]): [string, Json] => [field, fill(value as Json, field)]);
  const entry: Record<string, Json> = Object.fromEntries(filled);
  const parameters: Record<string, Json> = {};
  for (const [key, value] of Object.entries(row)) {
    if (dimensionNames.some((dimension) => dimension === key)) entry[key] = textOf(value);
    else parameters[key] = value;
  }
  entry['parameters'] = { ...parameters, ...(entry['parameters'] as JsonObject | undefined) };
  // Fields of the template were checked by its schema; filling them in changes no field's type but to text.
  return { name, entry: entry as EnvironmentEntry, placeOf: template.placeOf, isGenerated: true };
}

function textOf(value: Json): Json {
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
}
