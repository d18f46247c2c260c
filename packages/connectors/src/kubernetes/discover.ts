import type { ReadContext } from '@leeway/connector-kit';
import { failed, isJsonArray, type JsonObject, ok, type Problem, type Result } from '@leeway/core';
import { ask, unreadable } from './ask.ts';
import type { Connection } from './connect.ts';
import { kindName } from './kind-name.ts';
import { objectAt, objectsAt, textAt } from './kinds/edit.ts';

/** A kind that the server can list. */
export interface ResourceType {
  readonly kind: string;
  /** API version and kind as its objects carry them. */
  readonly apiVersion: string;
  readonly ownKind: string;
  readonly namespaced: boolean;
  /** `/apis/apps/v1`. */
  readonly base: string;
  /** `deployments`. */
  readonly plural: string;
}

export interface Discovery {
  readonly types: readonly ResourceType[];
  /** Groups whose own server did not answer: `metrics.k8s.io/*`. */
  readonly notices: readonly { readonly problem: Problem; readonly kind: string }[];
}

/** Asks for aggregated discovery (two requests; Kubernetes 1.26 and later); an older server answers in the old form. */
const accept = ['v2', 'v2beta1']
  .map((version) => `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`)
  .concat('application/json')
  .join(',');

/** Every kind that can be listed, each in the version the server prefers. Problems as of {@link ask}. */
export async function discover(connection: Connection, context: ReadContext): Promise<Result<Discovery>> {
  const found: { types: ResourceType[]; notices: Discovery['notices'][number][] } = { types: [], notices: [] };
  for (const root of ['/api', '/apis']) {
    const { result } = await ask(connection, root, 'its API groups', context, { accept, permission: `get ${root}` });
    if (!result.ok) return result;
    const part = await readGroups(result.value, root, connection, context);
    if (!part.ok) return part;
    found.types.push(...part.value.types);
    found.notices.push(...part.value.notices);
  }
  return ok({ types: preferFirst(found.types), notices: found.notices });
}

async function readGroups(
  answer: JsonObject,
  root: string,
  connection: Connection,
  context: ReadContext,
): Promise<Result<Discovery>> {
  if (answer['kind'] === 'APIGroupDiscoveryList') return ok(readAggregated(answer, root, connection));
  const versions = legacyVersions(answer);
  if (!versions) return failed(unreadable(connection, 'its API groups', 'it is no list of API groups'));
  const types: ResourceType[] = [];
  const notices: Discovery['notices'][number][] = [];
  for (const { group, groupVersion } of versions) {
    const { result } = await ask(connection, `${root}/${groupVersion}`, `the API ${groupVersion}`, context);
    if (!result.ok) notices.push(...result.problems.map((problem) => ({ problem, kind: `${group}/*` })));
    else types.push(...legacyTypes(result.value, root, groupVersion));
  }
  return ok({ types, notices });
}

/** One entry a kind, the first: versions stand in the order of preference. Kinds that moved keep their new group. */
function preferFirst(types: readonly ResourceType[]): readonly ResourceType[] {
  const byKind = new Map<string, ResourceType>();
  for (const type of types) {
    const known = byKind.get(type.kind);
    const isOld = known && !isHome(known) && isHome(type);
    if (!known || isOld) byKind.set(type.kind, type);
  }
  return [...byKind.values()].sort((a, b) => (a.kind < b.kind ? -1 : 1));
}

/** True where the group a type is served in is the one its kind is named by. */
function isHome({ kind, apiVersion }: ResourceType): boolean {
  return kind.startsWith(`${apiVersion.includes('/') ? apiVersion.split('/')[0] : 'core'}/`);
}

function readAggregated(answer: JsonObject, root: string, connection: Connection): Discovery {
  const types: ResourceType[] = [];
  const notices: Discovery['notices'][number][] = [];
  for (const group of objectsAt(answer, 'items')) {
    const groupName = textAt(objectAt(group, 'metadata'), 'name') ?? '';
    for (const version of objectsAt(group, 'versions')) {
      const groupVersion = [groupName, textAt(version, 'version')].filter(Boolean).join('/');
      if (version['freshness'] === 'Stale') {
        const reason = 'the server behind this API group does not answer';
        notices.push({
          problem: unreadable(connection, `the API ${groupVersion}`, reason),
          kind: `${groupName || 'core'}/*`,
        });
        continue;
      }
      for (const item of objectsAt(version, 'resources')) {
        const kind = textAt(objectAt(item, 'responseKind'), 'kind');
        types.push(...typeOf(kind, textAt(item, 'resource'), item['scope'] === 'Namespaced', item, root, groupVersion));
      }
    }
  }
  return { types, notices };
}

function typeOf(
  kind: string | undefined,
  plural: string | undefined,
  namespaced: boolean,
  item: JsonObject,
  root: string,
  apiVersion: string,
): readonly ResourceType[] {
  const verbs = item['verbs'];
  // `deployments/scale` is a part of a resource, not one.
  if (!kind || !plural || plural.includes('/') || !isJsonArray(verbs) || !verbs.includes('list')) return [];
  return [
    { kind: kindName(apiVersion, kind), apiVersion, ownKind: kind, namespaced, base: `${root}/${apiVersion}`, plural },
  ];
}

function legacyVersions(answer: JsonObject): readonly { group: string; groupVersion: string }[] | undefined {
  const versions = answer['versions'];
  if (answer['kind'] === 'APIVersions' && isJsonArray(versions)) {
    return versions.map((version) => ({ group: 'core', groupVersion: String(version) }));
  }
  if (answer['kind'] !== 'APIGroupList') return undefined;
  return objectsAt(answer, 'groups').flatMap((group) => {
    const preferred = textAt(objectAt(group, 'preferredVersion'), 'groupVersion');
    const all = objectsAt(group, 'versions').map((version) => textAt(version, 'groupVersion') ?? '');
    const ordered = [preferred ?? '', ...all.filter((version) => version !== preferred)].filter(Boolean);
    return ordered.map((groupVersion) => ({ group: textAt(group, 'name') ?? '', groupVersion }));
  });
}

function legacyTypes(answer: JsonObject, root: string, groupVersion: string): readonly ResourceType[] {
  return objectsAt(answer, 'resources').flatMap((item) =>
    typeOf(textAt(item, 'kind'), textAt(item, 'name'), item['namespaced'] === true, item, root, groupVersion),
  );
}
