import { findConnector } from '@leeway/connectors';
import { ProblemError, type Result } from '@leeway/core';
import type { Report, Store } from '@leeway/engine';
import { scanEstate } from '@leeway/engine/scan/scan.ts';
import { loadEstate, memoryTree } from '@leeway/estate';
import { loadPack } from '@leeway/policy';
import { seal } from './estate.ts';

export interface SampleEstate {
  readonly resources: number;
  /** Share of the resources that drifted. */
  readonly drift: number;
  /** When the scan takes place, ISO 8601. */
  readonly now: string;
}

/** A whole scan, as the program does it, of an estate whose one source generates its resources. */
export async function scanSample({ resources, drift, now }: SampleEstate, store: Store): Promise<Report> {
  const files = { 'leeway.yaml': estateText(resources, drift), 'policies.yaml': policiesText };
  const tree = memoryTree(files);
  const estate = required(await loadEstate(tree, { connectors: ['sample'], packs: [], readPack: loadPack }));
  return scanEstate({
    estate,
    files: { declared: tree, working: tree },
    connectors: { ids: ['sample'], load: async (id) => (await findConnector(id)?.load())?.connector },
    store,
    seal,
    now: new Date(now),
    variable: () => undefined,
    policies: estate.policies.policies,
    bundles: [],
    failOn: 'none',
  });
}

function estateText(resources: number, drift: number): string {
  return `estate: bench
environments:
  production: { stage: production, tokens: { stage: [prod] } }
sources:
  everything:
    deadline: 2h
    observed: { connector: sample, resources: ${resources}, drift: ${drift} }
policies:
  files: [policies.yaml]
`;
}

const policiesText = `pack: bench
policies:
  - code: BENCH001
    title: Queues survive a restart
    severity: medium
    kinds: [sample.queue]
    expression: resource.?durable.orValue(true)
    message: The queue is lost when its broker restarts
    remediation: Declare the queue durable.
    tests:
      pass: [{ key: a, attributes: { durable: true } }]
      fail: [{ key: a, attributes: { durable: false } }]
`;

/** The value, or an error with what was found instead. */
export function required<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  const [first] = result.problems;
  throw first ? new ProblemError(first) : new Error('nothing was said about what is wrong');
}
