import type { ReadContext, Reading } from '@leeway/connector-kit';
import { cancelled } from '@leeway/connector-kit';
import type { Problem, ProblemCode } from '@leeway/core';
import { type Connection, connect } from './connect.ts';
import { discover, type ResourceType } from './discover.ts';
import { listObjects } from './list-objects.ts';
import type { KubernetesObject } from './object.ts';
import { asApplied } from './read-files.ts';
import { Relations, relatingKinds } from './relations.ts';
import { toResource } from './resource.ts';
import type { ClusterSettings, KubernetesSettings } from './schema.ts';
import { definitionKind, SchemaDefaults } from './schema-defaults.ts';
import { choose, wantsKind } from './selection.ts';

/** After one of these, asking for another kind would end the same way. */
const lasting: ReadonlySet<ProblemCode> = new Set(['LW3001', 'LW3002', 'LW3004', 'LW3010']);

/** Reads every wanted kind of a live API, one after the other. What fails for one kind leaves the others readable. */
export async function* readCluster(
  cluster: ClusterSettings,
  settings: KubernetesSettings,
  context: ReadContext,
): AsyncIterable<Reading> {
  const connected = await connect(cluster, context);
  if (!connected.ok) return yield* connected.problems.map(noticeOf);
  const discovered = await discover(connected.value, context);
  if (!discovered.ok) return yield* discovered.problems.map(noticeOf);
  const notices = discovered.value.notices.filter(({ kind }) => settings.includeOwned || wantsKind(kind, settings));
  for (const { problem, kind } of notices) yield { type: 'notice', problem, kind };
  const reader = new KindReader(connected.value, settings, context);
  let failed = notices.length > 0;
  let stop: Problem | undefined;
  for (const type of orderTypes(discovered.value.types.filter((each) => isWanted(each, settings)))) {
    stop ??= cancelled(context.signal, connected.value.system);
    const problem = stop ?? (yield* reader.read(type));
    if (problem) {
      failed = true;
      if (lasting.has(problem.code)) stop = problem;
      yield { type: 'notice', problem, kind: type.kind };
    } else yield { type: 'complete', kind: type.kind };
  }
  // Kinds the server does not serve have no objects; only certain when every kind it serves was read.
  if (!failed)
    for (const kind of settings.kinds?.filter((pattern) => pattern.includes('*')) ?? ['*'])
      yield { type: 'complete', kind };
}

function noticeOf(problem: Problem): Reading {
  return { type: 'notice', problem };
}

/** With namespaces named, only what stands in them is read. */
export function isWanted(type: ResourceType, settings: KubernetesSettings): boolean {
  return wantsKind(type.kind, settings) && (type.namespaced || !namedNamespaces(settings));
}

/** Namespaces to ask for one by one: all are named without wildcard, so a reader needs no right beyond them. */
export function namedNamespaces({ namespaces }: KubernetesSettings): readonly string[] | undefined {
  return namespaces?.every((name) => !name.includes('*')) ? namespaces : undefined;
}

/** Kinds that say something about others come first: definitions, and autoscalers before what they scale. */
function orderTypes(types: readonly ResourceType[]): readonly ResourceType[] {
  const first = [definitionKind, ...relatingKinds];
  const rankOf = ({ kind }: ResourceType) => (first.includes(kind) ? first.indexOf(kind) : first.length);
  return types.toSorted((a, b) => rankOf(a) - rankOf(b));
}

class KindReader {
  readonly #connection: Connection;
  readonly #settings: KubernetesSettings;
  readonly #context: ReadContext;
  readonly #relations = new Relations();
  readonly #defaults = new SchemaDefaults();

  constructor(connection: Connection, settings: KubernetesSettings, context: ReadContext) {
    this.#connection = connection;
    this.#settings = settings;
    this.#context = context;
  }

  /** Yields the kind's resources; returns the problem that ended it early, if any. */
  async *read(type: ResourceType): AsyncGenerator<Reading, Problem | undefined> {
    for (const namespace of namedNamespaces(this.#settings) ?? [undefined]) {
      for await (const page of listObjects(type, namespace, this.#connection, this.#context)) {
        if ('problem' in page) return page.problem;
        for (const object of page.objects) yield* this.#readOne(object, type);
      }
    }
    return undefined;
  }

  *#readOne(object: KubernetesObject, type: ResourceType): Iterable<Reading> {
    this.#defaults.add(object);
    if (relatingKinds.has(object.kind)) this.#relations.add(object);
    if (choose(object, this.#settings) !== 'read' || this.#relations.isTemplated(object)) return;
    const shown = this.#settings.view === 'last-applied' ? asApplied(object) : this.#defaults.fold(object);
    if (!shown) return;
    const resource = toResource(this.#relations.settle(shown), this.#placeOf(object, type), this.#context.seal);
    yield { type: 'resource', resource };
  }

  #placeOf({ namespace, name }: KubernetesObject, { base, plural }: ResourceType): string {
    return `${this.#connection.server}${base}${namespace ? `/namespaces/${namespace}` : ''}/${plural}/${name}`;
  }
}
