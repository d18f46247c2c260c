import {
  digestHex,
  findResources,
  keyHashOf,
  type Plane,
  ProblemError,
  problem,
  type Resource,
  type Snapshot,
} from '@leeway/core';
import { environmentFacts } from '@leeway/engine/scan/environment-facts.ts';
import { type Environment, planes, type Source } from '@leeway/estate';
import type { ServerContext } from '../context.ts';
import type { environmentContracts } from '../contract/environments.ts';
import type { HandlersOf } from '../http/call.ts';
import type { Principal } from '../identity/principal.ts';
import { may } from '../identity/principal.ts';
import { visible } from '../identity/scope.ts';
import { firstPosition, listResources, type ResourcePosition, rowOf } from '../resources/list-resources.ts';

type Resources = Pick<typeof environmentContracts, 'listResources' | 'getResource'>;

export const resourceHandlers: HandlersOf<Resources> = {
  async listResources({ params, query, principal, signal }, context) {
    const environment = seenEnvironment(params.environment, principal, context);
    const { estate } = context.estate.current();
    const heads = await headsOf(environment, context);
    const stand = heads
      .map(({ id }) => id)
      .sort()
      .join(' ');
    const from = query.cursor === undefined ? firstPosition : readPosition(query.cursor, stand);
    const open = await context.store.findings.open(estate.name);
    const page = await listResources(
      {
        estate,
        store: context.store,
        kinds: await context.comparisons.kinds(),
        environment,
        findings: open.filter((finding) => finding.environment === environment.name),
        snapshotsOf: (source) => snapshotsOf(source, heads, context),
        sees: (workload) => visible(principal, { environment: environment.name, workload }),
        signal,
      },
      query,
      from,
      query.limit,
    );
    return {
      items: page.items.map((row) => ({ ...row, planes: [...row.planes] })),
      ...(page.next && { next: writePosition(page.next, stand) }),
    };
  },

  async getResource({ params, query, principal }, context) {
    const environment = seenEnvironment(params.environment, principal, context);
    const { estate } = context.estate.current();
    const source = estate.sources.find(({ id }) => id === query.source);
    const missing = () => new ProblemError(problem('LW8003', { what: query.kind, id: query.key }));
    if (!source?.environments.includes(environment.name)) throw missing();
    const snapshots = await snapshotsOf(source, await headsOf(environment, context), context);
    const key = environmentFacts(environment).neutralizer.neutralize(query.key);
    const hash = keyHashOf(query.kind, key);
    const found: (readonly [Snapshot, Resource])[] = [];
    for (const snapshot of snapshots) {
      const resource = (await findResources(context.store.chunks, snapshot.index, [hash])).get(hash);
      if (resource) found.push([snapshot, resource]);
    }
    const [first] = found;
    if (!first) throw missing();
    const { workload } = rowOf(first[1], source, [], new Map(), {
      estate,
      kinds: await context.comparisons.kinds(),
      environment,
    });
    if (!visible(principal, { environment: environment.name, workload })) throw missing();
    const open = await context.store.findings.open(estate.name);
    const own = open.filter(
      (finding) =>
        finding.environment === environment.name &&
        finding.source === source.id &&
        finding.kind === query.kind &&
        finding.key === key,
    );
    return {
      source: source.id,
      kind: query.kind,
      key,
      sides: found.map(([{ header }, { attributes, origin }]) => ({
        plane: header.plane,
        attributes,
        ...(origin?.place !== undefined && { place: origin.place }),
        ...(origin?.actor !== undefined && { actor: origin.actor }),
        ...(origin?.at !== undefined && { at: origin.at }),
        takenAt: header.takenAt,
      })),
      findings: own.map(({ fingerprint }) => fingerprint),
    };
  },
};

/** What somebody may not see is not there for them. */
export function seenEnvironment(name: string, principal: Principal, { estate }: ServerContext): Environment {
  const found = estate.current().estate.environments.find((environment) => environment.name === name);
  if (found && may(principal, 'findings:read', { environment: name })) return found;
  throw new ProblemError(problem('LW8003', { what: 'environment', id: name }));
}

type Heads = Awaited<ReturnType<ServerContext['store']['snapshots']['heads']>>;

function headsOf({ name }: Environment, { estate, store }: ServerContext): Promise<Heads> {
  const current = estate.current().estate;
  const own = current.sources.filter(({ environments }) => environments.includes(name));
  const slots = own.flatMap(({ id }) => planes.map((plane) => ({ source: id, plane })));
  return store.snapshots.heads(current.name, name, slots);
}

async function snapshotsOf({ id }: Source, heads: Heads, { store }: ServerContext): Promise<readonly Snapshot[]> {
  const order = (plane: Plane) => planes.indexOf(plane);
  const own = heads.filter(({ source }) => source === id).sort((one, two) => order(one.plane) - order(two.plane));
  const loaded = await Promise.all(own.map((head) => store.snapshots.get(head.id)));
  return loaded.filter((snapshot) => snapshot !== undefined);
}

function writePosition({ source, bucket, offset }: ResourcePosition, stand: string): string {
  return Buffer.from(JSON.stringify([keyOf(stand), source, bucket, offset])).toString('base64url');
}

function readPosition(cursor: string, stand: string): ResourcePosition {
  const [key, source, bucket, offset] = parse(cursor);
  const numbers = [source, bucket, offset];
  if (typeof key !== 'string' || !numbers.every((each) => Number.isSafeInteger(each) && (each as number) >= 0)) {
    throw new ProblemError(problem('LW8004', { where: 'cursor', reason: 'it was not handed out by this server' }));
  }
  if (key !== keyOf(stand)) throw new ProblemError(problem('LW8303'));
  return { source: source as number, bucket: bucket as number, offset: offset as number };
}

function parse(cursor: string): readonly unknown[] {
  try {
    const read: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(read) ? read : [];
  } catch {
    return [];
  }
}

/** Snapshots move on with every scan: a page of other ones would leave resources out or hold them twice. */
function keyOf(stand: string): string {
  return digestHex(stand, 16);
}
