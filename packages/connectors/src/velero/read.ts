import {
  type CheckLine,
  cancelled,
  checkShape,
  listFiles,
  type ReadContext,
  type Reading,
  readYamlFile,
} from '@leeway/connector-kit';
import {
  failed,
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
  ok,
  type Problem,
  problem,
  type Resource,
  type Result,
} from '@leeway/core';
import { z } from 'zod';
import { veleroKinds } from './kinds.ts';
import type { VeleroSettings } from './settings.ts';

const Fields = z.record(z.string(), z.json());

/** What velero.io/v1 objects have in common: Velero's API types. */
const VeleroObject = z.looseObject({
  kind: z.string(),
  metadata: z.looseObject({ name: z.string().min(1), labels: z.record(z.string(), z.string()).nullish() }),
  spec: Fields.default({}),
  status: Fields.nullish(),
});
type VeleroObject = z.infer<typeof VeleroObject>;

interface Found {
  readonly objects: readonly (VeleroObject & { readonly path: string })[];
  readonly problems: readonly Problem[];
}

/** Reads schedules with what became of their backups, and storage locations. */
export async function* readVelero(settings: VeleroSettings, context: ReadContext): AsyncIterable<Reading> {
  const { objects, problems } = await findObjects(settings, context);
  const backups = Map.groupBy(
    objects.filter(({ kind }) => kind === 'Backup'),
    ({ metadata }) => metadata.labels?.['velero.io/schedule-name'] ?? '',
  );
  for (const object of objects) {
    const resource = toResource(object, backups.get(object.metadata.name) ?? []);
    if (resource) yield { type: 'resource', resource };
  }
  for (const each of problems) yield { type: 'notice', problem: each };
  if (problems.length === 0) for (const { name: kind } of veleroKinds) yield { type: 'complete', kind };
}

export async function checkVelero(settings: VeleroSettings, context: ReadContext): Promise<readonly CheckLine[]> {
  const { objects, problems } = await findObjects(settings, context);
  if (problems.length === 0) return [{ what: `${objects.length} objects of Velero`, ok: true }];
  return problems.map((each) => ({ what: each.place?.file ?? 'files', ok: false, problem: each }));
}

async function findObjects({ files }: VeleroSettings, context: ReadContext): Promise<Found> {
  const paths = await listFiles(context.files, [files].flat());
  if (!paths.ok) return { objects: [], problems: paths.problems };
  const objects: Found['objects'][number][] = [];
  const problems: Problem[] = [];
  for (const path of paths.value) {
    const stop = cancelled(context.signal, 'Velero');
    if (stop) return { objects, problems: [...problems, stop] };
    const found = await readFile(path, context);
    if (found.ok) objects.push(...found.value.map((object) => ({ ...object, path })));
    else problems.push(...found.problems);
  }
  return { objects, problems };
}

async function readFile(path: string, context: ReadContext): Promise<Result<readonly VeleroObject[]>> {
  const documents = await readYamlFile(context.files, path, { version: '1.1' });
  if (!documents.ok) return documents;
  const objects: VeleroObject[] = [];
  const problems: Problem[] = [];
  for (const document of documents.value) {
    if (!isJsonObject(document.value) || typeof document.value['kind'] !== 'string') {
      problems.push(
        problem('LW2009', { what: 'A document without "kind"', expected: 'objects of Kubernetes' }, { file: path }),
      );
      continue;
    }
    for (const part of partsOf(document.value, '')) {
      const object = checkShape(VeleroObject, document, path, part);
      if (object.ok) objects.push(object.value);
      else problems.push(...object.problems);
    }
  }
  return problems.length > 0 ? failed(...problems) : ok(objects);
}

/** Objects of velero.io, alone or in a list; others are none of ours. */
function partsOf(value: Json, pointer: string): readonly { readonly value: Json; readonly pointer: string }[] {
  if (!isJsonObject(value)) return [];
  const { items, apiVersion } = value;
  if (isJsonArray(items)) return items.flatMap((item, index) => partsOf(item, `${pointer}/items/${index}`));
  return typeof apiVersion === 'string' && apiVersion.startsWith('velero.io/') ? [{ value, pointer }] : [];
}

function toResource(
  object: VeleroObject & { readonly path: string },
  backups: readonly VeleroObject[],
): Resource | undefined {
  const { kind, metadata, spec, status, path } = object;
  const phase = typeof status?.['phase'] === 'string' ? { phase: status['phase'] } : {};
  const named = { key: metadata.name, origin: { place: path } };
  if (kind === 'Schedule') {
    return {
      ...named,
      kind: 'velero.schedule',
      attributes: { ...spec, ...phase, ...backupFacts(status ?? {}, backups) },
    };
  }
  if (kind !== 'BackupStorageLocation') return undefined;
  // The credential is a reference to a Secret, never the secret itself.
  return { ...named, kind: 'velero.storage-location', attributes: { ...spec, ...phase } };
}

function backupFacts(status: JsonObject, backups: readonly VeleroObject[]): JsonObject {
  const ended = (wanted: string) =>
    backups.flatMap(({ status: own }) => {
      const at = own?.['completionTimestamp'];
      return own?.['phase'] === wanted && typeof at === 'string' ? [at] : [];
    });
  const lastSuccess = ended('Completed').sort().at(-1);
  const { lastBackup } = status;
  return {
    ...(lastBackup !== undefined && { lastBackup }),
    ...(lastSuccess && { lastSuccess }),
    ...(backups.length > 0 && {
      kept: ended('Completed').length,
      failed: ended('Failed').length + ended('PartiallyFailed').length,
    }),
  };
}
