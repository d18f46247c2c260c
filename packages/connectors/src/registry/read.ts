import type { KeyObject } from 'node:crypto';
import { attempt, type CheckLine, type ReadContext, type Reading } from '@leeway/connector-kit';
import { failed, matchesWildcard, ok, problem, type Resource, type Result } from '@leeway/core';
import { RegistryClient, system } from './client.ts';
import { readImage } from './image.ts';
import { TagList } from './schema.ts';
import type { RegistrySettings } from './settings.ts';
import { readKey } from './signatures.ts';

const kind = 'oci.image';
/** Tags that cosign and the referrers fallback make: they stand beside images and are none. */
const attachedTag = /^sha256-[0-9a-f]{64}(?:\.\w+)?$/;
const pageSize = 1000;
/** A registry whose list of tags never ends means no good. */
const mostPages = 1000;

/** One repository and the tags of it that count. */
interface Wanted {
  readonly repository: string;
  readonly patterns: readonly string[];
}

/** Reads every image that the settings name. One that cannot be read leaves the kind unread; the others are told. */
export async function* readRegistry(settings: RegistrySettings, context: ReadContext): AsyncIterable<Reading> {
  const key = await attempt(() => readKey(settings, context));
  if (!key.ok) return yield* noticesOf(key);
  const client = new RegistryClient(settings, context);
  let isComplete = true;
  for (const wanted of repositoriesOf(settings)) {
    for await (const image of readRepository(client, wanted, settings, key.value)) {
      if (image.ok) yield { type: 'resource', resource: image.value };
      else {
        isComplete = false;
        yield* noticesOf(image);
      }
    }
  }
  if (isComplete) yield { type: 'complete', kind };
}

function* noticesOf(result: Result<unknown>): Iterable<Reading> {
  if (!result.ok) for (const found of result.problems) yield { type: 'notice', problem: found };
}

function repositoriesOf({ images }: RegistrySettings): readonly Wanted[] {
  const wanted = new Map<string, string[]>();
  for (const image of images) {
    const [repository = '', tag = '*'] = image.split(':');
    wanted.set(repository, [...(wanted.get(repository) ?? []), tag]);
  }
  return [...wanted].map(([repository, patterns]) => ({ repository, patterns }));
}

async function* readRepository(
  client: RegistryClient,
  { repository, patterns }: Wanted,
  settings: RegistrySettings,
  key: KeyObject | undefined,
): AsyncIterable<Result<Resource>> {
  const all = await listTags(client, repository);
  if (!all.ok) return yield all;
  const tags = new Set(all.value);
  const chosen = all.value.filter((tag) => !attachedTag.test(tag) && patterns.some((one) => matchesWildcard(one, tag)));
  for (const tag of chosen.toSorted()) {
    const attributes = await readImage(client, { repository, tag, tags, platform: settings.platform }, key);
    if (!attributes.ok) yield attributes;
    else {
      const place = `${new URL(settings.url).host}/${repository}:${tag}`;
      const id = String(attributes.value['digest']);
      yield ok({ kind, key: `${repository}:${tag}`, attributes: attributes.value, origin: { place, id } });
    }
  }
}

/** Every tag of a repository, page by page; none where there is no such repository. */
async function listTags(client: RegistryClient, repository: string): Promise<Result<readonly string[]>> {
  const tags: string[] = [];
  const what = `the tags of ${repository}`;
  let last = '';
  for (let page = 0; page < mostPages; page += 1) {
    const found = await client.shape({ repository, path: `tags/list?n=${pageSize}${last}`, what }, TagList);
    if (!found.ok) return found;
    tags.push(...(found.value?.parsed.tags ?? []));
    if (found.value?.next === undefined) return ok(tags);
    last = `&last=${found.value.next}`;
  }
  return failed(problem('LW3006', { system, what, reason: 'its list has no end' }));
}

/** One line a repository: whether its tags and images may be read. */
export async function checkRegistry(settings: RegistrySettings, context: ReadContext): Promise<readonly CheckLine[]> {
  const key = await attempt(() => readKey(settings, context));
  if (!key.ok) return key.problems.map((found) => ({ what: settings.publicKey ?? '', ok: false, problem: found }));
  const client = new RegistryClient(settings, context);
  const lines: CheckLine[] = [];
  for (const wanted of repositoriesOf(settings)) {
    const what = `pull ${wanted.repository}`;
    const faults: CheckLine[] = [];
    for await (const image of readRepository(client, wanted, settings, key.value)) {
      if (!image.ok && faults.length === 0)
        faults.push(...image.problems.map((found) => ({ what, ok: false, problem: found })));
    }
    lines.push(...(faults.length > 0 ? faults : [{ what, ok: true }]));
  }
  return lines;
}
