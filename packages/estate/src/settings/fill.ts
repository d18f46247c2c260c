import {
  failed,
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
  listNames,
  ok,
  type Place,
  type Problem,
  problem,
  type Result,
  suggest,
} from '@leeway/core';
import { setOwn } from '@leeway/formats';
import type { Environment } from '../estate.ts';

/** `{{name}}` is `{name}` written out; `{name}` is a parameter. Globs such as `{a,b}` are neither. */
const placeholder = /\{\{([A-Za-z][\w-]*)\}\}|\{([A-Za-z][\w-]*)\}/g;
const wholePlaceholder = /^\{([A-Za-z][\w-]*)\}$/;

/** Parameters every environment has, by the name of its dimension. */
export const builtInParameters = [
  'environment',
  'stage',
  'region',
  'businessUnit',
  'tenant',
  'tier',
  'compliance',
] as const;

/** What `{name}` may stand for in an environment: its name, its dimensions and its parameters. */
export function parametersOf(environment: Environment): JsonObject {
  const { compliance, ...dimensions } = environment.dimensions;
  return {
    environment: environment.name,
    ...(dimensions as JsonObject),
    ...(compliance && { compliance }),
    ...environment.parameters,
  };
}

/**
 * Settings of a source with the parameters of an environment filled in. A text that is nothing but `{name}` keeps the
 * parameter's type; inside a longer text it becomes text. Problems: LW1012 (unknown parameter), LW1024, at `place`.
 */
export function fillSettings(settings: Json, environment: Environment, place?: Place): Result<Json> {
  const where = `in the environment ${environment.name}`;
  const problems: Problem[] = [];
  const value = fillValue(settings, parametersOf(environment), (found) => problems.push(found(where, place)));
  return problems.length ? failed(...problems) : ok(value);
}

/** A problem of one placeholder, to be placed by who knows where it stands. */
export type PlaceholderFault = (where: string, place: Place | undefined) => Problem;

/** Fills every text of a value; faulty placeholders are reported and left as they are. */
export function fillValue(value: Json, parameters: JsonObject, report: (fault: PlaceholderFault) => void): Json {
  if (typeof value === 'string') return fillText(value, parameters, report);
  if (isJsonArray(value)) return value.map((item) => fillValue(item, parameters, report));
  if (!isJsonObject(value)) return value;
  const filled: Record<string, Json> = {};
  for (const [key, item] of Object.entries(value)) setOwn(filled, key, fillValue(item, parameters, report));
  return filled;
}

function fillText(text: string, parameters: JsonObject, report: (fault: PlaceholderFault) => void): Json {
  const whole = wholePlaceholder.exec(text)?.[1];
  if (whole !== undefined && Object.hasOwn(parameters, whole)) return parameters[whole] ?? null;
  return text.replace(placeholder, (written, literal: string | undefined, name: string) => {
    if (literal !== undefined) return `{${literal}}`;
    const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    if (value === undefined) {
      report(unknownParameter(name, Object.keys(parameters)));
      return written;
    }
    if (typeof value !== 'object') return String(value);
    report((_where, place) =>
      problem('LW1024', { parameter: name, found: value === null ? 'empty' : 'a list or map' }, place),
    );
    return written;
  });
}

function unknownParameter(parameter: string, known: readonly string[]): PlaceholderFault {
  return (where, place) =>
    problem('LW1012', { parameter, where, nearest: suggest(parameter, known), allowed: listNames(known) }, place);
}
