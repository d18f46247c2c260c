import type { Environment, Estate } from '@leeway/estate';
import type { z } from 'zod';
import type { environmentGroup } from '../contract/overview.ts';

export type EnvironmentGroup = z.output<typeof environmentGroup>;

/**
 * Environments by what they lie in: regions first, then tenants, in the order in which the estate names them; what has
 * neither comes last. Within a group the most critical stage comes first.
 */
export function groupEnvironments(estate: Estate, environments: readonly Environment[]): EnvironmentGroup[] {
  const groups = Map.groupBy(environments, ({ dimensions: { tenant, region } }) =>
    tenant !== undefined ? `tenant ${tenant}` : region !== undefined ? `region ${region}` : 'estate',
  );
  const rank = (id: string) => (id.startsWith('region ') ? 0 : id === 'estate' ? 2 : 1);
  return [...groups]
    .sort(([left], [right]) => rank(left) - rank(right))
    .map(([id, members]) => ({
      id,
      title: id === 'estate' ? estate.title : id.slice(id.indexOf(' ') + 1),
      environments: [...members]
        .sort((left, right) => left.criticality - right.criticality)
        .map((environment) => shownEnvironment(environment, members)),
    }));
}

function shownEnvironment({ name, dimensions, mirrors }: Environment, members: readonly Environment[]) {
  const { stage } = dimensions;
  const isAlone = members.filter((other) => other.dimensions.stage === stage).length === 1;
  return { name, title: isAlone ? stage : name, stage, ...(mirrors !== undefined && { mirrors }) };
}
