import type { CheckLine, ReadContext, Reading } from '@leeway/connector-kit';
import { type JsonObject, matchesWildcard, type Problem, type Resource, type Result } from '@leeway/core';
import { encodePath, openClient, type VaultClient } from './client.ts';
import { vaultKinds } from './kinds.ts';
import { type Metadata, type Mount, Mounts, Policy, Role } from './schema.ts';
import { readSecrets } from './secrets.ts';
import { isWanted, type VaultSettings } from './settings.ts';
import { metadataAttributes, mountAttributes, roleAttributes } from './shape.ts';

/** Everything that a kind's reader may need. */
interface Session {
  readonly client: VaultClient;
  readonly settings: VaultSettings;
  readonly now: Date;
  readonly mounts: Readonly<Record<string, Mount>>;
  readonly auths: Readonly<Record<string, Mount>>;
}

type Found = Result<Resource>;
type KindReader = (session: Session) => AsyncIterable<Found>;

/** Where the roles of an auth method are, by its type. */
const roleFolders: Readonly<Record<string, string>> = {
  approle: 'role',
  kubernetes: 'role',
  jwt: 'role',
  oidc: 'role',
  aws: 'roles',
  azure: 'role',
  gcp: 'roles',
  cert: 'certs',
  token: 'roles',
};

const readers: Readonly<Record<string, KindReader>> = {
  'vault.mount': ({ mounts }) => mountsOf('vault.mount', mounts),
  'vault.auth': ({ auths }) => mountsOf('vault.auth', auths),
  'vault.policy': policies,
  'vault.auth-role': ({ client, auths }) =>
    rolesOf('vault.auth-role', client, auths, ({ type }, path) =>
      roleFolders[type] === undefined ? undefined : `auth/${path}${roleFolders[type]}`,
    ),
  'vault.pki-role': ({ client, mounts }) =>
    rolesOf('vault.pki-role', client, mounts, ({ type }, path) => (type === 'pki' ? `${path}roles` : undefined)),
  'vault.secret': secrets,
};

/** Reads kind by kind; one that is denied leaves the others whole. */
export async function* readVault(settings: VaultSettings, context: ReadContext): AsyncIterable<Reading> {
  const opened = await openSession(settings, context);
  if (!opened.ok) {
    for (const found of opened.problems) yield { type: 'notice', problem: found };
    return;
  }
  for (const { name: kind } of vaultKinds) {
    const reader = readers[kind];
    if (reader && isWanted(settings, kind)) yield* readKind(kind, reader, opened.value);
  }
}

async function* readKind(kind: string, reader: KindReader, session: Session): AsyncIterable<Reading> {
  let isComplete = true;
  for await (const found of reader(session)) {
    if (found.ok) {
      const place = `${session.client.address}/${found.value.key}`;
      yield { type: 'resource', resource: { ...found.value, origin: { place } } };
    } else {
      isComplete = false;
      for (const one of found.problems) yield { type: 'notice', problem: one, kind };
    }
  }
  if (isComplete) yield { type: 'complete', kind };
}

async function openSession(settings: VaultSettings, context: ReadContext): Promise<Result<Session>> {
  const client = openClient(settings, context);
  if (!client.ok) return client;
  const mounts = await client.value.read('sys/mounts', Mounts);
  if (!mounts.ok) return mounts;
  const auths = await client.value.read('sys/auth', Mounts);
  if (!auths.ok) return auths;
  const session = { client: client.value, settings, now: context.now() };
  return { ok: true, value: { ...session, mounts: mounts.value ?? {}, auths: auths.value ?? {} } };
}

async function* mountsOf(kind: string, mounts: Session['mounts']): AsyncIterable<Found> {
  for (const [path, mount] of Object.entries(mounts)) {
    yield { ok: true, value: { kind, key: path, attributes: mountAttributes(mount) } };
  }
}

async function* policies({ client }: Session): AsyncIterable<Found> {
  const names = await client.list('sys/policies/acl');
  if (!names.ok) return yield names;
  // The policy of root cannot be read: it allows everything, everywhere.
  for (const name of names.value.filter((each) => each !== 'root')) {
    const policy = await client.read(`sys/policies/acl/${encodePath(name)}`, Policy);
    yield* one(policy, 'vault.policy', name, (text) => ({ policy: text }));
  }
}

async function* rolesOf(
  kind: string,
  client: VaultClient,
  mounts: Session['mounts'],
  folderOf: (mount: Mount, path: string) => string | undefined,
): AsyncIterable<Found> {
  for (const [path, mount] of Object.entries(mounts).sort(([left], [right]) => (left < right ? -1 : 1))) {
    const folder = folderOf(mount, path);
    if (folder === undefined) continue;
    const names = await client.list(encodePath(folder));
    if (!names.ok) yield names;
    for (const name of names.ok ? names.value : []) {
      const role = await client.read(`${encodePath(folder)}/${encodeURIComponent(name)}`, Role);
      yield* one(role, kind, `${path}${name}`, roleAttributes);
    }
  }
}

async function* secrets({ client, mounts, settings, now }: Session): AsyncIterable<Found> {
  const chosen = Object.entries(mounts).filter(([path, { type, options }]) => {
    const isKv = type === 'kv' && options?.['version'] === '2';
    return isKv && (settings.mounts ?? ['*']).some((pattern) => matchesWildcard(pattern, path.replace(/\/$/, '')));
  });
  for (const [mount] of chosen) {
    for await (const { key, found } of readSecrets(client, mount)) {
      yield* one(found, 'vault.secret', key, (metadata: Metadata) =>
        metadataAttributes(metadata, now, settings.rotationDays),
      );
    }
  }
}

/** One thing that was read; nothing where it went away meanwhile. */
function* one<T>(
  found: Result<T | undefined>,
  kind: string,
  key: string,
  shape: (value: T) => JsonObject,
): Iterable<Found> {
  if (!found.ok) yield found;
  else if (found.value !== undefined) yield { ok: true, value: { kind, key, attributes: shape(found.value) } };
}

/** One line a kind: whether all of it may be read. */
export async function checkVault(settings: VaultSettings, context: ReadContext): Promise<readonly CheckLine[]> {
  const lines: CheckLine[] = [];
  const faults = new Map<string, Problem>();
  for await (const reading of readVault(settings, context)) {
    if (reading.type === 'complete') lines.push({ what: reading.kind, ok: true });
    if (reading.type === 'notice' && !faults.has(reading.kind ?? 'sign-in')) {
      faults.set(reading.kind ?? 'sign-in', reading.problem);
    }
  }
  return [...lines, ...[...faults].map(([what, found]) => ({ what, ok: false, problem: found }))];
}
