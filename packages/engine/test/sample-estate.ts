import { sealWith } from '@leeway/connector-kit';
import { findConnector } from '@leeway/connectors';
import { ProblemError } from '@leeway/core';
import { type Estate, loadEstate, memoryTree } from '@leeway/estate';
import { loadBuiltinPacks, loadPack } from '@leeway/policy';
import { openStore } from '@leeway/store';
import type { Store } from '../src/ports.ts';
import type { ScanOptions } from '../src/scan/options.ts';

/** Options of a scan over an estate given as YAML, with the sample connector, a fixed clock and a store in memory. */
export async function sampleScan(
  yaml: string,
  more: Partial<ScanOptions> & {
    readonly files?: ScanOptions['files'];
    readonly extra?: Readonly<Record<string, string>>;
  } = {},
): Promise<ScanOptions> {
  const { extra, ...options } = more;
  const tree = memoryTree({ 'leeway.yaml': yaml, ...extra });
  const estate = await loadSampleEstate(yaml, extra);
  const builtin = loadBuiltinPacks(estate.policies.packs);
  if (!builtin.ok) throw new ProblemError(builtin.problems[0] as never);
  return {
    estate,
    files: { declared: tree, working: tree },
    connectors: { ids: ['sample', 'settings-files'], load: async (id) => (await findConnector(id)?.load())?.connector },
    store: options.store ?? (await memoryStore()),
    seal: sealWith('a key for tests, long enough'),
    now: new Date('2026-06-01T12:00:00Z'),
    variable: () => undefined,
    policies: [...builtin.value, ...estate.policies.policies],
    bundles: [],
    failOn: 'low',
    ...options,
  };
}

async function loadSampleEstate(yaml: string, extra: Readonly<Record<string, string>> = {}): Promise<Estate> {
  const loaded = await loadEstate(memoryTree({ 'leeway.yaml': yaml, ...extra }), {
    connectors: ['sample', 'settings-files'],
    packs: ['network'],
    readPack: loadPack,
  });
  if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join('\n'));
  return loaded.value;
}

export async function memoryStore(): Promise<Store> {
  const opened = await openStore({ kind: 'memory' });
  if (!opened.ok) throw new ProblemError(opened.problems[0] as never);
  return opened.value;
}
