import { sealWith } from '@leeway/connector-kit';
import { connectorRegistry, findConnector } from '@leeway/connectors';
import { type Finding, headlineText } from '@leeway/core';
import type { Report } from '@leeway/engine';
import type { ScanOptions } from '@leeway/engine/scan/options.ts';
import { scanEstate } from '@leeway/engine/scan/scan.ts';
import { checkSources, type SourceCheck } from '@leeway/engine/sources/check-sources.ts';
import { loadEstate, memoryTree } from '@leeway/estate';
import { openStore } from '@leeway/store';
import { type LabService, sides } from './service.ts';

/** Reads both sides of a service through its connectors and judges them as `leeway scan` does, on a store in memory. */
export async function scanLab(service: LabService): Promise<Report> {
  return scanEstate(await labOptions(service));
}

/** What `leeway sources check` says of a service. */
export async function checkLab(service: LabService): Promise<readonly SourceCheck[]> {
  return checkSources(await labOptions(service));
}

/** A finding as the lists of drifts write it: source, verdict, kind, key and path. */
export function nameFinding({ source, verdict, kind, key, path }: Finding): string {
  return `${source} ${verdict} ${kind} ${key} ${path}`.trim();
}

export function sentenceOf(finding: Finding): string {
  return headlineText(finding.headline);
}

/** The same for what a service promises of its drifts. */
export function expectedNames({ drifts, sources }: LabService): readonly string[] {
  const [only = ''] = Object.keys(sources);
  return drifts.flatMap(({ findings }) =>
    findings.map(({ source = only, verdict = 'parity', kind, key, path }) =>
      `${source} ${verdict} ${kind} ${key} ${path}`.trim(),
    ),
  );
}

async function labOptions(service: LabService): Promise<ScanOptions> {
  const files = memoryTree({ ...(await service.files?.()), 'leeway.yaml': JSON.stringify(estateOf(service), null, 2) });
  const loaded = await loadEstate(files, {
    connectors: connectorRegistry.map(({ id }) => id),
    packs: [],
    settingsOf: async (id) => (await findConnector(id)?.load())?.connector.settings,
  });
  if (!loaded.ok) throw new Error(loaded.problems.map(({ message, place }) => `${message} ${place?.line}`).join('\n'));
  const store = await openStore({ kind: 'memory' });
  if (!store.ok) throw new Error('no store');
  return {
    estate: loaded.value,
    files: { declared: files, working: files },
    connectors: {
      ids: connectorRegistry.map(({ id }) => id),
      load: async (id) => (await findConnector(id)?.load())?.connector,
    },
    store: store.value,
    seal: sealWith('the key of the lab, no secret'),
    now: new Date(),
    variable: (name) => service.variables[name],
    policies: [],
    bundles: [],
    failOn: 'low',
  };
}

/** The estate as somebody would write it: JSON is YAML. */
function estateOf({ id, title, parameters, tokens, sources }: LabService) {
  const environments = sides.map((side) => [
    side,
    {
      stage: side,
      parameters: parameters[side],
      ...(tokens && { tokens: tokens[side] }),
      ...(side === 'staging' && { mirrors: 'production' }),
    },
  ]);
  return { estate: `lab-${id}`, title, environments: Object.fromEntries(environments), sources };
}
