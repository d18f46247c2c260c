import {
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
  listNames,
  type Place,
  type Problem,
  problem,
  suggest,
} from '@leeway/core';
import type { z } from 'zod';
import { describeFound } from '../text/found.ts';
import { allowedFields, nodesAt } from './schema-path.ts';

type Issue = z.core.$ZodIssue;

/** What turns issues of a schema into words: the value that was checked, and where and what it is. */
export interface Explaining {
  readonly value: Json;
  /** The schema as JSON Schema. */
  readonly schema: JsonObject;
  readonly placeOf: (path: readonly string[]) => Place | undefined;
  /** Path of the value in its file: nothing for a whole file. */
  readonly prefix: readonly string[];
  /** Id of the connector whose settings these are. */
  readonly connector?: string;
}

/** Problems of a value whose shape is wrong, in the order they stand in the file. */
export function explainIssues(issues: readonly Issue[], context: Explaining): readonly Problem[] {
  const found = issues.flatMap((issue) => explainIssue(issue, context));
  return found.toSorted((left, right) => rank(left.place) - rank(right.place));
}

function rank(place: Place | undefined): number {
  return (place?.line ?? 0) * 100_000 + (place?.column ?? 0);
}

function explainIssue(issue: Issue, context: Explaining): readonly Problem[] {
  const path = issue.path.map(String);
  if (issue.code === 'invalid_union') return explainUnion(issue, context);
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => explainUnknown(key, path, context));
  if (issue.code === 'invalid_key') return [explainKey(path, context)];
  if (context.connector !== undefined && !/^(?:Invalid|Too) /.test(issue.message)) {
    return [explainRefusal(issue.message, path, context.connector, context)];
  }
  const value = valueAt(context.value, path);
  if (value === undefined) return [explainMissing(path, context)];
  if (issue.code === 'invalid_value' && typeof value === 'string')
    return [explainChoice(issue.values, value, path, context)];
  return [explainValue(value, path, context)];
}

/**
 * Of the alternatives of a union, the one meant is the one whose outer type fits; its own issues say more than
 * "invalid input". Where none fits, the union as a whole says what it expects.
 */
function explainUnion(issue: Extract<Issue, { code: 'invalid_union' }>, context: Explaining): readonly Problem[] {
  const path = issue.path.map(String);
  const fitting = issue.errors.find((errors) =>
    errors.every((error) => error.path.length > 0 || error.code !== 'invalid_type'),
  );
  if (!fitting) return [explainValue(valueAt(context.value, path) ?? null, path, context)];
  return fitting.flatMap((error) => explainIssue({ ...error, path: [...issue.path, ...error.path] }, context));
}

/** A rule of a connector, in its own words. */
function explainRefusal(reason: string, path: readonly string[], connector: string, context: Explaining): Problem {
  const parent = capitalise(parentOf([...context.prefix, ...path]));
  return problem('LW1025', { parent, reason, connector }, placeOf(context, path));
}

function explainUnknown(key: string, path: readonly string[], context: Explaining): Problem {
  const allowed = allowedFields(context.schema, path);
  const values = {
    field: key,
    parent: parentOf([...context.prefix, ...path]),
    nearest: suggest(key, allowed),
    allowed: listNames(allowed),
  };
  return problem('LW1002', values, placeOf(context, [...path, key]));
}

function explainKey(path: readonly string[], context: Explaining): Problem {
  const name = path.at(-1) ?? '';
  const isParameter = ['parameters', 'tokens', 'for', 'except'].includes(path.at(-2) ?? '');
  const rule = isParameter
    ? 'Use letters, digits, "_" and "-"; begin with a letter.'
    : 'Use letters, digits, ".", "_" and "-"; begin with a letter or digit; at most 100 characters.';
  return problem('LW1015', { name, parent: memberOf([...context.prefix, ...path]), rule }, placeOf(context, path));
}

