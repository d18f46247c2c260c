import { createPrivateKey, createPublicKey, generateKeyPairSync, hash, sign } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { labFolder, missingCommands, type Place } from '../place.ts';
import type { LabService } from '../service.ts';

const ports = { staging: 15000, production: 15001 } as const;

const user = 'reader';
const password = 'registry-pw-4be2';
const htpasswd = `${user}:$2b$04$LbVgsG4uawt.YSV5Ejg0e.tEf81OUKvKt.rG62GGPJcjhMhEIE0OC\n`;

const repository = 'noordzee/order-api';
const manifestType = 'application/vnd.oci.image.manifest.v1+json';
const indexType = 'application/vnd.oci.image.index.v1+json';

export const service: LabService = {
  id: 'oci-registry',
  title: 'docker-registry',
  packages: ['docker-registry'],
  available: () => missingCommands('docker-registry'),
  async up(place) {
    await place.write('htpasswd', htpasswd);
    const config = await place.write(
      'config.yml',
      `version: 0.1
log: {level: warn, accesslog: {disabled: true}}
storage:
  filesystem: {rootdirectory: ${place.folder}/data}
  delete: {enabled: true}
auth:
  htpasswd: {realm: lab, path: ${place.folder}/htpasswd}
http:
  addr: 127.0.0.1:${ports[place.side]}
`,
    );
    await place.start('docker-registry', 'docker-registry', ['serve', config]);
    await place.until('ready', async () => (await ask(place, 'GET', '/v2/')).ok);
  },
  async fill(place) {
    for (const version of ['1.8.2', '1.9.0']) await signImage(place, await pushImage(place, version, version));
    await pushAttested(place, '1.9.0-attested');
  },
  drifts: [
    {
      name: 'tag-moved',
      apply: async (place) => void (await pushImage(place, '1.8.2', '1.8.3-hotfix')),
      undo: async (place) => void (await pushImage(place, '1.8.2', '1.8.2')),
      findings: [
        { kind: 'oci.image', key: `${repository}:1.8.2`, path: '/digest', says: 'is sha256:' },
        { kind: 'oci.image', key: `${repository}:1.8.2`, path: '/labels/org.opencontainers.image.version' },
        { kind: 'oci.image', key: `${repository}:1.8.2`, path: '/signed', says: 'is not signed' },
        { kind: 'oci.image', key: `${repository}:1.8.2`, path: '/signature', says: 'missing' },
      ],
    },
    {
      name: 'signature-of-another-key',
      apply: async (place) => signImage(place, await pushImage(place, '1.9.0', '1.9.0'), generateKey()),
      undo: async (place) => signImage(place, await pushImage(place, '1.9.0', '1.9.0')),
      findings: [{ kind: 'oci.image', key: `${repository}:1.9.0`, path: '/signature', says: 'not by this key' }],
    },
    {
      name: 'tag-left-over',
      apply: async (place) => void (await pushImage(place, '1.7.0', '1.7.0')),
      undo: async (place) =>
        void (await ask(place, 'DELETE', `/v2/${repository}/manifests/${await pushImage(place, '1.7.0', '1.7.0')}`)),
      findings: [{ kind: 'oci.image', key: `${repository}:1.7.0`, path: '' }],
    },
  ],
  sources: {
    images: {
      connector: 'registry',
      observed: {
        url: 'http://127.0.0.1:{port}',
        images: [`${repository}:*`],
        username: user,
        passwordFrom: 'REGISTRY_READER',
        publicKey: 'cosign.pub',
      },
    },
  },
  parameters: { staging: { port: ports.staging }, production: { port: ports.production } },
  variables: { REGISTRY_READER: password },
  files: async () => ({ 'cosign.pub': publicKey() }),
};

/** The key that both sides' images are signed with: made once for the lab. */
function signingKey(): string {
  const file = join(labFolder, 'oci-registry', 'cosign.key');
  try {
    return readFileSync(file, 'utf8');
  } catch {
    const key = generateKey();
    writeFileSync(file, key, { mode: 0o600 });
    return key;
  }
}

function publicKey(): string {
  return createPublicKey(createPrivateKey(signingKey())).export({ type: 'spki', format: 'pem' }).toString();
}

function generateKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function ask(
  { side }: Place,
  method: string,
  path: string,
  body?: string,
  type = 'application/json',
): Promise<Response> {
  return fetch(`http://127.0.0.1:${ports[side]}${path}`, {
    method,
    headers: { authorization: `Basic ${btoa(`${user}:${password}`)}`, 'content-type': type },
    ...(body !== undefined && { body }),
  });
}

