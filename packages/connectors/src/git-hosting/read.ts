import {
  type CheckLine,
  cancelled,
  checkShape,
  listFiles,
  type ReadContext,
  type Reading,
  readYamlFile,
} from '@leeway/connector-kit';
import { failed, ok, type Problem, problem, type Resource, type Result } from '@leeway/core';
import { mapParallel } from '../shared/cloud/parallel.ts';
import { type HostingClient, openHosting } from './client.ts';
import { declaredResources } from './declared.ts';
import { gitHostingKinds } from './kinds.ts';
import type { Provider } from './provider.ts';
import { gitea } from './providers/gitea.ts';
import { github } from './providers/github.ts';
import { gitlab } from './providers/gitlab.ts';
import { type FoundIn, readRepository } from './repository.ts';
import { type GitHostingSettings, type Hosting, Repositories } from './schema.ts';

const providers: Readonly<Record<Hosting, Provider>> = { github, gitlab, gitea };

/** Repositories read at a time: the hosting's own limits hold whatever this is. */
const atATime = 4;

/** Reads every repository; a kind is complete where no repository kept it back. */
export async function* readHosting(settings: GitHostingSettings, context: ReadContext): AsyncIterable<Reading> {
  if (settings.hosting === undefined) return yield* readFiles(settings, context);
  const client = openHosting(settings, context);
  if (!client.ok) return yield* client.problems.map(toNotice);
  const provider = providers[settings.hosting];
  const names = await namesOf(settings, client.value, provider);
  if (!names.ok) return yield* names.problems.map(toNotice);
  const failedKinds = new Set<string>();
  const kinds = kindsOf(settings, provider);
  const read = (name: string) => readRepository(client.value, provider, name, kinds);
  for await (const found of mapParallel(each(names.value), atATime, read)) yield* report(found, failedKinds);
  for (const kind of kinds) if (!failedKinds.has(kind)) yield { type: 'complete', kind };
}

/** Kinds that this hosting has and the settings ask for. */
function kindsOf({ pipelines }: GitHostingSettings, provider: Provider): readonly string[] {
  return gitHostingKinds
    .map(({ name }) => name)
    .filter((name) => name !== 'git-hosting.environment' || provider.environments !== undefined)
    .filter((name) => name !== 'git-hosting.pipeline' || pipelines);
}

function* report(found: readonly FoundIn[], failedKinds: Set<string>): Generator<Reading> {
  for (const { kind, resources } of found) {
    if (resources.ok) yield* resources.value.map((resource): Reading => ({ type: 'resource', resource }));
    else {
      failedKinds.add(kind);
      yield* resources.problems.map((each): Reading => ({ type: 'notice', problem: each, kind }));
    }
  }
}

/** Names as the settings list them, owners with all of theirs; each once, in order. */
async function namesOf(
  { repositories = [] }: GitHostingSettings,
  client: HostingClient,
  provider: Provider,
): Promise<Result<readonly string[]>> {
  const names = new Set<string>();
  for (const name of repositories) {
    if (!name.endsWith('/*')) names.add(name);
    else {
      const found = await provider.repositoriesOf(client, name.slice(0, -2));
      if (!found.ok) return found;
      for (const one of found.value) names.add(one);
    }
  }
  return ok([...names].sort());
}

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

const toNotice = (found: Problem): Reading => ({ type: 'notice', problem: found });

/** Reads declared repositories. A kind is complete where every repository speaks of it. */
async function* readFiles({ files = [] }: GitHostingSettings, context: ReadContext): AsyncIterable<Reading> {
  const stop = cancelled(context.signal, 'the files');
  if (stop) return yield toNotice(stop);
  const paths = await listFiles(context.files, [files].flat());
  if (!paths.ok) return yield* paths.problems.map(toNotice);
  const resources: Resource[] = [];
  const problems: Problem[] = [];
  let complete: readonly string[] | undefined;
  for (const path of paths.value) {
    const found = await readFile(path, context);
    if (!found.ok) problems.push(...found.problems);
    else {
      resources.push(...found.value.resources);
      const here = found.value.complete;
      complete = complete ? complete.filter((kind) => here.includes(kind)) : here;
    }
  }
  for (const resource of resources) yield { type: 'resource', resource };
  yield* problems.map(toNotice);
  if (problems.length > 0) return;
  for (const kind of complete ?? []) yield { type: 'complete', kind };
}

async function readFile(path: string, { files }: ReadContext) {
  const documents = await readYamlFile(files, path);
  if (!documents.ok) return documents;
  const [document] = documents.value;
  const nothing = { what: 'An empty file', expected: 'a map with "repositories"' };
  if (!document) return failed<ReturnType<typeof declaredResources>>(problem('LW2009', nothing, { file: path }));
  const shape = checkShape(Repositories, document, path);
  return shape.ok ? ok(declaredResources(shape.value, path)) : shape;
}

/** Reads all of it once, a line for each kind: rights differ from repository to repository. */
export async function checkHosting(settings: GitHostingSettings, context: ReadContext): Promise<readonly CheckLine[]> {
  const lines = new Map<string, CheckLine>();
  for await (const reading of readHosting(settings, context)) {
    if (reading.type === 'complete') lines.set(reading.kind, { what: reading.kind, ok: true });
    if (reading.type !== 'notice') continue;
    const what = reading.kind ?? settings.url ?? settings.hosting ?? 'files';
    lines.set(what, { what, ok: false, problem: reading.problem });
  }
  return [...lines.values()];
}
