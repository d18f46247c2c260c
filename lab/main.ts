import { parseArgs } from 'node:util';
import {
  appliedDrifts,
  applyDrifts,
  bringDown,
  bringUp,
  exposedAddresses,
  isUp,
  loadServices,
  serviceIds,
  undoDrifts,
} from './lab.ts';
import { labFolder, openPlace } from './place.ts';
import { recordService } from './record.ts';
import type { LabService } from './service.ts';

const usage = `Usage: npm run lab -- <command> [service…]
  up        start services and bring them to a clean pair (undoes drift)
  status    what can run, what runs, what drifted
  drift     apply every named change to staging; "drift rabbitmq/queue-limit" applies one
  clean     take the changes back
  down      end what was started; with --wipe forget the data
  packages  Debian packages the services need
  install   get what Debian does not have
  record    renew the recordings of the connectors that read these services over HTTP
Data: ${labFolder} (LEEWAY_LAB names another folder)
`;

interface Run {
  readonly all: readonly LabService[];
  readonly chosen: readonly LabService[];
  readonly drifts: ReadonlySet<string>;
  readonly wipe: boolean;
}

const print = (line: string) => process.stdout.write(`${line}\n`);

const commands: Readonly<Record<string, (run: Run) => Promise<number>>> = {
  up,
  status,
  drift,
  clean: ({ chosen }) => forEach(chosen.filter(isUp), 'clean', undoDrifts),
  down: ({ chosen, wipe }) => forEach(chosen, 'down', (service) => bringDown(service, { wipe })),
  async packages({ chosen }) {
    print([...new Set(chosen.flatMap(({ packages }) => packages))].sort().join('\n'));
    return 0;
  },
  record: ({ chosen }) => forEach(chosen.filter(isUp), 'recorded', recordService),
  install: ({ chosen }) =>
    forEach(
      chosen.filter((service) => service.install),
      'installed',
      async (service) => service.install?.(await openPlace(service.id, 'install')),
    ),
};

/** Services start at the same time, each after those it needs. */
async function up({ all, chosen }: Run): Promise<number> {
  const started = new Map<string, Promise<boolean>>();
  const start = (service: LabService): Promise<boolean> => {
    const known = started.get(service.id) ?? startAfterNeeds(service);
    started.set(service.id, known);
    return known;
  };
  const startAfterNeeds = async (service: LabService): Promise<boolean> => {
    const needed = (service.needs ?? []).flatMap((id) => all.find((each) => each.id === id) ?? []);
    const ready = await Promise.all(needed.map(start));
    return ready.every(Boolean) ? report(service, 'up', async () => bringUp(service)) : false;
  };
  const missing = new Map(await Promise.all(chosen.map(async (each) => [each.id, await each.available()] as const)));
  for (const { id } of chosen) if (missing.get(id)) print(`${id}: skipped, ${missing.get(id)}`);
  const results = await Promise.all(chosen.filter(({ id }) => missing.get(id) === undefined).map(start));
  const exposed = exposedAddresses(all);
  for (const address of exposed) print(`${address} listens beyond loopback`);
  return results.every(Boolean) && exposed.length === 0 ? 0 : 1;
}

async function status({ chosen }: Run): Promise<number> {
  for (const service of chosen) {
    const missing = await service.available();
    const drifted = appliedDrifts(service);
    const state = isUp(service) ? 'up' : missing === undefined ? 'down' : `cannot run: ${missing}`;
    print(`${service.id.padEnd(16)} ${state}${drifted.length > 0 ? `, drifted: ${drifted.join(', ')}` : ''}`);
  }
  return 0;
}

function drift({ chosen, drifts }: Run): Promise<number> {
  return forEach(chosen.filter(isUp), 'drifted', (service) => {
    const named = service.drifts.filter(({ name }) => drifts.has(`${service.id}/${name}`));
    return applyDrifts(service, named.length > 0 ? named : service.drifts);
  });
}

async function forEach(
  services: readonly LabService[],
  done: string,
  work: (service: LabService) => Promise<void>,
): Promise<number> {
  const results = await Promise.all(services.map((service) => report(service, done, () => work(service))));
  return results.every(Boolean) ? 0 : 1;
}

async function report(service: LabService, done: string, work: () => Promise<void>): Promise<boolean> {
  const began = performance.now();
  try {
    await work();
    print(`${service.id}: ${done} (${((performance.now() - began) / 1000).toFixed(1)} s)`);
    return true;
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : '';
    print(`${service.id}: failed: ${error instanceof Error ? error.message : String(error)}${cause}`);
    return false;
  }
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { wipe: { type: 'boolean' } } });
  const [command = '', ...operands] = positionals;
  const run = commands[command];
  const named = [...new Set(operands.map((operand) => operand.split('/')[0] ?? ''))];
  const unknown = named.filter((id) => !serviceIds().includes(id));
  if (!run || unknown.length > 0) {
    process.stderr.write(unknown.length > 0 ? `No service ${unknown.join(', ')}\n` : usage);
    return 1;
  }
  const all = await loadServices(named.length > 0 ? named : serviceIds());
  const chosen = all.filter(({ id }) => named.length === 0 || named.includes(id));
  return run({
    all,
    chosen,
    drifts: new Set(operands.filter((each) => each.includes('/'))),
    wipe: values.wipe === true,
  });
}

process.exitCode = await main();
