import {
  type CheckLine,
  cancelled,
  checkShape,
  listFiles,
  type ReadContext,
  type Reading,
  readJsonFile,
} from '@leeway/connector-kit';
import {
  formatPlace,
  isJsonObject,
  type Json,
  type JsonObject,
  type Problem,
  type Resource,
  type Result,
} from '@leeway/core';
import type { ParsedDocument } from '@leeway/formats';
import { z } from 'zod';
import { system } from './api.ts';
import { type ElementReader, elementReaders, ownComponents } from './definitions.ts';
import type { KindName } from './kinds.ts';
import type { RabbitmqSettings } from './settings.ts';

/** An element of a definitions file, with its pointer. */
interface Element {
  readonly value: Json;
  readonly pointer: string;
}

const List = z.array(z.record(z.string(), z.json()));

/** The lists of a definitions file. A file of one virtual host has fewer: what it does not speak of is not compared. */
const DefinitionsFile = z
  .looseObject({
    users: List.optional(),
    vhosts: List.optional(),
    permissions: List.optional(),
    topic_permissions: List.optional(),
    parameters: List.optional(),
    global_parameters: List.optional(),
    policies: List.optional(),
    queues: List.optional(),
    exchanges: List.optional(),
    bindings: List.optional(),
  })
  .refine((file) => 'queues' in file || 'vhosts' in file || 'policies' in file || 'users' in file, {
    error: 'definitions of RabbitMQ ("vhosts", "queues", "policies" …)',
  });

const Parameters = z.array(z.object({ component: z.string(), name: z.string(), vhost: z.string(), value: z.json() }));

/** What files gave: resources, and the kinds at least one of them speaks of. */
interface Found {
  readonly resources: readonly Resource[];
  readonly kinds: ReadonlySet<KindName>;
  readonly problems: readonly Problem[];
}

/** Reads definitions files. Whatever one of them speaks of counts as declared in full, unless a file could not be read. */
export async function* readFiles(settings: RabbitmqSettings, context: ReadContext): AsyncIterable<Reading> {
  const { resources, kinds, problems } = await findInFiles(settings, context);
  for (const resource of resources) yield { type: 'resource', resource };
  for (const problem of problems) yield { type: 'notice', problem };
  if (problems.length === 0) for (const kind of kinds) yield { type: 'complete', kind };
}

export async function checkFiles(settings: RabbitmqSettings, context: ReadContext): Promise<readonly CheckLine[]> {
  const { problems, resources } = await findInFiles(settings, context);
  if (problems.length === 0) return [{ what: `${resources.length} definitions`, ok: true }];
  return problems.map((found) => ({ what: found.place?.file ?? 'files', ok: false, problem: found }));
}

async function findInFiles(settings: RabbitmqSettings, context: ReadContext): Promise<Found> {
  const paths = await listFiles(context.files, [settings.files ?? []].flat());
  if (!paths.ok) return { resources: [], kinds: new Set(), problems: paths.problems };
  const readers = elementReaders(settings).filter(({ kind }) => settings.kinds?.includes(kind) ?? true);
  const found = { resources: [] as Resource[], kinds: new Set<KindName>(), problems: [] as Problem[] };
  for (const path of paths.value) {
    const stop = cancelled(context.signal, system);
    if (stop) return { ...found, problems: [...found.problems, stop] };
    await readFile(path, readers, context, found);
  }
  return found;
}

async function readFile(
  path: string,
  readers: readonly ElementReader[],
  context: ReadContext,
  found: { readonly resources: Resource[]; readonly kinds: Set<KindName>; readonly problems: Problem[] },
): Promise<void> {
  const document = await readJsonFile(context.files, path);
  const lists = document.ok ? listsOf(document.value, path) : document;
  if (!document.ok || !lists.ok) {
    found.problems.push(...(lists.ok ? [] : lists.problems));
    return;
  }
  for (const reader of readers) {
    const elements = lists.value.get(reader.list);
    if (!elements) continue;
    found.kinds.add(reader.kind);
    readElements(elements, reader, { document: document.value, path }, found);
  }
}

function readElements(
  elements: readonly Element[],
  { schema }: ElementReader,
  { document, path }: { readonly document: ParsedDocument; readonly path: string },
  found: { readonly resources: Resource[]; readonly problems: Problem[] },
): void {
  for (const element of elements) {
    const read = checkShape(schema, document, path, element);
    if (!read.ok) found.problems.push(...read.problems);
    else if (read.value) {
      const place = formatPlace({ file: path, ...document.placeOf(element.pointer) });
      found.resources.push({ ...read.value, origin: { place } });
    }
  }
}

/** The lists of a file by the names that {@link ElementReader.list} uses: limits and operator policies stand among others. */
function listsOf(document: ParsedDocument, path: string): Result<ReadonlyMap<string, readonly Element[]>> {
  const file = checkShape(DefinitionsFile, document, path);
  if (!file.ok) return file;
  const lists = new Map<string, readonly Element[]>();
  for (const [name, list] of Object.entries(file.value)) {
    if (!Array.isArray(list)) continue;
    const elements = list.map((value: Json, index) => ({ value, pointer: `/${name}/${index}` }));
    lists.set(name, elements);
  }
  const parameters = Parameters.safeParse(file.value.parameters);
  if (parameters.success) addParameters(parameters.data, lists);
  addUserLimits(file.value.users ?? [], lists);
  return { ok: true, value: lists };
}

function addParameters(parameters: z.infer<typeof Parameters>, lists: Map<string, readonly Element[]>): void {
  const elementsOf = (component: string, shape: (vhost: string, name: string, value: Json) => Json) =>
    parameters.flatMap((each, index) =>
      each.component === component
        ? [{ value: shape(each.vhost, each.name, each.value), pointer: `/parameters/${index}` }]
        : [],
    );
  const policy = (vhost: string, name: string, value: Json) => ({ ...(isJsonObject(value) ? value : {}), vhost, name });
  lists.set('operator_policies', elementsOf(ownComponents.operatorPolicy, policy));
  lists.set(
    'vhost_limits',
    elementsOf(ownComponents.vhostLimits, (vhost, _, value) => ({ vhost, value })),
  );
}

/** Brokers before 3.10 export no limits: silence about them is no statement. */
function addUserLimits(users: readonly JsonObject[], lists: Map<string, readonly Element[]>): void {
  if (users.length === 0 || !users.every((user) => 'limits' in user)) return;
  const element = (user: JsonObject, index: number) => ({
    value: { user: user['name'] ?? '', value: user['limits'] ?? {} },
    pointer: `/users/${index}`,
  });
  lists.set('user_limits', users.map(element));
}
