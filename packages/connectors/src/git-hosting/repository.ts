import { type JsonObject, type Origin, ok, type Resource, type Result } from '@leeway/core';
import type { HostingClient } from './client.ts';
import type { LastChange, Provider, Repository } from './provider.ts';
import { fingerprintOf, readCodeOwners, readPipeline } from './texts.ts';

/** What one repository has of a kind. */
export interface FoundIn {
  readonly kind: string;
  readonly resources: Result<readonly Resource[]>;
}

interface Reading {
  readonly client: HostingClient;
  readonly provider: Provider;
  readonly repository: Repository;
}

type KindReader = (reading: Reading) => Promise<Result<readonly Resource[]>>;

const readers: Readonly<Record<string, KindReader>> = {
  'git-hosting.repository': async (reading) =>
    ok([resourceOf(reading, 'repository', undefined, reading.repository.attributes)]),
  'git-hosting.protected-branch': async (reading) => {
    const { client, provider, repository } = reading;
    const found = await provider.branches(client, repository);
    if (!found.ok) return found;
    return ok(found.value.map(([name, protection]) => resourceOf(reading, 'protected-branch', name, protection)));
  },
  'git-hosting.deploy-key': readKeys,
  'git-hosting.environment': async (reading) => {
    const { client, provider, repository } = reading;
    const found = await provider.environments?.(client, repository);
    if (!found?.ok) return found ?? ok([]);
    return ok(found.value.map(([name, environment]) => resourceOf(reading, 'environment', name, environment)));
  },
  'git-hosting.code-owners': readOwners,
  'git-hosting.pipeline': readPipelines,
};

/** Reads one repository kind by kind; where it is not to be seen at all, every kind says so. */
export async function readRepository(
  client: HostingClient,
  provider: Provider,
  name: string,
  kinds: readonly string[],
): Promise<readonly FoundIn[]> {
  const repository = await provider.repository(client, name);
  if (!repository.ok) return kinds.map((kind) => ({ kind, resources: repository }));
  const found: FoundIn[] = [];
  for (const kind of kinds) {
    const resources = await readers[kind]?.({ client, provider, repository: repository.value });
    if (resources) found.push({ kind, resources });
  }
  return found;
}

function resourceOf(
  { client, repository }: Reading,
  kind: string,
  name: string | undefined,
  attributes: object,
  origin: LastChange = {},
): Resource {
  const place: Origin = { place: `${client.place}/${repository.name}`, ...origin };
  const key = name === undefined ? repository.name : `${repository.name} ${name}`;
  return { kind: `git-hosting.${kind}`, key, attributes: attributes as JsonObject, origin: place };
}

/** Two keys may have one title: then their fingerprints tell them apart. */
async function readKeys(reading: Reading): Promise<Result<readonly Resource[]>> {
  const found = await reading.provider.keys(reading.client, reading.repository);
  if (!found.ok) return found;
  const keys = found.value.map(({ title, key, readOnly }) => ({ title, readOnly, fingerprint: fingerprintOf(key) }));
  const titles = keys.map(({ title }) => title);
  return ok(
    keys.map(({ title, readOnly, fingerprint }) => {
      const isShared = titles.indexOf(title) !== titles.lastIndexOf(title);
      const name = isShared || title === '' ? `${title} ${fingerprint}`.trim() : title;
      return resourceOf(reading, 'deploy-key', name, { fingerprint, readOnly });
    }),
  );
}

async function readOwners(reading: Reading): Promise<Result<readonly Resource[]>> {
  const { client, provider, repository } = reading;
  for (const path of provider.codeOwnerPaths) {
    const text = await provider.file(client, repository, path);
    if (!text.ok) return text;
    if (text.value === undefined) continue;
    const change = await provider.lastChange(client, repository, path);
    if (!change.ok) return change;
    return ok([resourceOf(reading, 'code-owners', undefined, readCodeOwners(text.value), change.value)]);
  }
  return ok([]);
}

async function readPipelines(reading: Reading): Promise<Result<readonly Resource[]>> {
  const { client, provider, repository } = reading;
  const resources: Resource[] = [];
  for (const folder of provider.pipelinePaths) {
    const paths = await provider.filesAt(client, repository, folder);
    if (!paths.ok) return paths;
    for (const path of paths.value.filter((each) => /\.ya?ml$/.test(each)).toSorted()) {
      const text = await provider.file(client, repository, path);
      if (!text.ok) return text;
      if (text.value === undefined) continue;
      const change = await provider.lastChange(client, repository, path);
      if (!change.ok) return change;
      resources.push(resourceOf(reading, 'pipeline', path, readPipeline(text.value, path), change.value));
    }
  }
  return ok(resources);
}
