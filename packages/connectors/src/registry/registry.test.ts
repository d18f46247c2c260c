import { readFileSync } from 'node:fs';
import { testConnector } from '@leeway/connector-kit/test-contract.ts';
import { RecordingFile, type RecordingInput } from '@leeway/connector-kit/testing/recording.ts';
import { type Run, runScenario, type Scenario } from '@leeway/connector-kit/testing/scenario.ts';
import { describe, expect, it } from 'vitest';
import { connector } from './index.ts';

const marker = 'planted-marker-4711';
const file = (name: string) => readFileSync(new URL(`recordings/${name}`, import.meta.url), 'utf8');
const { recordings } = RecordingFile.parse(JSON.parse(file('images.json')));
const files = { 'cosign.pub': file('cosign.pub') };

const live: Scenario = {
  name: 'a registry with signed images',
  settings: {
    url: 'http://oci-registry.test',
    images: ['noordzee/order-api:*'],
    username: 'reader',
    passwordFrom: 'PASSWORD',
    publicKey: 'cosign.pub',
  },
  variables: { PASSWORD: marker },
  files,
  recordings,
  resources: 4,
  lists: ['/tags'],
  tolerates: { truncated: 'a PEM file that lost its last line end is whole' },
};

testConnector('registry', connector, {
  secrets: [marker],
  scenarios: [live],
  failures: [
    {
      name: 'a credential that is not set',
      settings: live.settings,
      files,
      recordings: recordings.slice(0, 1),
      codes: ['LW3055'],
    },
    { name: 'no key in the file', settings: live.settings, files: { 'cosign.pub': 'none' }, codes: ['LW2009'] },
  ],
});

const attributesOf = ({ resources }: Run, tag: string) =>
  resources.find(({ key }) => key === `noordzee/order-api:${tag}`)?.attributes;

describe('images', () => {
  it('say what they are, what they are built on and who signed them', async () => {
    const run = await runScenario(connector, live);
    expect(attributesOf(run, '1.8.2')).toMatchObject({
      digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      platforms: ['linux/amd64'],
      labels: { 'org.opencontainers.image.version': '1.8.2' },
      baseName: 'registry.example/base:12',
      user: '10001',
      ports: ['8080/tcp'],
      signed: true,
      signature: 'valid',
      sbom: false,
    });
    expect(attributesOf(run, '1.9.0-attested')).toMatchObject({ sbom: true, provenance: true, signature: 'missing' });
  });

  it('are not signed by another key', async () => {
    const { generateKeyPairSync } = await import('node:crypto');
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ type: 'spki', format: 'pem' });
    const run = await runScenario(connector, live, { files: { 'cosign.pub': other.toString() } });
    expect(attributesOf(run, '1.8.2')).toMatchObject({ signed: true, signature: 'not by this key' });
  });

  it('are not what a manifest of another digest says', async () => {
    const swapped = recordings.map((recording): RecordingInput => {
      if (!recording.request.url.endsWith('/manifests/1.8.2')) return recording;
      return { ...recording, response: { ...recording.response, json: { layers: [] } } };
    });
    const run = await runScenario(connector, live, { recordings: swapped });
    expect(run.notices.map(({ problem }) => problem.message)).toEqual([expect.stringContaining('digest')]);
    expect(run.complete).toEqual([]);
  });
});

describe('a registry that hands out tokens', () => {
  const base = 'https://registry.test/v2/shop/api';
  const challenge = (realm: string): RecordingInput => ({
    request: { url: `${base}/tags/list?n=1000` },
    response: { status: 401, headers: { 'www-authenticate': `Bearer realm="${realm}",service="registry.test"` } },
  });
  const read = (answers: readonly RecordingInput[]) =>
    runScenario(connector, {
      name: 'x',
      settings: { url: 'https://registry.test', images: ['shop/api'], username: 'u', passwordFrom: 'PASSWORD' },
      variables: { PASSWORD: marker },
      recordings: answers,
    });

  it('is asked for one, for this repository alone', async () => {
    const run = await read([
      challenge('https://auth.test/token'),
      {
        request: { url: 'https://auth.test/token?service=registry.test&scope=repository:shop/api:pull' },
        response: { json: { token: 'short-lived' } },
      },
      { request: { url: `${base}/tags/list?n=1000` }, response: { json: { name: 'shop/api', tags: null } } },
    ]);
    expect(run.notices).toEqual([]);
    expect(run.complete).toEqual(['oci.image']);
  });

  it('gets no password sent in clear, or to an address that is none', async () => {
    for (const realm of ['http://auth.test/token', 'token']) {
      const run = await read([challenge(realm)]);
      expect(run.notices.map(({ problem }) => problem.code)).toEqual(['LW3006']);
      expect(run.transport.requests).toHaveLength(1);
    }
  });
});

describe('settings', () => {
  it.each([
    [{ url: 'https://r.test' }],
    [{ url: 'https://r.test', images: [] }],
    [{ url: 'https://r.test', images: ['Upper/Case'] }],
    [{ url: 'https://r.test', images: ['../up'] }],
    [{ url: 'https://u:p@r.test', images: ['a'] }],
    [{ url: 'https://r.test', images: ['a'], username: 'u' }],
  ])('%j are refused', (settings) => expect(connector.settings.safeParse(settings).success).toBe(false));
});
