import { posix } from 'node:path';
import {
  type CheckLine,
  cancelled,
  checkShape,
  listFiles,
  type ReadContext,
  type Reading,
  readJsonFile,
  readText,
} from '@leeway/connector-kit';
import {
  failed,
  formatPlace,
  isJsonObject,
  type Json,
  ok,
  type Problem,
  problem,
  type Resource,
  type Result,
} from '@leeway/core';
import { z } from 'zod';
import { parseNatsConf } from './conf.ts';
import { system } from './connect.ts';
import { attributesOfConf } from './server-attributes.ts';
import type { NatsSettings } from './settings.ts';
import { StreamInfo, streamResource } from './streams.ts';
import { usersOfConf } from './users.ts';

const deepestInclude = 8;

/** Reads configuration files and files of streams; each kind is complete when all of its files were read. */
export async function* readFiles(settings: NatsSettings, context: ReadContext): AsyncIterable<Reading> {
  const { files, streams } = settings;
  if (files !== undefined) {
    yield* readingsOf(await readConfiguration([files].flat(), settings.name, context), ['nats.server', 'nats.user']);
  }
  if (streams !== undefined) yield* readingsOf(await readStreams([streams].flat(), context), ['nats.stream']);
}

export async function checkFiles(settings: NatsSettings, context: ReadContext): Promise<readonly CheckLine[]> {
  const lines: CheckLine[] = [];
  for await (const reading of readFiles(settings, context)) {
    if (reading.type === 'complete') lines.push({ what: reading.kind, ok: true });
    if (reading.type === 'notice') {
      lines.push({ what: reading.problem.place?.file ?? 'files', ok: false, problem: reading.problem });
    }
  }
  return lines;
}

function* readingsOf(found: Result<readonly Resource[]>, kinds: readonly string[]): Iterable<Reading> {
  if (!found.ok) {
    for (const kind of kinds) for (const problem of found.problems) yield { type: 'notice', problem, kind };
    return;
  }
  for (const resource of found.value) yield { type: 'resource', resource };
  for (const kind of kinds) yield { type: 'complete', kind };
}

/** One server, whichever files its configuration is spread over: later ones win, as on its command line. */
async function readConfiguration(
  globs: readonly string[],
  name: string,
  context: ReadContext,
): Promise<Result<readonly Resource[]>> {
  const paths = await listFiles(context.files, globs);
  if (!paths.ok) return paths;
  let conf: Readonly<Record<string, Json>> = {};
  const problems: Problem[] = [];
  for (const path of paths.value) {
    const read = await readConf(path, 0, context);
    if (!read.ok) problems.push(...read.problems);
    else if (isJsonObject(read.value)) conf = { ...conf, ...read.value };
  }
  if (problems.length > 0) return failed(...problems);
  const place = formatPlace({ file: paths.value[0] ?? '' });
  const server: Resource = { kind: 'nats.server', key: name, attributes: attributesOfConf(conf), origin: { place } };
  return ok([server, ...usersOfConf(conf).map((user) => ({ ...user, origin: { place } }))]);
}

async function readConf(path: string, depth: number, context: ReadContext): Promise<Result<Json>> {
  const stop = cancelled(context.signal, system);
  if (stop) return failed(stop);
  if (depth > deepestInclude) return failed(problem('LW2007', { limit: deepestInclude }, { file: path }));
  const text = await readText(context.files, path);
  if (!text.ok) return text;
  return parseNatsConf(text.value, {
    file: path,
    include: (included) => readConf(posix.join(posix.dirname(path), included), depth + 1, context),
    variable: context.variable,
  });
}

/** A stream as `nats stream info --json` writes it, or its configuration alone (`nats stream add --config`). */
const StreamFile = z.union([
  StreamInfo,
  z
    .record(z.string(), z.json())
    .and(z.looseObject({ name: z.string().min(1) }))
    .transform((config) => ({ config })),
]);

async function readStreams(globs: readonly string[], context: ReadContext): Promise<Result<readonly Resource[]>> {
  const paths = await listFiles(context.files, globs);
  if (!paths.ok) return paths;
  const found: Resource[] = [];
  const problems: Problem[] = [];
  for (const path of paths.value) {
    const stop = cancelled(context.signal, system);
    if (stop) return failed(stop);
    const document = await readJsonFile(context.files, path);
    const stream = document.ok ? checkShape(StreamFile, document.value, path) : document;
    if (!stream.ok) problems.push(...stream.problems);
    else found.push({ ...streamResource(stream.value), origin: { place: path } });
  }
  return problems.length > 0 ? failed(...problems) : ok(found);
}
