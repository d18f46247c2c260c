import type { JsonObject, Plane, Problem } from '@leeway/core';
import { z } from 'zod';
import { type Environment, planes, type Source } from '../estate.ts';
import { fillSettings } from '../settings/fill.ts';
import { explainIssues } from './explain.ts';
import type { LoadedSource } from './sources.ts';

/** Environments each plane is tried for: settings differ by parameters only, and a scan checks every one anyway. */
const mostTried = 20;

/** The schema of a connector's settings; undefined where there is no such connector. */
export type SettingsOf = (connector: string) => Promise<z.ZodType | undefined>;

/** A connector's schema, and the same as JSON Schema for words about it. */
interface SettingsSchema {
  readonly settings: z.ZodType;
  readonly description: JsonObject;
}

/** Checks the settings of every source, filled in, against the schema of its connector. */
export async function checkSettings(
  sources: readonly LoadedSource[],
  environments: readonly Environment[],
  settingsOf: SettingsOf,
  report: (found: Problem) => void,
): Promise<void> {
  const byName = new Map(environments.map((environment) => [environment.name, environment]));
  const schemas = new Map<string, SettingsSchema | undefined>();
  for (const [loaded, plane, id] of sources.flatMap(planesOf)) {
    if (!schemas.has(id)) schemas.set(id, await describeSettings(id, settingsOf));
    const schema = schemas.get(id);
    const tried = loaded.source.environments.slice(0, mostTried).flatMap((name) => byName.get(name) ?? []);
    for (const found of schema ? explainPlane(loaded, plane, schema, tried) : []) report(found);
  }
}

function planesOf(loaded: LoadedSource): readonly (readonly [LoadedSource, Plane, string])[] {
  return planes.flatMap((plane) => {
    const id = loaded.source[plane]?.connector;
    return id === undefined ? [] : [[loaded, plane, id] as const];
  });
}

async function describeSettings(connector: string, settingsOf: SettingsOf): Promise<SettingsSchema | undefined> {
  const settings = await settingsOf(connector);
  if (!settings) return undefined;
  const description = z.toJSONSchema(settings, { io: 'input', unrepresentable: 'any' }) as JsonObject;
  return { settings, description };
}

/** What is wrong with a plane in the first environment where something is: the same mistake is told once. */
function explainPlane(
  { source, placeOf }: LoadedSource,
  plane: Plane,
  { settings, description }: SettingsSchema,
  environments: readonly Environment[],
): readonly Problem[] {
  const written = source[plane] as NonNullable<Source[Plane]>;
  for (const environment of environments) {
    const filled = fillSettings(written.settings, environment);
    const parsed = filled.ok ? settings.safeParse(filled.value) : undefined;
    if (!filled.ok || !parsed || parsed.success) continue;
    const { issues } = parsed.error;
    // A misspelt field is also a field that is missing: the rules over fields speak once the names are right.
    const isMisspelt = issues.some(({ code }) => code === 'unrecognized_keys');
    return explainIssues(isMisspelt ? issues.filter(({ code }) => code !== 'custom') : issues, {
      value: filled.value,
      schema: description,
      placeOf: (path) => placeOf(plane, ...path),
      prefix: ['sources', source.id, plane],
      connector: written.connector,
    });
  }
  return [];
}
