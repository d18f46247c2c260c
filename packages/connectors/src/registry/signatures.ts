import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { ReadContext } from '@leeway/connector-kit';
import { failed, ok, problem, type Result } from '@leeway/core';
import type { RegistryClient } from './client.ts';
import { type Descriptor, Manifest, SimpleSigning } from './schema.ts';
import type { RegistrySettings } from './settings.ts';

const annotation = 'dev.cosignproject.cosign/signature';

/** What stands beside an image in its repository. */
export interface Attached {
  /** Signatures there are; with a key, those that hold. */
  readonly signatures: number;
  readonly verified: number;
  /** Types of attestations and bills of materials. */
  readonly types: readonly string[];
}

/** The key that the settings name; undefined where they name none. */
export async function readKey(
  { publicKey }: RegistrySettings,
  context: ReadContext,
): Promise<Result<KeyObject | undefined>> {
  if (publicKey === undefined) return ok(undefined);
  const bytes = await context.files.read(publicKey, 2 ** 16);
  try {
    return ok(createPublicKey(Buffer.from(bytes)));
  } catch {
    return failed(
      problem('LW2009', { what: 'An unexpected document', expected: 'a public key in PEM' }, { file: publicKey }),
    );
  }
}

/** What is attached to a digest: cosign's tags, and whatever refers to it by the referrers API or its fallback tag. */
export async function readAttached(
  client: RegistryClient,
  image: { readonly repository: string; readonly digest: string; readonly tags: ReadonlySet<string> },
  key: KeyObject | undefined,
): Promise<Result<Attached>> {
  const { repository, digest, tags } = image;
  const base = digest.replace(':', '-');
  const found = { signatures: 0, verified: 0, types: [] as string[] };
  for (const suffix of ['.sig', '.att', '.sbom', ''] as const) {
    if (!tags.has(base + suffix)) continue;
    const manifest = await client.shape(
      { repository, path: `manifests/${base}${suffix}`, what: `what is attached to ${repository}` },
      Manifest,
    );
    if (!manifest.ok) return manifest;
    const signed = await addAttached(client, image, manifest.value?.parsed, suffix, found, key);
    if (!signed.ok) return signed;
  }
  const referrers = await client.shape(
    { repository, path: `referrers/${digest}`, what: `what refers to ${repository}` },
    Manifest,
  );
  if (!referrers.ok) return referrers;
  const types = [...found.types, ...typesIn(referrers.value?.parsed)];
  return ok({ ...found, types: [...new Set(types)].sort() });
}

async function addAttached(
  client: RegistryClient,
  image: Signed,
  manifest: Manifest | undefined,
  suffix: '.sig' | '.att' | '.sbom' | '',
  found: { signatures: number; verified: number; types: string[] },
  key: KeyObject | undefined,
): Promise<Result<true>> {
  const layers = manifest?.layers ?? [];
  if (suffix === '.sbom') found.types.push('sbom');
  if (suffix === '.att')
    found.types.push(...layers.map(({ annotations }) => annotations['predicateType'] ?? 'attestation'));
  if (suffix === '') found.types.push(...typesIn(manifest));
  if (suffix !== '.sig') return ok(true);
  for (const layer of layers.filter(({ annotations }) => annotations[annotation] !== undefined)) {
    found.signatures += 1;
    const held = key ? await isHeld(client, image, layer, key) : ok(false);
    if (!held.ok) return held;
    if (held.value) found.verified += 1;
  }
  return ok(true);
}

interface Signed {
  readonly repository: string;
  readonly digest: string;
}

/** Whether a signature is the key's own, and over this very image. */
async function isHeld(
  client: RegistryClient,
  { repository, digest }: Signed,
  layer: Descriptor,
  key: KeyObject,
): Promise<Result<boolean>> {
  const asked = { repository, path: `blobs/${layer.digest}`, what: `a signature of ${repository}` };
  const payload = await client.shape(asked, SimpleSigning);
  if (!payload.ok) return payload;
  if (payload.value?.parsed.critical.image['docker-manifest-digest'] !== digest) return ok(false);
  return ok(holds(payload.value.bytes, layer.annotations[annotation] ?? '', key));
}

/** Types that the entries of an index of referrers have. */
function typesIn(index: Manifest | undefined): readonly string[] {
  return (index?.manifests ?? []).flatMap(({ artifactType }) => artifactType ?? []);
}

/** ECDSA and RSA sign a SHA-256 digest, Ed25519 the text itself. */
function holds(payload: Uint8Array, signature: string, key: KeyObject): boolean {
  const algorithm = key.asymmetricKeyType === 'ed25519' ? null : 'sha256';
  try {
    return verify(algorithm, payload, key, Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
}
