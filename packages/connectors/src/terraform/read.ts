import type { CheckLine, ReadContext, Reading } from '@leeway/connector-kit';
import { cancelled, listFiles, readJsonFile } from '@leeway/connector-kit';
import { parseKeyPattern } from '@leeway/connector-kit/key-pattern.ts';
import { failed, ok, type Problem, problem, type Resource, type Result } from '@leeway/core';
import { type AuditTrail, findLastChange, readAuditTrail } from './audit.ts';
import type { Instance } from './instance.ts';
import { parseInstances, type Wanted } from './parse.ts';
import type { TerraformSettings } from './settings.ts';

/** States of large estates are large: up to 512 MiB are read. */
const fileLimit = 512 * 2 ** 20;

/** What a problem with the audit trail leaves unchecked. */
const auditKind = 'cloudtrail.event';

/** Reads every state or plan the settings name. Absence means absent only when each of them could be read. */
export async function* readTerraform(settings: TerraformSettings, context: ReadContext): AsyncIterable<Reading> {
  const paths = await listFiles(context.files, globsOf(settings));
  if (!paths.ok) return yield* notices(paths.problems);
  const trail = await readAuditTrail([settings.audit ?? []].flat(), context);
  // Without it only names are missing: the resources themselves are checked all the same.
  if (!trail.ok) yield* notices(trail.problems, auditKind);
  let sound = true;
  for (const path of paths.value) {
    const stop = cancelled(context.signal, 'Terraform files');
    if (stop) return yield { type: 'notice', problem: stop };
    const found = await readFile(path, settings, context);
    if (!found.ok) {
      sound = false;
      yield* notices(found.problems);
      continue;
    }
    for (const resource of found.value)
      yield { type: 'resource', resource: trail.ok ? attribute(resource, trail.value) : resource };
  }
  if (sound) yield { type: 'complete', kind: '*' };
}

/** One line a file: whether it can be read as what the settings say it is. */
export async function checkTerraform(settings: TerraformSettings, context: ReadContext): Promise<readonly CheckLine[]> {
  const paths = await listFiles(context.files, globsOf(settings));
  if (!paths.ok)
    return paths.problems.map((found) => ({ what: globsOf(settings).join(', '), ok: false, problem: found }));
  const lines: CheckLine[] = [];
  for (const path of paths.value) {
    const found = await readFile(path, settings, context);
    const [fault] = found.ok ? [] : found.problems;
    lines.push({ what: path, ok: found.ok, ...(fault && { problem: fault }) });
  }
  return lines;
}

function globsOf({ state, plan }: TerraformSettings): readonly string[] {
  return [state ?? plan ?? []].flat();
}

function notices(problems: readonly Problem[], kind?: string): readonly Reading[] {
  return problems.map((found) => ({ type: 'notice', problem: found, ...(kind && { kind }) }));
}

function attribute(resource: Resource, trail: AuditTrail): Resource {
  return { ...resource, origin: { ...resource.origin, ...findLastChange(trail, resource.attributes) } };
}

async function readFile(
  path: string,
  settings: TerraformSettings,
  context: ReadContext,
): Promise<Result<readonly Resource[]>> {
  const prefix = stackPrefix(path, settings.stack);
  if (!prefix.ok) return prefix;
  const document = await readJsonFile(context.files, path, fileLimit);
  if (!document.ok) return document;
  const wanted: Wanted =
    settings.plan === undefined ? { form: 'state' } : { form: 'plan', side: settings.side ?? 'planned' };
  const instances = parseInstances(document.value, path, wanted, context.seal);
  if (!instances.ok) return instances;
  return ok(instances.value.flatMap((instance) => toResource(instance, prefix.value, settings.module, path)));
}

/** `network/` for the stack a path names; nothing without a pattern. */
function stackPrefix(path: string, pattern: string | undefined): Result<string> {
  if (pattern === undefined) return ok('');
  const stack = parseKeyPattern(pattern)?.keyOf(path);
  if (stack !== undefined) return ok(`${stack}/`);
  return failed(
    problem('LW2009', { what: `The path ${path}`, expected: `a path that fits ${pattern}` }, { file: path }),
  );
}

function toResource(
  { address, type, attributes }: Instance,
  prefix: string,
  module: string | undefined,
  file: string,
): readonly Resource[] {
  const inside = module === undefined ? '' : `${module}.`;
  if (!address.startsWith(inside)) return [];
  const { arn, id } = attributes;
  const name = [arn, id].find((candidate) => typeof candidate === 'string');
  return [
    {
      kind: type,
      key: prefix + address.slice(inside.length),
      attributes,
      origin: { place: file, ...(typeof name === 'string' && { id: name }) },
    },
  ];
}
