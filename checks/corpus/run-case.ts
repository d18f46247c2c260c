import { type Connector, type Reading, sealWith } from '@leeway/connector-kit';
import { findConnector } from '@leeway/connectors';
import type { Finding, Json } from '@leeway/core';
import { scanEstate } from '@leeway/engine/scan/scan.ts';
import { type Environment, type Estate, memoryTree, type Source, type SourcePlane } from '@leeway/estate';
import { memoryStore } from '@leeway/store/memory/memory-store.ts';
import { type Case, settingsOf } from './case-file.ts';

type SideName = 'left' | 'right' | 'applied';

/** The instant every case is judged at. */
const now = new Date('2026-11-20T08:00:00Z');

/**
 * Scans the two sides of a case as the engine scans any estate, with the real connector over files in memory, and returns
 * every finding. A case that must be silent must be so in any reading: also with its sides changed over, and as two
 * environments.
 */
export async function runCase(given: Case): Promise<readonly Finding[]> {
  const connector = await loadConnector(given.connector);
  const estates = waysToScan(given, connector);
  const findings: Finding[] = [];
  for (const estate of estates) findings.push(...(await scan(estate, given, connector)));
  return findings;
}

async function loadConnector(id: string): Promise<Connector> {
  const entry = findConnector(id);
  if (!entry) throw new Error(`No connector is called ${id}`);
  return readOnce((await entry.load()).connector);
}

/** Reads what the same settings name only once: the sides of a case are scanned in several ways. */
function readOnce(connector: Connector): Connector {
  const known = new Map<string, Promise<readonly Reading[]>>();
  return {
    ...connector,
    async *read(settings, context) {
      const id = JSON.stringify(settings);
      const readings = known.get(id) ?? collectReadings(connector.read(settings, context));
      known.set(id, readings);
      yield* await readings;
    },
  };
}

async function collectReadings(readings: AsyncIterable<Reading>): Promise<readonly Reading[]> {
  const collected: Reading[] = [];
  for await (const reading of readings) collected.push(reading);
  return collected;
}

function waysToScan(given: Case, connector: Connector): readonly Estate[] {
  const left = planeOf(given, 'left', connector);
  const right = planeOf(given, 'right', connector);
  const applied = given.applied && planeOf(given, 'applied', connector);
  if (given.environments) return [twoEnvironments(given, left, right)];
  const asWritten = oneEnvironment({ declared: left, observed: right, ...(applied && { applied }) });
  if (given.expect !== 'silent' || applied) return [asWritten];
  return [asWritten, oneEnvironment({ declared: right, observed: left }), twoEnvironments(given, left, right)];
}

/** Left is what Git declares, right what was read. */
function oneEnvironment(planes: Pick<Source, 'declared' | 'applied' | 'observed'>): Estate {
  return estateOf([environmentOf('production', {})], planes);
}

/** Right must mirror left. */
function twoEnvironments({ environments }: Case, left: SourcePlane, right: SourcePlane): Estate {
  const reference = environmentOf('production', environments?.left ?? {}, left.settings);
  const mirror = environmentOf('staging', environments?.right ?? {}, right.settings);
  return estateOf([reference, { ...mirror, mirrors: 'production' }], { observed: { ...left, settings: '{settings}' } });
}

/** How one side is read: as `leeway diff` reads files of this connector, and as the case says beyond that. */
function planeOf(given: Case, side: SideName, { id, standalone, settings }: Connector): SourcePlane {
  const files = Object.entries(given[side] ?? {});
  const target = { paths: files.map(([name]) => `${side}/${name}`), head: files[0]?.[1].slice(0, 4096) ?? '' };
  const found = standalone?.(target)?.settings;
  const checked = settings.parse({ ...(found as object | undefined), ...settingsOf(given, side) });
  return { connector: id, settings: checked as Json, place: {} };
}

function environmentOf(name: string, tokens: Environment['tokens'], settings: Json = null): Environment {
  return { name, dimensions: { stage: name }, parameters: { settings }, tokens, criticality: 2, place: {} };
}

function estateOf(
  environments: readonly Environment[],
  planes: Pick<Source, 'declared' | 'applied' | 'observed'>,
): Estate {
  const source: Source = {
    id: 'case',
    title: 'the case',
    environments: environments.map(({ name }) => name),
    ...planes,
    unmanaged: 'report',
    parity: true,
    deadline: 60,
    exclude: [],
    place: {},
  };
  return {
    name: 'cases',
    title: 'Cases',
    environments,
    workloads: [],
    owners: [],
    sources: [source],
    approved: [],
    policies: { packs: [], files: [], policies: [], parameters: {}, bundles: [] },
    expiryWarningDays: 14,
    revision: 'memory',
  };
}

async function scan(estate: Estate, given: Case, connector: Connector): Promise<readonly Finding[]> {
  const sides = (['left', 'right', 'applied'] as const).flatMap((side) =>
    Object.entries(given[side] ?? {}).map(([name, content]) => [`${side}/${name}`, content] as const),
  );
  const tree = memoryTree(Object.fromEntries(sides));
  const report = await scanEstate({
    estate,
    files: { declared: tree, working: tree },
    connectors: { ids: [connector.id], load: async () => connector },
    store: memoryStore(),
    seal: sealWith('a key for cases only'),
    now,
    variable: () => undefined,
    policies: [],
    bundles: [],
    failOn: 'low',
    // One at a time: the in-process PostgreSQL is then lent from one reading to the next.
    concurrency: 1,
  });
  if (report.problems.length > 0) throw new Error(JSON.stringify(report.problems));
  return report.findings;
}
