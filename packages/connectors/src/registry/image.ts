import type { KeyObject } from 'node:crypto';
import { failed, type JsonObject, ok, problem, type Result } from '@leeway/core';
import { type Document, type RegistryClient, system } from './client.ts';
import { type Descriptor, ImageConfig, Manifest } from './schema.ts';
import { type Attached, readAttached } from './signatures.ts';

/** The image behind one tag. */
export interface Tagged {
  readonly repository: string;
  readonly tag: string;
  /** Every tag of the repository: what is attached to images has tags of its own. */
  readonly tags: ReadonlySet<string>;
  readonly platform: string;
}

type Found = Document & { readonly parsed: Manifest };

/** Annotations of buildkit: https://docs.docker.com/build/metadata/attestations/attestation-storage/ */
const referenceType = 'vnd.docker.reference.type';
const predicateType = 'in-toto.io/predicate-type';
const base = 'org.opencontainers.image.base.';

/** Attributes of the image a tag points at. */
export async function readImage(
  client: RegistryClient,
  tagged: Tagged,
  key: KeyObject | undefined,
): Promise<Result<JsonObject>> {
  const top = await manifestOf(client, tagged, tagged.tag);
  if (!top.ok) return top;
  const children = top.value.parsed.manifests?.filter((child) => child.annotations[referenceType] === undefined);
  const own = children?.find((child) => platformOf(child) === tagged.platform) ?? children?.[0];
  const manifest = own ? await manifestOf(client, tagged, own.digest) : top;
  if (!manifest.ok) return manifest;
  const config = await configOf(client, tagged, manifest.value.parsed);
  if (!config.ok) return config;
  const built = await attestationsIn(client, tagged, top.value.parsed);
  if (!built.ok) return built;
  const attached = await readAttached(client, { ...tagged, digest: top.value.digest }, key);
  if (!attached.ok) return attached;
  const types = [...built.value, ...attached.value.types];
  return ok({
    digest: top.value.digest,
    platforms: children ? children.map(platformOf).sort() : [platformOf({ platform: config.value })],
    ...configAttributes(config.value, { ...top.value.parsed.annotations, ...manifest.value.parsed.annotations }),
    ...signingAttributes(attached.value, key),
    sbom: types.some((type) => /spdx|cyclonedx|sbom/i.test(type)),
    provenance: types.some((type) => /slsa|provenance/i.test(type)),
  });
}

/** Who signed is said where a key says who should have; otherwise only whether anybody did. */
function signingAttributes({ signatures, verified }: Attached, key: KeyObject | undefined): JsonObject {
  if (key === undefined) return { signed: signatures > 0 };
  return {
    signed: signatures > 0,
    signature: signatures === 0 ? 'missing' : verified > 0 ? 'valid' : 'not by this key',
  };
}

async function manifestOf(
  client: RegistryClient,
  { repository, tag }: Tagged,
  reference: string,
): Promise<Result<Found>> {
  const what = `${repository}:${tag}`;
  const found = await client.shape({ repository, path: `manifests/${reference}`, what }, Manifest);
  if (!found.ok) return found;
  return found.value ? ok(found.value) : failed(problem('LW3006', { system, what, reason: 'its manifest is gone' }));
}

async function configOf(
  client: RegistryClient,
  { repository, tag }: Tagged,
  { config }: Manifest,
): Promise<Result<ImageConfig>> {
  // An artifact that is no image (a chart, a bundle) has a configuration of its own kind.
  if (!config || !/image|container/.test(config.mediaType)) return ok({});
  const what = `the configuration of ${repository}:${tag}`;
  const found = await client.shape({ repository, path: `blobs/${config.digest}`, what }, ImageConfig);
  if (!found.ok) return found;
  return found.value ? ok(found.value.parsed) : failed(problem('LW3006', { system, what, reason: 'it is gone' }));
}

/** Predicate types of attestations that the build put into the index. */
async function attestationsIn(
  client: RegistryClient,
  tagged: Tagged,
  index: Manifest,
): Promise<Result<readonly string[]>> {
  const types: string[] = [];
  for (const child of index.manifests ?? []) {
    if (child.annotations[referenceType] !== 'attestation-manifest') continue;
    const found = await manifestOf(client, tagged, child.digest);
    if (!found.ok) return found;
    types.push(...found.value.parsed.layers.flatMap(({ annotations }) => annotations[predicateType] ?? []));
  }
  return ok(types);
}

function platformOf({ platform }: { readonly platform?: Descriptor['platform'] | ImageConfig }): string {
  const { os = 'unknown', architecture = 'unknown', variant } = platform ?? {};
  return [os, architecture, ...(typeof variant === 'string' ? [variant] : [])].join('/');
}

function configAttributes({ config }: ImageConfig, annotations: Readonly<Record<string, string>>): JsonObject {
  const labels = config?.Labels ?? {};
  const said = (name: string) => annotations[base + name] ?? labels[base + name] ?? '';
  return {
    labels: Object.fromEntries(Object.entries(labels).filter(([name]) => !name.startsWith(base))),
    baseName: said('name'),
    baseDigest: said('digest'),
    user: config?.User ?? '',
    workingDir: config?.WorkingDir ?? '',
    entrypoint: [...(config?.Entrypoint ?? [])],
    command: [...(config?.Cmd ?? [])],
    ports: [...(config?.ExposedPorts ?? [])],
  };
}