/** Uploads a blob in one piece and returns what a manifest says of it. */
async function pushBlob(place: Place, mediaType: string, text: string) {
  const digest = `sha256:${hash('sha256', text)}`;
  const started = await ask(place, 'POST', `/v2/${repository}/blobs/uploads/`);
  const at = new URL(started.headers.get('location') ?? '', `http://127.0.0.1:${ports[place.side]}`);
  at.searchParams.set('digest', digest);
  const done = await ask(place, 'PUT', `${at.pathname}${at.search}`, text, 'application/octet-stream');
  if (!done.ok) throw new Error(`the registry answered ${done.status} for a blob`);
  return { mediaType, digest, size: Buffer.byteLength(text) };
}

async function pushManifest(place: Place, tag: string, manifest: object, type = manifestType): Promise<string> {
  const text = JSON.stringify({ schemaVersion: 2, mediaType: type, ...manifest });
  const done = await ask(place, 'PUT', `/v2/${repository}/manifests/${tag}`, text, type);
  if (!done.ok) throw new Error(`the registry answered ${done.status} for ${tag}`);
  return `sha256:${hash('sha256', text)}`;
}

/** An image whose only content is its version; returns its digest. */
async function pushImage(place: Place, tag: string, version: string): Promise<string> {
  const config = {
    os: 'linux',
    architecture: 'amd64',
    rootfs: { type: 'layers', diff_ids: [] },
    config: {
      User: '10001',
      Entrypoint: ['/app/order-api'],
      ExposedPorts: { '8080/tcp': {} },
      Labels: {
        'org.opencontainers.image.version': version,
        'org.opencontainers.image.base.name': 'registry.example/base:12',
        'org.opencontainers.image.base.digest': `sha256:${hash('sha256', 'base')}`,
      },
    },
  };
  return await pushManifest(place, tag, {
    config: await pushBlob(place, 'application/vnd.oci.image.config.v1+json', JSON.stringify(config)),
    layers: [await pushBlob(place, 'application/vnd.oci.image.layer.v1.tar', `order-api ${version}`)],
  });
}

/** Signs as cosign does: https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md */
async function signImage(place: Place, digest: string, key: string = signingKey()): Promise<void> {
  const payload = JSON.stringify({
    critical: {
      identity: { 'docker-reference': `registry.example/${repository}` },
      image: { 'docker-manifest-digest': digest },
      type: 'cosign container image signature',
    },
    optional: null,
  });
  const blob = await pushBlob(place, 'application/vnd.dev.cosign.simplesigning.v1+json', payload);
  const signature = sign('sha256', Buffer.from(payload), createPrivateKey(key)).toString('base64');
  await pushManifest(place, `${digest.replace(':', '-')}.sig`, {
    config: await pushBlob(place, 'application/vnd.oci.image.config.v1+json', '{}'),
    layers: [{ ...blob, annotations: { 'dev.cosignproject.cosign/signature': signature } }],
  });
}

/** An index as buildkit pushes it: one platform, and a manifest with its attestations. */
async function pushAttested(place: Place, tag: string): Promise<void> {
  const image = await pushImage(place, tag, tag);
  const statement = (predicate: string) =>
    pushBlob(place, 'application/vnd.in-toto+json', JSON.stringify({ predicate }));
  const predicates = ['https://spdx.dev/Document', 'https://slsa.dev/provenance/v1'];
  const layers = await Promise.all(
    predicates.map(async (type) => ({
      ...(await statement(type)),
      annotations: { 'in-toto.io/predicate-type': type },
    })),
  );
  const config = await pushBlob(place, 'application/vnd.oci.image.config.v1+json', '{}');
  const attestation = await pushManifest(place, `${tag}-statements`, { config, layers });
  const entry = (digest: string) => ({ mediaType: manifestType, digest, size: 1 });
  await pushManifest(
    place,
    tag,
    {
      manifests: [
        { ...entry(image), platform: { os: 'linux', architecture: 'amd64' } },
        {
          ...entry(attestation),
          platform: { os: 'unknown', architecture: 'unknown' },
          annotations: { 'vnd.docker.reference.type': 'attestation-manifest', 'vnd.docker.reference.digest': image },
        },
      ],
    },
    indexType,
  );
}
