import { connectorRegistry, findConnector } from '@leeway/connectors';
import type { JsonObject } from '@leeway/core';
import { scanEstate } from '@leeway/engine/scan/scan.ts';
import { loadEstate, memoryTree } from '@leeway/estate';
import { openStore } from '@leeway/store';
import { seal } from '../estate.ts';
import { required } from '../scan-sample.ts';
import { answer, question } from './talk.ts';

/** Scans an estate of one source into a store, as the program does it. */
const {
  store: url,
  name,
  observed,
} = question<{
  readonly store: string;
  readonly name: string;
  readonly observed: JsonObject;
}>();

const estate = {
  estate: `bench-${name}`,
  environments: { production: { stage: 'production', tokens: { stage: ['prod'] } } },
  sources: { everything: { deadline: '30m', observed } },
};
const ids = connectorRegistry.map(({ id }) => id);
const load = async (id: string) => (await findConnector(id)?.load())?.connector;
const files = memoryTree({ 'leeway.yaml': JSON.stringify(estate) });
const store = required(await openStore({ kind: 'postgres', url }));
const started = performance.now();
const report = await scanEstate({
  estate: required(
    await loadEstate(files, { connectors: ids, packs: [], settingsOf: async (id) => (await load(id))?.settings }),
  ),
  files: { declared: files, working: files },
  connectors: { ids, load },
  store,
  seal,
  now: new Date(),
  variable: () => undefined,
  policies: [],
  bundles: [],
  failOn: 'none',
});
await store.close();
answer({
  resources: report.summary.resources,
  problems: report.problems,
  seconds: (performance.now() - started) / 1000,
  residentBytes: process.resourceUsage().maxRSS * 1024,
});
