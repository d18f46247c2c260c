import type { ReadContext } from '@leeway/connector-kit';
import { isJsonArray, isJsonObject, type JsonObject, type Problem, problem } from '@leeway/core';
import { ask, unreadable } from './ask.ts';
import type { Connection } from './connect.ts';
import type { ResourceType } from './discover.ts';
import { objectAt, textAt } from './kinds/edit.ts';
import { type KubernetesObject, listItems, parseObject } from './object.ts';

/** Objects a page has at most. */
export const pageSize = 500;
/** How often a list is started anew when the server forgets where it was. */
const maximumRestarts = 3;

/** A page of objects, or why there is none. */
export type Page = { readonly objects: readonly KubernetesObject[] } | { readonly problem: Problem };

/**
 * Lists a kind page by page. When the server forgets the place (410 Gone) the list starts anew; objects that were given
 * already are not given again. Ends after the first problem.
 */
export async function* listObjects(
  type: ResourceType,
  namespace: string | undefined,
  connection: Connection,
  context: ReadContext,
): AsyncGenerator<Page> {
  const given = new Set<string>();
  const what = namespace ? `${type.plural} of namespace ${namespace}` : type.plural;
  let token: string | undefined;
  let restarts = 0;
  do {
    const { status, result } = await ask(connection, listPath(type, namespace, token), what, context, {
      permission: `list ${type.plural} in ${type.base}`,
    });
    if (status === 410 && restarts < maximumRestarts) {
      restarts += 1;
      token = undefined;
      continue;
    }
    if (!result.ok) {
      yield* result.problems.map((each) => ({ problem: status === 410 ? expired(connection, what) : each }));
      return;
    }
    const objects = pageObjects(result.value, type);
    if (!objects) {
      yield { problem: unreadable(connection, what, 'it is no list of objects') };
      return;
    }
    yield { objects: objects.filter((object) => isNew(object, given)) };
    token = textAt(objectAt(result.value, 'metadata'), 'continue') || undefined;
    if (token === undefined) return;
  } while (true);
}

function expired({ system }: Connection, what: string): Problem {
  return problem('LW3011', { system, what });
}

function isNew({ namespace = '', name }: KubernetesObject, given: Set<string>): boolean {
  const key = `${namespace}/${name}`;
  const known = given.has(key);
  given.add(key);
  return !known;
}

export function listPath({ base, plural }: ResourceType, namespace: string | undefined, token?: string): string {
  const query = new URLSearchParams({ limit: String(pageSize), ...(token && { continue: token }) });
  return `${base}${namespace ? `/namespaces/${encodeURIComponent(namespace)}` : ''}/${plural}?${query}`;
}

/** The items of a page as objects; undefined when the answer is not a list of them. */
function pageObjects(answer: JsonObject, type: ResourceType): readonly KubernetesObject[] | undefined {
  if (!isJsonArray(answer['items']) && answer['items'] !== null) return undefined;
  const items = listItems({ ...answer, kind: `${type.ownKind}List`, apiVersion: type.apiVersion }) ?? [];
  const objects = items.map((item) => (isJsonObject(item) ? parseObject(item) : undefined));
  return objects.every((object) => object !== undefined) ? objects : undefined;
}