function explainMissing(path: readonly string[], context: Explaining): Problem {
  const field = path.at(-1) ?? '';
  const parent = path.slice(0, -1);
  const node = nodesAt(context.schema, path)[0];
  const example = firstExample(node);
  const description = `${textOf(node, 'description') || 'It is needed.'}${example ? ` For example ${field}: ${example}` : ''}`;
  return problem(
    'LW1005',
    { field, parent: capitalise(parentOf([...context.prefix, ...parent])), description },
    placeOf(context, parent),
  );
}

function explainChoice(
  values: readonly unknown[],
  value: string,
  path: readonly string[],
  context: Explaining,
): Problem {
  const allowed = values.map(String);
  const words = {
    field: fieldOf(path),
    found: describeFound(value),
    nearest: suggest(value, allowed),
    allowed: listNames(allowed),
  };
  return problem('LW1004', words, placeOf(context, path));
}

function explainValue(value: Json, path: readonly string[], context: Explaining): Problem {
  const node = nodesAt(context.schema, path)[0];
  const expected = textOf(node, 'title') || typeWords(node);
  const example = firstExample(node);
  const shown = example ? `for example ${fieldOf(path)}: ${example}` : expected;
  return problem(
    'LW1003',
    { field: fieldOf(path), found: describeFound(value), expected, example: shown },
    placeOf(context, path),
  );
}

function typeWords(node: JsonObject | undefined): string {
  if (isJsonArray(node?.['enum'])) return `one of ${listNames(node['enum'].map(String))}`;
  if (textOf(node, 'format') === 'uri') return 'a URL such as https://host.example:9090';
  const words: Readonly<Record<string, string>> = {
    array: 'a list',
    object: 'a map',
    boolean: 'true or false',
    number: 'a number',
  };
  return words[textOf(node, 'type')] ?? 'another value';
}

function textOf(node: JsonObject | undefined, field: string): string {
  const value = node?.[field];
  return typeof value === 'string' ? value : '';
}

function firstExample(node: JsonObject | undefined): string | undefined {
  const examples = node?.['examples'];
  return isJsonArray(examples) && examples.length ? String(examples[0]) : undefined;
}

/** The field a person sees: the last name in the path, list positions counted from one. */
function fieldOf(path: readonly string[]): string {
  const last = path.at(-1);
  if (last === undefined) return 'the file';
  return /^\d+$/.test(last) ? `item ${Number(last) + 1} of ${path.at(-2) ?? 'the list'}` : last;
}

/** `the environment "test"`, `"match" of the approved difference "AD-1"`: where a field stands, in words. */
function parentOf(path: readonly string[]): string {
  const [section, name, ...rest] = path;
  if (section === undefined) return 'the file';
  const owner = name === undefined ? undefined : entryWords(section, name);
  if (!owner) return `"${fieldOf(path)}"`;
  return rest.length ? `"${fieldOf(rest)}" of ${owner}` : owner;
}

/** What a key is the name of: `an environment`, `a parameter`. */
function memberOf(path: readonly string[]): string {
  const section = path.length === 2 ? sectionWords[path[0] ?? ''] : undefined;
  const word = section?.replace('the ', '') ?? 'value';
  return `${/^[aeiou]/.test(word) ? 'an' : 'a'} ${word}`;
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const sectionWords: Readonly<Record<string, string>> = {
  environments: 'the environment',
  templates: 'the template',
  workloads: 'the workload',
  sources: 'the source',
  approved: 'the approved difference',
};

function entryWords(section: string, name: string): string | undefined {
  const word = sectionWords[section];
  return word && `${word} "${name}"`;
}

function placeOf(context: Explaining, path: readonly string[]): Place | undefined {
  return context.placeOf(path);
}

/** The value at a path; undefined where there is none. */
export function valueAt(root: Json, path: readonly string[]): Json | undefined {
  let value: Json | undefined = root;
  for (const token of path) {
    if (isJsonArray(value)) value = value[Number(token)];
    else if (isJsonObject(value) && Object.hasOwn(value, token)) value = value[token];
    else return undefined;
  }
  return value;
}
