import {
  type CheckLine,
  cancelled,
  checkShape,
  listFiles,
  type ReadContext,
  type Reading,
  readYamlFile,
} from '@leeway/connector-kit';
import { formatPlace, ok, type Problem, type Resource, type Result } from '@leeway/core';
import type { ParsedDocument } from '@leeway/formats';
import { z } from 'zod';
import { system } from './connect.ts';
import type { KafkaSettings } from './settings.ts';

/** YAML has numbers and switches where the protocol has texts. */
const Config = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.bigint()]).transform(String))
  .nullish()
  .transform((config) => config ?? {});

const Topic = z.looseObject({
  partitions: z.int().positive().optional(),
  replicas: z.int().positive().optional(),
  replicationFactor: z.int().positive().optional(),
  config: Config,
});

/** An object of the Strimzi operator. */
const TopicObject = z.looseObject({
  kind: z.literal('KafkaTopic'),
  metadata: z.looseObject({ name: z.string() }),
  spec: Topic.extend({ topicName: z.string().optional() }),
});

const NamedTopic = Topic.extend({ name: z.string().min(1) });

const TopicFile = z.looseObject({
  topics: z.union([z.array(NamedTopic), z.record(z.string(), Topic.nullable())], {
    error: 'a KafkaTopic object, or topics below "topics"',
  }),
});

interface Found {
  readonly resources: Resource[];
  readonly problems: Problem[];
}

/** Reads topics that files declare: of other kinds files say nothing. */
export async function* readFiles(settings: KafkaSettings, context: ReadContext): AsyncIterable<Reading> {
  const { resources, problems } = await findTopics(settings, context);
  for (const resource of resources) yield { type: 'resource', resource };
  for (const problem of problems) yield { type: 'notice', problem, kind: 'kafka.topic' };
  if (problems.length === 0) yield { type: 'complete', kind: 'kafka.topic' };
}

export async function checkFiles(settings: KafkaSettings, context: ReadContext): Promise<readonly CheckLine[]> {
  const { resources, problems } = await findTopics(settings, context);
  if (problems.length === 0) return [{ what: `${resources.length} topics`, ok: true }];
  return problems.map((found) => ({ what: found.place?.file ?? 'files', ok: false, problem: found }));
}

async function findTopics({ files = [] }: KafkaSettings, context: ReadContext): Promise<Found> {
  const found: Found = { resources: [], problems: [] };
  const paths = await listFiles(context.files, [files].flat());
  if (!paths.ok) return { resources: [], problems: [...paths.problems] };
  for (const path of paths.value) {
    const stop = cancelled(context.signal, system);
    if (stop) return { ...found, problems: [...found.problems, stop] };
    await readFile(path, context, found);
  }
  return found;
}

async function readFile(path: string, context: ReadContext, { resources, problems }: Found): Promise<void> {
  const documents = await readYamlFile(context.files, path);
  if (!documents.ok) problems.push(...documents.problems);
  for (const document of documents.ok ? documents.value : []) {
    const topics = document.value === null ? ok([]) : readDocument(document, path);
    if (topics.ok) resources.push(...topics.value);
    else problems.push(...topics.problems);
  }
}

function readDocument(document: ParsedDocument, path: string): Result<readonly Resource[]> {
  const kind = Reflect.get(Object(document.value), 'kind');
  // A folder of manifests holds others as well.
  if (typeof kind === 'string' && kind !== 'KafkaTopic') return ok([]);
  const placeOf = (pointer: string) => formatPlace({ file: path, ...document.placeOf(pointer) });
  if (kind === 'KafkaTopic') {
    const object = checkShape(TopicObject, document, path);
    if (!object.ok) return object;
    const { metadata, spec } = object.value;
    return ok([topicOf(spec.topicName ?? metadata.name, spec, placeOf('/metadata/name'))]);
  }
  const file = checkShape(TopicFile, document, path);
  if (!file.ok) return file;
  const { topics } = file.value;
  if (Array.isArray(topics))
    return ok(topics.map((topic, index) => topicOf(topic.name, topic, placeOf(`/topics/${index}`))));
  return ok(
    Object.entries(topics).map(([name, topic]) =>
      topicOf(name, topic ?? { config: {} }, placeOf(`/topics/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`)),
    ),
  );
}

function topicOf(
  name: string,
  { partitions, replicas, replicationFactor, config }: z.infer<typeof Topic>,
  place: string,
): Resource {
  const copies = replicas ?? replicationFactor;
  const attributes = {
    ...(partitions !== undefined && { partitions }),
    ...(copies !== undefined && { replicas: copies }),
    config,
  };
  return { kind: 'kafka.topic', key: name, attributes, origin: { place } };
}
