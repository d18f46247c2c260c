import { join } from 'node:path';
import { sealWith } from '@leeway/connector-kit';
import { type FileTree, failed, ok, type Policy, type Problem, ProblemError, problem, type Result } from '@leeway/core';
import type { ScanFiles, ScanOptions } from '@leeway/engine/scan/options.ts';
import { type Estate, gitTree, loadEstate, workingTree } from '@leeway/estate';
import { builtinPackNames, type LoadedBundle, loadBuiltinPacks, loadBundle, loadPack } from '@leeway/policy';
import { type LastingOptions, type LeewayStore, openServerStore, openStore, type ServerStore } from '@leeway/store';
import type { EstateRequest } from '../use-cases.ts';
import { connectorDirectory } from './connectors.ts';
import { loadSealKey } from './seal-key.ts';

/** Folder of state beside leeway.yaml. */
const stateFolder = '.leeway';

/** An estate with its files and the rules in force; no store yet. */
export interface OpenEstate {
  readonly estate: Estate;
  readonly files: ScanFiles;
  readonly policies: readonly Policy[];
  readonly bundles: readonly LoadedBundle[];
}

/** Loads the estate at the revision asked for, with its policies. */
export async function openEstate(request: EstateRequest): Promise<Result<OpenEstate>> {
  const files = await openFiles(request);
  if (!files.ok) return files;
  const tree = files.value.declared;
  const loaded = await loadEstate(tree, {
    connectors: connectorDirectory.ids,
    packs: builtinPackNames(),
    readPack: loadPack,
    settingsOf: async (id) => (await connectorDirectory.load(id))?.settings,
  });
  if (!loaded.ok) return loaded;
  const estate = loaded.value;
  const builtin = loadBuiltinPacks(estate.policies.packs);
  const bundles = await readBundles(estate, tree);
  if (!builtin.ok || !bundles.ok) return failed(...problemsOf(builtin), ...problemsOf(bundles));
  const policies = [...builtin.value, ...estate.policies.policies];
  return ok({ estate, files: files.value, policies, bundles: bundles.value }, loaded.warnings);
}

function problemsOf(result: Result<unknown>): readonly Problem[] {
  return result.ok ? [] : result.problems;
}

async function openFiles({ directory, ref }: EstateRequest): Promise<Result<ScanFiles>> {
  const working = workingTree(directory);
  const at = (revision: string) => gitTree(directory, revision);
  if (ref === undefined) return ok({ declared: working, working, at });
  const tree = await at(ref);
  return tree.ok ? ok({ declared: tree.value, working, at }) : tree;
}

async function readBundles(estate: Estate, tree: FileTree): Promise<Result<readonly LoadedBundle[]>> {
  const problems: Problem[] = [];
  const bundles: LoadedBundle[] = [];
  for (const settings of estate.policies.bundles) {
    try {
      const loaded = loadBundle(await tree.read(settings.path), settings, settings.path);
      if (loaded.ok) bundles.push(loaded.value);
      else problems.push(...loaded.problems);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      problems.push(error.problem);
    }
  }
  return problems.length ? failed(...problems) : ok(bundles);
}

/** Opens the store of an estate: the database asked for, else the embedded one in `.leeway/`, or none that lasts. */
export function openEstateStore({ directory, database, keep }: EstateRequest): Promise<Result<LeewayStore>> {
  return openStore(keep ? lastingStore(directory, database) : { kind: 'memory' });
}

/** The same for a server, which keeps more and so needs one that lasts. Problem LW8107 where nothing is to be kept. */
export async function openEstateServerStore({
  directory,
  database,
  keep,
}: EstateRequest): Promise<Result<ServerStore>> {
  if (!keep) return failed(problem('LW8107'));
  return openServerStore(lastingStore(directory, database));
}

function lastingStore(directory: string, database: string | undefined): LastingOptions {
  return database ? { kind: 'postgres', url: database } : { kind: 'embedded', folder: join(directory, stateFolder) };
}

/** Options of a scan over an open estate and store. */
export async function scanOptions(
  request: EstateRequest,
  opened: OpenEstate,
  store: LeewayStore,
): Promise<Result<Omit<ScanOptions, 'failOn'>>> {
  const key = await loadSealKey(join(request.directory, stateFolder), request);
  if (!key.ok) return key;
  const { estate } = opened;
  return ok({
    ...opened,
    connectors: connectorDirectory,
    store,
    seal: sealWith(key.value),
    // An example is frozen at the instant its story takes place: certificates and approvals of it do not age.
    now: estate.asOf === undefined || request.nowIsGiven ? request.now : new Date(estate.asOf),
    variable: request.variable,
    signal: request.signal,
  });
}
