import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listeningBeyondLoopback } from './listening.ts';
import { folderOf, labFolder, openPlace, type Place } from './place.ts';
import { runningPid, stopProcess } from './processes.ts';
import { type Drift, type LabService, type Side, sides } from './service.ts';
import { isRoot, labUser } from './user.ts';

const servicesFolder = join(import.meta.dirname, 'services');

/** The services named and those they need, or every one: one file each in `services/`, which exports it as `service`. */
export async function loadServices(ids: readonly string[] = serviceIds()): Promise<readonly LabService[]> {
  const loaded = new Map<string, LabService>();
  const waiting = [...ids];
  for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
    if (loaded.has(id)) continue;
    const service = await loadService(id);
    loaded.set(id, service);
    waiting.push(...(service.needs ?? []));
  }
  return [...loaded.values()].sort((left, right) => (left.id < right.id ? -1 : 1));
}

/** Ids of every service there is a file for. */
export function serviceIds(): readonly string[] {
  const files = readdirSync(servicesFolder).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  return files.map((name) => name.slice(0, -'.ts'.length)).sort();
}

async function loadService(id: string): Promise<LabService> {
  const { service } = await import(join(servicesFolder, `${id}.ts`));
  if (service?.id !== id) throw new Error(`lab/services/${id}.ts must export a service with this id`);
  return service;
}

/** Sides on which a service has processes of its own. */
export function instancesOf(service: LabService): readonly Side[] {
  return service.shared ? ['production'] : sides;
}

/** Starts a service on every side and brings it to a clean pair. */
export async function bringUp(service: LabService): Promise<void> {
  await mkdir(labFolder, { recursive: true });
  await chmod(labFolder, 0o755);
  await Promise.all(instancesOf(service).map(async (side) => service.up(await openPlace(service.id, side))));
  await undoDrifts(service);
  await Promise.all(sides.map(async (side) => service.fill(await openPlace(service.id, side))));
}

/** Ends everything a service started; `wipe` forgets its data as well. */
export async function bringDown(service: LabService, { wipe }: { readonly wipe: boolean }): Promise<void> {
  const standing = instancesOf(service).filter((side) => existsSync(folderOf(service.id, side)));
  const stopped = standing.map(async (side) => {
    await service.down?.(await openPlace(service.id, side));
    await Promise.all(pidFiles(service, side).map(stopProcess));
  });
  await Promise.all(stopped);
  if (!wipe) return;
  // What was installed stays: it is not the service's data.
  for (const path of [...sides.map((side) => folderOf(service.id, side)), driftFile(service)]) {
    await rm(path, { recursive: true, force: true });
  }
}

/** Whether any process of the service runs. */
export function isUp(service: LabService): boolean {
  return pidsOf(service).length > 0;
}

export function pidsOf(service: LabService): readonly number[] {
  return instancesOf(service)
    .flatMap((side) => pidFiles(service, side))
    .flatMap((file) => runningPid(file) ?? []);
}

/** Addresses beyond loopback that the lab listens at: there must be none. */
export function exposedAddresses(services: readonly LabService[]): readonly string[] {
  return listeningBeyondLoopback(services.flatMap(pidsOf), isRoot() ? labUser().uid : undefined);
}

function pidFiles(service: LabService, side: Side): readonly string[] {
  const folder = folderOf(service.id, side);
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith('.pid'));
  return names.map((name) => join(folder, name));
}

/** Applies drifts to staging and notes them, so that they can be undone whatever happens to us. */
export async function applyDrifts(service: LabService, drifts: readonly Drift[] = service.drifts): Promise<void> {
  const place = await openPlace(service.id, 'staging');
  for (const drift of drifts) {
    const noted = appliedDrifts(service);
    if (noted.includes(drift.name)) continue;
    // Noted first: one that failed half-way needs undoing as well.
    await writeFile(driftFile(service), JSON.stringify([...noted, drift.name]));
    await drift.apply(place);
  }
}

/** Takes back every drift that was applied, newest first. */
export async function undoDrifts(service: LabService): Promise<void> {
  const place: Place = await openPlace(service.id, 'staging');
  for (const name of appliedDrifts(service).toReversed()) {
    await service.drifts.find((drift) => drift.name === name)?.undo(place);
    const left = appliedDrifts(service).filter((each) => each !== name);
    await writeFile(driftFile(service), JSON.stringify(left));
  }
}

/** Names of the drifts that are in force. */
export function appliedDrifts(service: LabService): readonly string[] {
  const file = driftFile(service);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
}

function driftFile(service: LabService): string {
  return join(labFolder, service.id, 'drifts.json');
}
