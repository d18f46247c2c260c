import { type CheckLine, parseShape, type ReadContext, type Reading } from '@leeway/connector-kit';
import { type Json, matchesWildcard, type Problem, type Resource, type Result } from '@leeway/core';
import { z } from 'zod';
import { type Api, askList, askPages, openApi, type Question, system } from './api.ts';
import { type ElementReader, elementReaders } from './definitions.ts';
import type { KindName } from './kinds.ts';
import { anyPermission, type Section, sections, silentlyPartial } from './sections.ts';
import type { RabbitmqSettings } from './settings.ts';

/** What one reading of a broker knows throughout. */
interface Session {
  readonly api: Api;
  readonly settings: RabbitmqSettings;
  readonly readers: ReadonlyMap<KindName, ElementReader>;
  /** Names of the virtual hosts to read. */
  readonly vhosts: readonly string[];
}

const monitoring = 'the tag monitoring';
const vhostQuestion: Question = { path: 'vhosts', what: 'the virtual hosts', permission: monitoring };

/** Reads a running broker, list by list; a list that is denied leaves its kind unread and no other. */
export async function* readLive(settings: RabbitmqSettings, context: ReadContext): AsyncIterable<Reading> {
  const opened = await openApi(settings, context);
  if (!opened.ok) return yield* opened.problems.map((found) => notice(found));
  const api = opened.value;
  const readers = new Map(elementReaders(settings).map((reader) => [reader.kind, reader]));
  const vhosts = parseElements(await askList(api, vhostQuestion), readers.get('rabbitmq.vhost'), vhostQuestion.what);
  if (!vhosts.ok) return yield* vhosts.problems.map((found) => notice(found));
  const chosen = vhosts.value.filter(({ key }) => isWanted(key, settings.vhosts));
  const session = { api, settings, readers, vhosts: chosen.map(({ key }) => key) };
  if (wants(settings, 'rabbitmq.vhost')) yield* whole('rabbitmq.vhost', chosen, api);
  if (wants(settings, 'rabbitmq.broker')) yield* readBroker(session);
  for (const section of sections) if (wants(settings, section.kind)) yield* readSection(section, session);
}

/** One line a kind: whether all of it may be read. */
export async function checkLive(settings: RabbitmqSettings, context: ReadContext): Promise<readonly CheckLine[]> {
  const lines: CheckLine[] = [];
  const kinds = new Map<string, Problem>();
  for await (const reading of readLive(settings, context)) {
    if (reading.type === 'complete') lines.push({ what: reading.kind, ok: true });
    if (reading.type === 'notice')
      kinds.set(`${reading.kind ?? 'sign-in'} ${reading.problem.message}`, reading.problem);
  }
  const faults = [...kinds].map(([name, found]) => ({
    what: name.split(' ', 1)[0] ?? name,
    ok: false,
    problem: found,
  }));
  return [...lines, ...faults];
}

function wants({ kinds }: RabbitmqSettings, kind: KindName): boolean {
  return kinds === undefined || kinds.includes(kind);
}

function isWanted(vhost: string, patterns: RabbitmqSettings['vhosts']): boolean {
  return patterns === undefined || [patterns].flat().some((pattern) => matchesWildcard(pattern, vhost));
}

async function* readSection(section: Section, session: Session): AsyncIterable<Reading> {
  const questions = section.path.includes('{vhost}')
    ? session.vhosts.map((vhost) => ({ ...section, path: section.path.replace('{vhost}', encodeURIComponent(vhost)) }))
    : [section];
  let complete = true;
  if (silentlyPartial.has(section.kind)) {
    for await (const found of deniedVhosts(session)) {
      complete = false;
      yield notice(found, section.kind);
    }
  }
  for (const question of questions) {
    for await (const reading of readList(question, section, session)) {
      if (reading.type === 'notice') complete = false;
      yield reading;
    }
  }
  if (complete) yield { type: 'complete', kind: section.kind };
}

async function* readList(question: Question, section: Section, session: Session): AsyncIterable<Reading> {
  const { api, readers } = session;
  const answers = section.paged ? askPages(api, question) : [await askList(api, question)];
  for await (const answer of answers) {
    const parsed = parseElements(answer, readers.get(section.kind), question.what);
    if (!parsed.ok) {
      yield* parsed.problems.map((found) => notice(found, section.kind));
      return;
    }
    for (const found of parsed.value) if (inScope(found, session)) yield toReading(found, api);
  }
}

/** Lists of the whole broker hold other virtual hosts as well. */
function inScope({ attributes }: Resource, { settings }: Session): boolean {
  const { vhost } = attributes;
  return typeof vhost !== 'string' || isWanted(vhost, settings.vhosts);
}

/** Virtual hosts whose contents the reader may not see. */
async function* deniedVhosts({ api, vhosts }: Session): AsyncIterable<Problem> {
  for (const vhost of vhosts) {
    const path = `exchanges/${encodeURIComponent(vhost)}?page=1&page_size=1&columns=name`;
    const answer = await api.ask({ path, what: `the virtual host ${vhost}`, permission: anyPermission });
    if (!answer.ok) yield* answer.problems;
  }
}

const Overview = z.looseObject({ rabbitmq_version: z.string(), erlang_version: z.string() });
const Nodes = z.array(
  z.looseObject({ running: z.boolean().optional(), enabled_plugins: z.array(z.string()).default([]) }),
);

/** Versions and plugins. What is sized by the machine (memory, sockets) is none of the broker's settings. */
async function* readBroker({ api }: Session): AsyncIterable<Reading> {
  const kind = 'rabbitmq.broker';
  const asked = { what: 'the overview', permission: monitoring };
  const overview = await shapeOf(api, { ...asked, path: 'overview' }, Overview);
  const nodes = await shapeOf(api, { ...asked, path: 'nodes', what: 'the nodes' }, Nodes);
  if (!overview.ok || !nodes.ok) {
    return yield* [overview, nodes].flatMap((result) =>
      result.ok ? [] : result.problems.map((found) => notice(found, kind)),
    );
  }
  const plugins = new Set(nodes.value.flatMap((node) => node.enabled_plugins));
  const { rabbitmq_version: version, erlang_version: erlang } = overview.value;
  const attributes = { version, erlang, plugins: [...plugins].sort(), nodes: nodes.value.length };
  yield* whole(kind, [{ kind, key: 'rabbitmq', attributes }], api);
}

async function shapeOf<Schema extends z.ZodType>(
  api: Api,
  question: Question,
  schema: Schema,
): Promise<Result<z.output<Schema>>> {
  const answer = await api.ask(question);
  return answer.ok ? parseShape(schema, answer.value, { system, what: question.what }) : answer;
}

function parseElements(
  answer: Result<readonly Json[]>,
  reader: ElementReader | undefined,
  what: string,
): Result<readonly Resource[]> {
  if (!answer.ok || !reader) return answer.ok ? { ok: true, value: [] } : answer;
  const parsed = parseShape(z.array(reader.schema), [...answer.value], { system, what });
  return parsed.ok ? { ok: true, value: parsed.value.flatMap((found) => found ?? []) } : parsed;
}

function* whole(kind: KindName, resources: readonly Resource[], api: Api): Iterable<Reading> {
  for (const resource of resources) yield toReading(resource, api);
  yield { type: 'complete', kind };
}

function toReading(resource: Resource, { address }: Api): Reading {
  return { type: 'resource', resource: { ...resource, origin: { place: address, ...resource.origin } } };
}

function notice(problem: Problem, kind?: string): Reading {
  return { type: 'notice', problem, ...(kind && { kind }) };
}
