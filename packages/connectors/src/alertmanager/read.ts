import {
  authorizationOf,
  type CheckLine,
  cancelled,
  checkShape,
  listFiles,
  parseShape,
  type ReadContext,
  type Reading,
  readYamlFile,
  requestShape,
} from '@leeway/connector-kit';
import { failed, type Json, ok, type Problem, problem, type Resource, type Result } from '@leeway/core';
import { parseYaml } from '@leeway/formats';
import { alertmanagerKinds } from './kinds.ts';
import { toResources, toSilences } from './resources.ts';
import { Configuration, Silences, Status } from './schema.ts';
import type { AlertmanagerSettings } from './settings.ts';

const system = 'Alertmanager';
const silence = 'alertmanager.silence';
const configured = alertmanagerKinds.map(({ name }) => name).filter((name) => name !== silence);

/** Reads the configuration from files or from a server, and the silences of a server. */
export async function* readAlertmanager(settings: AlertmanagerSettings, context: ReadContext): AsyncIterable<Reading> {
  const found =
    settings.url === undefined ? await findInFiles(settings, context) : await askConfiguration(settings, context);
  // A configuration is one whole: what is wrong with it spoils all of its kinds.
  if (!found.ok) return yield* found.problems.map((each): Reading => ({ type: 'notice', problem: each }));
  for (const resource of found.value) yield { type: 'resource', resource };
  for (const kind of configured) yield { type: 'complete', kind };
  if (settings.url === undefined || !settings.silences) return;
  const silences = await ask(settings, context, 'silences', 'the silences', Silences);
  if (!silences.ok)
    return yield* silences.problems.map((each): Reading => ({ type: 'notice', problem: each, kind: silence }));
  for (const resource of toSilences(silences.value, settings.url)) yield { type: 'resource', resource };
  yield { type: 'complete', kind: silence };
}

export async function checkAlertmanager(
  settings: AlertmanagerSettings,
  context: ReadContext,
): Promise<readonly CheckLine[]> {
  const lines: CheckLine[] = [];
  for await (const reading of readAlertmanager(settings, context)) {
    if (reading.type === 'complete') lines.push({ what: reading.kind, ok: true });
    if (reading.type === 'notice')
      lines.push({ what: reading.kind ?? 'the configuration', ok: false, problem: reading.problem });
  }
  return lines;
}

async function findInFiles(
  { files = [] }: AlertmanagerSettings,
  context: ReadContext,
): Promise<Result<readonly Resource[]>> {
  const paths = await listFiles(context.files, [files].flat());
  if (!paths.ok) return paths;
  const resources: Resource[] = [];
  const problems: Problem[] = [];
  for (const path of paths.value) {
    const stop = cancelled(context.signal, system);
    if (stop) return failed(stop);
    const read = await readFile(path, context);
    if (read.ok) resources.push(...read.value);
    else problems.push(...read.problems);
  }
  return problems.length > 0 ? failed(...problems) : ok(resources);
}

async function readFile(path: string, { files, seal }: ReadContext): Promise<Result<readonly Resource[]>> {
  const documents = await readYamlFile(files, path, { version: '1.1' });
  if (!documents.ok) return documents;
  const [document] = documents.value;
  if (!document)
    return failed(problem('LW2009', { what: 'An empty file', expected: 'a configuration' }, { file: path }));
  const configuration = checkShape(Configuration, document, path);
  return configuration.ok ? ok(toResources(configuration.value, path, seal)) : configuration;
}

async function askConfiguration(
  settings: AlertmanagerSettings,
  context: ReadContext,
): Promise<Result<readonly Resource[]>> {
  const what = 'its configuration';
  const status = await ask(settings, context, 'status', what, Status);
  if (!status.ok) return status;
  const parsed = parseYaml(status.value.config.original, what, { version: '1.1' });
  const document: Json | undefined = parsed.ok ? parsed.value[0]?.value : undefined;
  if (document === undefined) return failed(problem('LW3006', { system, what, reason: 'it is not valid YAML' }));
  const configuration = parseShape(Configuration, document, { system, what });
  return configuration.ok ? ok(toResources(configuration.value, settings.url ?? '', context.seal)) : configuration;
}

async function ask<Schema extends Parameters<typeof requestShape>[2]>(
  settings: AlertmanagerSettings,
  context: ReadContext,
  path: string,
  what: string,
  schema: Schema,
) {
  const headers = authorizationOf(context, settings, system);
  if (!headers.ok) return headers;
  const url = `${(settings.url ?? '').replace(/\/+$/, '')}/api/v2/${path}`;
  const request = { url, system, what, permission: `GET /api/v2/${path}`, init: { headers: headers.value } };
  return requestShape(context, request, schema);
}
