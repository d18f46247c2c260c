import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatProblem, type JsonObject, type Place, severities, verdicts } from '@leeway/core';
import { parseYaml, pointerOf } from '@leeway/formats';
import { z } from 'zod';
import { repositoryRoot } from '../source-files.ts';

/** Files by name, as their system writes them. */
const files = z.record(z.string().min(1), z.string()).refine((found) => Object.keys(found).length > 0, 'name a file');

const text = z.string().trim().min(1);

/** Names of an environment's own, by neutral name: `{ stage: [prod, production] }`. */
const tokens = z.record(text, z.array(text).min(1));

const settings = z.record(z.string(), z.json());

const expectedFinding = z.strictObject({
  verdict: z.enum(verdicts),
  kind: text,
  key: text,
  path: z.string(),
  severity: z.enum(severities).optional(),
});
export type ExpectedFinding = z.infer<typeof expectedFinding>;

const caseFile = z
  .strictObject({
    title: text,
    because: text,
    left: files,
    right: files,
    applied: files.optional(),
    environments: z.strictObject({ left: tokens, right: tokens }).optional(),
    settings: z
      .strictObject({ both: settings, left: settings, right: settings, applied: settings })
      .partial()
      .optional(),
    expect: z.union([z.literal('silent'), z.array(expectedFinding).min(1)], {
      error: 'write "silent", or a list of findings with verdict, kind, key and path',
    }),
  })
  .refine((found) => !found.applied || !found.environments, {
    message: 'belongs to one environment: leave out "environments"',
    path: ['applied'],
  });

/** One feature: two sides and what must be said of them. `packages/core/cases/README.md` describes the file. */
export interface Case extends z.infer<typeof caseFile> {
  /** `kubernetes/applied-deployment-quantities`: the connector's folder and the file's name. */
  readonly name: string;
  readonly connector: string;
}

export const casesFolder = join(repositoryRoot, 'packages/core/cases');

/** Every case whose name contains the text, by name. Throws with file, line and reason where one is written wrongly. */
export function loadCases(containing = ''): readonly Case[] {
  const names = readdirSync(casesFolder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml'))
    .map((path) => path.replaceAll('\\', '/').slice(0, -'.yaml'.length));
  return names
    .filter((name) => name.includes(containing))
    .sort()
    .map((name) => parseCase(name, readFileSync(join(casesFolder, `${name}.yaml`), 'utf8')));
}

/** Reads the text of one case file. Throws an error that names file, line and reason. */
export function parseCase(name: string, content: string): Case {
  const file = `packages/core/cases/${name}.yaml`;
  const [connector, rest] = name.split('/');
  if (!connector || !rest) throw new Error(`${file}: a case lies in the folder of its connector`);
  const parsed = parseYaml(content, file);
  if (!parsed.ok) throw new Error(parsed.problems.map(formatProblem).join('\n'));
  const [document, second] = parsed.value;
  if (!document || second) throw new Error(`${file}: one case a file`);
  const checked = caseFile.safeParse(document.value);
  if (checked.success) return { name, connector, ...checked.data };
  const lines = checked.error.issues.map((issue) => {
    const path = issue.path.map(String);
    const place: Place | undefined = document.placeOf(pointerOf(path));
    return `${file}:${place?.line ?? 1}: ${path.join('.') || 'the case'}: ${issue.message}`;
  });
  throw new Error(lines.join('\n'));
}

/** Settings of one side beside those its files tell. */
export function settingsOf({ settings: given }: Case, side: 'left' | 'right' | 'applied'): JsonObject {
  return { ...given?.both, ...given?.[side] } as JsonObject;
}
