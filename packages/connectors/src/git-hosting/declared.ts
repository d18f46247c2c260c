import type { JsonObject, Resource } from '@leeway/core';
import type { z } from 'zod';
import type { Repositories } from './schema.ts';

type Declared = z.infer<typeof Repositories>['repositories'][string];

const sections = {
  settings: 'git-hosting.repository',
  protectedBranches: 'git-hosting.protected-branch',
  deployKeys: 'git-hosting.deploy-key',
  environments: 'git-hosting.environment',
} as const;

/** Declared repositories as resources, and the kinds that all of them speak of. */
export function declaredResources(
  { repositories }: z.infer<typeof Repositories>,
  place: string,
): { readonly resources: readonly Resource[]; readonly complete: readonly string[] } {
  const all = Object.entries(repositories);
  const spoken = (Object.keys(sections) as (keyof Declared & keyof typeof sections)[]).filter((section) =>
    all.every(([, repository]) => repository[section] !== undefined),
  );
  const resources = all.flatMap(([name, { settings, protectedBranches, deployKeys, environments }]) => {
    const named = (kind: string, fields: Readonly<Record<string, object>> = {}): Resource[] =>
      Object.entries(fields).map(([field, value]) => resource(kind, `${name} ${field}`, value));
    return [
      ...(settings ? [resource(sections.settings, name, settings)] : []),
      ...named(sections.protectedBranches, protectedBranches),
      ...named(sections.deployKeys, deployKeys),
      ...named(sections.environments, environments),
    ];
  });
  return { resources, complete: spoken.map((section) => sections[section]) };

  function resource(kind: string, key: string, value: object): Resource {
    return { kind, key, attributes: value as JsonObject, origin: { place } };
  }
}
