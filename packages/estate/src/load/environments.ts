import { formatPlace, type JsonObject, type Problem, problem } from '@leeway/core';
import type { Dimensions, Environment } from '../estate.ts';
import type { EnvironmentEntry } from '../schema/environment.ts';
import { listOf } from '../schema/values.ts';
import { builtInParameters } from '../settings/fill.ts';
import { type Entry, entriesOf, namesOf, plainPlace } from './entries.ts';
import type { LoadedFile } from './files.ts';
import { checkMirrors } from './mirrors.ts';
import { type Draft, expandTemplate } from './templates.ts';
import { defaultCriticality, defaultTokens } from './tokens.ts';

export interface LoadedEnvironments {
  readonly environments: readonly Environment[];
  /** Names of all environments, also of those that are not sound. */
  readonly names: ReadonlySet<string>;
  /** False when a template is not sound: then a name that is not known may be one it would have made. */
  readonly isComplete: boolean;
}

/** Environments written out and generated, with everything by default filled in and references resolved. */
export function loadEnvironments(files: readonly LoadedFile[], report: (found: Problem) => void): LoadedEnvironments {
  const written = entriesOf(files, 'environments', report);
  const templates = entriesOf(files, 'templates', report);
  const drafts = new Map<string, Draft>();
  let faults = 0;
  const reportFault = (found: Problem) => {
    faults++;
    report(found);
  };
  for (const draft of templates.flatMap((template) => expandTemplate(template, reportFault))) {
    const earlier = drafts.get(draft.name);
    if (!earlier) drafts.set(draft.name, draft);
    else report(twice(draft, formatPlace(plainPlace(earlier.placeOf()))));
  }
  for (const entry of written) drafts.set(entry.name, refine(drafts.get(entry.name), entry));
  const names = new Set([...drafts.keys(), ...namesOf(files, 'environments')]);
  const areTemplatesSound = faults === 0 && templates.length === new Set(namesOf(files, 'templates')).size;
  const isComplete = areTemplatesSound && files.every((file) => file.isWhole);
  const environments = [...drafts.values()].flatMap((draft) => completeDraft(draft, isComplete, report) ?? []);
  if (names.size === 0 && isComplete)
    report(problem('LW1017', { what: 'The estate has no environments' }, { file: files[0]?.file ?? '' }));
  checkMirrors(environments, { names, isComplete }, drafts, report);
  return { environments, names, isComplete };
}

function twice(draft: Draft, first: string): Problem {
  return problem('LW1007', { kind: 'environment', name: draft.name, first }, draft.placeOf('name'));
}

/** What is written out wins over what a template made, field by field. */
function refine(draft: Draft | undefined, entry: Entry<EnvironmentEntry>): Draft {
  if (!draft) return { name: entry.name, entry: entry.value, placeOf: entry.placeOf, isGenerated: false };
  const merged: EnvironmentEntry = {
    ...draft.entry,
    ...entry.value,
    parameters: { ...draft.entry.parameters, ...entry.value.parameters },
    tokens: { ...draft.entry.tokens, ...entry.value.tokens },
  };
  return { name: entry.name, entry: merged, placeOf: entry.placeOf, isGenerated: entry.value.mirrors === undefined };
}

function completeDraft(draft: Draft, isComplete: boolean, report: (found: Problem) => void): Environment | undefined {
  const { entry, name, placeOf } = draft;
  for (const parameter of builtInParameters) {
    if (entry.parameters && Object.hasOwn(entry.parameters, parameter)) {
      const rule = `It is already the environment's own ${parameter}; choose another name.`;
      report(problem('LW1015', { name: parameter, parent: 'a parameter', rule }, placeOf('parameters', parameter)));
    }
  }
  if (!entry.stage) {
    const description = `It says where the environment stands on the way to production. For example stage: ${suggestStage(name)}`;
    const found = problem('LW1005', { field: 'stage', parent: `The environment "${name}"`, description }, placeOf());
    // A template that is not sound may have been meant to give it one.
    if (isComplete) report(found);
    return undefined;
  }
  const dimensions = dimensionsOf(entry, entry.stage);
  const tokens = Object.entries(entry.tokens ?? {}).map(([neutral, texts]) => [neutral, listOf(texts)] as const);
  const mirrors = entry.mirrors === name && draft.isGenerated ? undefined : entry.mirrors;
  return {
    name,
    dimensions,
    ...(mirrors && { mirrors }),
    parameters: (entry.parameters ?? {}) as JsonObject,
    tokens: { ...defaultTokens(name, dimensions), ...Object.fromEntries(tokens) },
    criticality: entry.criticality ?? defaultCriticality(entry.stage),
    place: placeOf(),
  };
}

function suggestStage(name: string): string {
  const stages = ['production', 'staging', 'acceptance', 'test', 'development'];
  return stages.find((stage) => name.includes(stage)) ?? 'staging';
}

function dimensionsOf(entry: EnvironmentEntry, stage: string): Dimensions {
  const { region, businessUnit, tenant, tier, compliance } = entry;
  return {
    stage,
    ...(region && { region }),
    ...(businessUnit && { businessUnit }),
    ...(tenant && { tenant }),
    ...(tier && { tier }),
    ...(compliance && { compliance: listOf(compliance) }),
  };
}
