import { maskSecrets, sealWith } from '@leeway/connector-kit';
import { connector } from '@leeway/connectors/sample/index.ts';
import { compileNeutralizer, indexKinds, type Resource } from '@leeway/core';

/** What a real estate has configured: kinds with noise rules, an environment's own names, a key for its secrets. */
export const kinds = indexKinds(connector.kinds);
export const neutralizer = compileNeutralizer({
  stage: ['prod', 'production'],
  region: ['eu-west-1', 'eu'],
  account: ['111122223333'],
});
export const seal = sealWith('a key for the benchmark, long enough');
export const mask = (resource: Resource): Resource => maskSecrets(resource, kinds.find(resource.kind), seal);
