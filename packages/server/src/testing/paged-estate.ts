import { type Connector, sealWith } from '@leeway/connector-kit';
import type { Result } from '@leeway/core';
import { loadEstate, memoryTree } from '@leeway/estate';
import { loadPack } from '@leeway/policy';
import type { ServerStore } from '@leeway/store';
import { z } from 'zod';
import type { CurrentEstate } from '../context.ts';

const settings = z.strictObject({ url: z.url(), environment: z.string(), pages: z.number().int() });
type Settings = z.output<typeof settings>;

/** Reads a {@link startPagedSystem paged system}, one page after the other: all it does is wait for answers. */
const connector: Connector<Settings> = {
  id: 'paged',
  title: 'Paged system',
  summary: 'Settings of a system that answers in pages.',
  settings,
  kinds: [{ name: 'paged.setting', title: 'setting', layer: 'erp', version: 1 }],
  verification: { state: 'verified', against: 'the paged system of the tests' },
  permissions: [],
  check: async () => [],
  async *read({ url, environment, pages }, context) {
    for (let page = 0; page < pages; page++) {
      const response = await context.fetch(`${url}/?environment=${environment}&page=${page}`, {
        signal: context.signal,
      });
      const { items } = (await response.json()) as { items: readonly { name: string; value: number }[] };
      for (const { name, value } of items) {
        const resource = { kind: 'paged.setting', key: name, layer: 'erp', attributes: { value }, origin: {} } as const;
        yield { type: 'resource', resource };
      }
    }
    yield { type: 'complete', kind: 'paged.setting' };
  },
};

export interface PagedEstate {
  readonly name: string;
  readonly url: string;
  readonly environments: number;
  readonly pages: number;
}

/** An estate of environments that are all read from one paged system. A policy makes each a finding. */
export async function loadPagedEstate(paged: PagedEstate, store: ServerStore): Promise<CurrentEstate> {
  const tree = memoryTree({ 'leeway.yaml': estateText(paged), 'policies.yaml': policiesText });
  const estate = required(await loadEstate(tree, { connectors: ['paged'], packs: [], readPack: loadPack }));
  return {
    estate,
    directory: '/',
    warnings: [],
    options: {
      estate,
      files: { declared: tree, working: tree },
      connectors: { ids: ['paged'], load: async (id) => (id === 'paged' ? (connector as Connector) : undefined) },
      store,
      seal: sealWith('a key of the tests'),
      now: new Date(),
      variable: () => undefined,
      policies: estate.policies.policies,
      bundles: [],
    },
  };
}

function required<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.value;
}

function estateText({ name, url, environments, pages }: PagedEstate): string {
  const names = Array.from(
    { length: environments },
    (_, at) => `  production-${at}: {stage: production, region: r${at}}\n`,
  );
  return `estate: ${name}
environments:
${names.join('')}sources:
  settings:
    deadline: 10m
    observed: {connector: paged, url: "${url}", environment: "{environment}", pages: ${pages}}
policies: {files: [policies.yaml]}
`;
}

const policiesText = `pack: paged
policies:
  - code: PAGED001
    title: The first setting is one
    severity: high
    kinds: [paged.setting]
    expression: resource.value != 0.0
    message: The first setting is zero
    remediation: Set it to one.
    tests:
      pass:
        - attributes: {value: 1}
      fail:
        - attributes: {value: 0}
`;
