import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:https';
import { collect, createReadContext, type ReadContext } from '@leeway/connector-kit';
import { type ManualClock, manualClock } from '@leeway/connector-kit/testing/manual-clock.ts';
import { recordedTransport } from '@leeway/connector-kit/testing/recorded-transport.ts';
import type { RecordingInput } from '@leeway/connector-kit/testing/recording.ts';
import { describe, expect, it } from 'vitest';
import { connector } from './index.ts';
import { kubernetesSettings } from './schema.ts';
import { fileContext } from './testing/read.ts';

const server = 'https://cluster.test';
const answer = (path: string, json: object, status = 200): RecordingInput => ({
  request: { url: server + path },
  response: { status, json: json as never },
});
const type = (resource: string, kind: string, scope = 'Namespaced') => ({
  resource,
  responseKind: { kind },
  scope,
  verbs: ['get', 'list'],
});
const group = (name: string, resources: readonly object[], freshness = 'Current') => ({
  metadata: name ? { name } : {},
  versions: [{ version: 'v1', resources, freshness }],
});
const discovery = (...items: readonly object[]) => ({ kind: 'APIGroupDiscoveryList', items });
const object = (name: string) => ({ metadata: { name, namespace: 'n', uid: name } });
const list = (names: readonly string[], token = '') => ({
  kind: 'ConfigMapList',
  metadata: { continue: token },
  items: names.map(object),
});
const maps = '/api/v1/configmaps?limit=500';
const core = answer('/api', discovery(group('', [type('configmaps', 'ConfigMap'), type('events', 'Event')])));
const none = answer('/apis', discovery());

function read(recordings: readonly RecordingInput[], more: object = {}, context: Partial<ReadContext> = {}) {
  const transport = recordedTransport(recordings);
  const settings = kubernetesSettings.parse({ cluster: { server }, ...more });
  return collect(connector, settings, { ...fileContext({}), fetch: transport.fetch, ...context });
}

const names = ({ resources }: { resources: readonly { key: string }[] }) => resources.map(({ key }) => key);

describe('lists of a live API', () => {
  it('are read page by page', async () => {
    const read1 = await read([
      core,
      none,
      answer(maps, list(['a', 'b'], 'p2')),
      answer(`${maps}&continue=p2`, list(['c'])),
    ]);
    expect(names(read1)).toEqual(['n/a', 'n/b', 'n/c']);
    expect(read1.complete).toEqual(['core/ConfigMap', '*']);
  });

  it('start anew when the server forgot the place, without giving an object twice', async () => {
    const gone = answer(`${maps}&continue=p2`, { kind: 'Status', reason: 'Expired' }, 410);
    const again = await read([
      core,
      none,
      answer(maps, list(['a', 'b'], 'p2')),
      gone,
      answer(maps, list(['a', 'b', 'c'], 'p3')),
      answer(`${maps}&continue=p3`, list(['d'])),
    ]);
    expect(names(again)).toEqual(['n/a', 'n/b', 'n/c', 'n/d']);
    expect(again.notices).toEqual([]);
  });

  it('give up when the server keeps forgetting, and say so', async () => {
    const pages = [0, 1, 2, 3].map(() => answer(maps, list(['a'], 'p2')));
    const gone = answer(`${maps}&continue=p2`, { kind: 'Status', reason: 'Expired' }, 410);
    const lost = await read([core, none, ...pages, gone]);
    expect(lost.notices).toMatchObject([{ kind: 'core/ConfigMap', problem: { code: 'LW3011' } }]);
    expect(lost.complete).toEqual([]);
  });

  it('are asked for one namespace after the other where settings name them', async () => {
    const path = (namespace: string) => `/api/v1/namespaces/${namespace}/configmaps?limit=500`;
    const settings = { namespaces: ['n', 'm'] };
    const found = await read([core, none, answer(path('n'), list(['a'])), answer(path('m'), list([]))], settings);
    expect(names(found)).toEqual(['n/a']);
  });
});

describe('a live API that answers in part', () => {
  const two = answer('/api', discovery(group('', [type('configmaps', 'ConfigMap'), type('secrets', 'Secret')])));

  it('spoils the denied kind only', async () => {
    const denied = Object.assign(async (input: string | URL | Request) => {
      const path = String(input).slice(server.length);
      if (path.startsWith('/api/v1/secrets')) return new Response('{"kind":"Status"}', { status: 403 });
      return recordedTransport([two, none, answer(maps, list(['a']))]).fetch(input);
    });
    const found = await read([], {}, { fetch: denied as ReadContext['fetch'] });
    expect(found.complete).toEqual(['core/ConfigMap']);
    expect(found.notices).toMatchObject([{ kind: 'core/Secret' }]);
  });

  it('says which groups have no server behind them', async () => {
    const stale = answer('/apis', discovery(group('stats.example', [type('x', 'X')], 'Stale')));
    const found = await read([core, stale, answer(maps, list(['a']))]);
    expect(found.notices).toMatchObject([{ kind: 'stats.example/*', problem: { code: 'LW3006' } }]);
    expect(found.complete).toEqual(['core/ConfigMap']);
  });

  it('is read by the older discovery too, in the preferred version', async () => {
    const verbs = ['list'];
    const found = await read([
      answer('/api', { kind: 'APIVersions', versions: ['v1'] }),
      answer('/api/v1', {
        kind: 'APIResourceList',
        resources: [
          { name: 'pods/log', kind: 'Pod', verbs },
          { name: 'configmaps', kind: 'ConfigMap', namespaced: true, verbs },
        ],
      }),
      answer('/apis', {
        kind: 'APIGroupList',
        groups: [
          {
            name: 'batch',
            preferredVersion: { groupVersion: 'batch/v1' },
            versions: [{ groupVersion: 'batch/v1beta1' }, { groupVersion: 'batch/v1' }],
          },
        ],
      }),
      answer('/apis/batch/v1', {
        kind: 'APIResourceList',
        resources: [{ name: 'jobs', kind: 'Job', namespaced: true, verbs }],
      }),
      answer('/apis/batch/v1beta1', {
        kind: 'APIResourceList',
        resources: [
          { name: 'jobs', kind: 'Job', namespaced: true, verbs },
          { name: 'cronjobs', kind: 'CronJob', namespaced: true, verbs },
        ],
      }),
      answer(maps, list(['a'])),
      answer('/apis/batch/v1/jobs?limit=500', { kind: 'JobList', items: null }),
      answer('/apis/batch/v1beta1/cronjobs?limit=500', { kind: 'CronJobList', items: [] }),
    ]);
    expect(found.complete).toEqual(['batch/CronJob', 'batch/Job', 'core/ConfigMap', '*']);
  });
});

describe('credentials', () => {
  it('says which variable is not set', async () => {
    const found = await read([], { cluster: { server, tokenFrom: 'KUBE_TOKEN' } });
    expect(found.notices).toMatchObject([{ problem: { code: 'LW3055' } }]);
  });

  it('says what is wrong with a kubeconfig without quoting it', async () => {
    const found = await read([], { cluster: { kubeconfig: '/nowhere/marker' } });
    expect(found.notices).toMatchObject([{ problem: { code: 'LW3054' } }]);
    expect(JSON.stringify(found.notices)).not.toContain('marker');
  });
});

describe('a kubeconfig', () => {
  it('is followed with its own authority and token', async () => {
    const asked: string[] = [];
    await using live = await liveCluster(({ url, headers }) => {
      asked.push(`${url} ${headers.authorization}`);
      return undefined;
    });
    const found = await read([], { cluster: { kubeconfig: live.kubeconfig, context: 'lab' } });
    expect(found.notices).toEqual([]);
    expect(names(found)).toEqual(['n/a']);
    expect(asked).toEqual(['/api', '/apis', maps].map((path) => `${path} Bearer token-of-the-lab`));
  });

  it('is asked no faster than its source allows, and a storm of 429 is waited out', async () => {
    const clock = manualClock();
    const asked: number[] = [];
    await using live = await liveCluster(() => (asked.push(clock.now()) <= 4 ? throttled : undefined));
    const found = await readLimited(live.kubeconfig, clock);
    expect(found.notices).toEqual([]);
    expect(names(found)).toEqual(['n/a']);
    const gaps = asked.slice(1).map((at, index) => at - (asked[index] ?? 0));
    expect(gaps.slice(0, 4).every((gap) => gap >= 1000)).toBe(true);
    // Two at once, then one every half second.
    expect((asked.at(-1) ?? 0) - (asked[4] ?? 0)).toBeGreaterThanOrEqual(500);
  });

  it('that only ever answers 429 is not checked, in bounded time', async () => {
    const clock = manualClock();
    const asked: number[] = [];
    await using live = await liveCluster(() => {
      asked.push(clock.now());
      return throttled;
    });
    const found = await readLimited(live.kubeconfig, clock);
    expect(found.notices.map(({ problem }) => problem.code)).toContain('LW3004');
    expect(found.complete).toEqual([]);
    expect(asked.length).toBeLessThan(20);
  });
});

const throttled = { status: 429, headers: { 'retry-after': '1' } };

/** Reads by a kubeconfig as a scan does: with the rate of its source. */
async function readLimited(kubeconfig: string, clock: ManualClock) {
  const { files, seal, variable } = fileContext({});
  const limits = { rate: 2, deadlineSeconds: 600, clock, random: () => 0 };
  using context = createReadContext({ environment: 'test', system: 'Kubernetes', files, seal, variable, ...limits });
  return collect(connector, kubernetesSettings.parse({ cluster: { kubeconfig, context: 'lab' } }), context);
}

/** A real HTTPS server with one ConfigMap, and its kubeconfig; `refuse` may answer in its place. */
async function liveCluster(
  refuse: (
    request: IncomingMessage,
  ) => { readonly status: number; readonly headers: Record<string, string> } | undefined,
) {
  const { certificate, key, kubeconfig, dispose } = await loopback();
  const live = createServer({ cert: certificate, key }, (request, response) => {
    const refusal = refuse(request);
    if (refusal) return void response.writeHead(refusal.status, refusal.headers).end('{}');
    const path = request.url ?? '';
    const body = path === '/api' ? core : path === '/apis' ? none : answer(maps, list(['a']));
    response.end(JSON.stringify(body.response.json));
  });
  await new Promise<void>((resolve) => live.listen(0, '127.0.0.1', resolve));
  const address = live.address();
  return {
    kubeconfig: await kubeconfig(typeof address === 'object' && address ? address.port : 0),
    async [Symbol.asyncDispose]() {
      live.closeAllConnections();
      live.close();
      await dispose();
    },
  };
}

/** A certificate for 127.0.0.1 and a kubeconfig that trusts it, in a temporary folder. */
async function loopback() {
  const { mkdtemp, rm, writeFile } = await import('node:fs/promises');
  const { tmpdir } = await import('node:os');
  const { join } = await import('node:path');
  const { default: forge } = await import('node-forge');
  const keys = forge.pki.rsa.generateKeyPair(2048);
  const made = forge.pki.createCertificate();
  made.publicKey = keys.publicKey;
  made.serialNumber = '01';
  made.validity.notBefore = new Date(Date.now() - 86_400_000);
  made.validity.notAfter = new Date(Date.now() + 86_400_000);
  const subject = [{ name: 'commonName', value: 'loopback' }];
  made.setSubject(subject);
  made.setIssuer(subject);
  made.setExtensions([
    { name: 'basicConstraints', cA: true },
    { name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] },
  ]);
  made.sign(keys.privateKey, forge.md.sha256.create());
  const certificate = forge.pki.certificateToPem(made);
  const folder = await mkdtemp(join(tmpdir(), 'leeway-kubeconfig-'));
  return {
    certificate,
    key: forge.pki.privateKeyToPem(keys.privateKey),
    async kubeconfig(port: number) {
      const path = join(folder, 'config');
      const authority = Buffer.from(certificate).toString('base64');
      const config = {
        apiVersion: 'v1',
        kind: 'Config',
        'current-context': 'other',
        clusters: [
          { name: 'lab', cluster: { server: `https://127.0.0.1:${port}`, 'certificate-authority-data': authority } },
        ],
        contexts: [{ name: 'lab', context: { cluster: 'lab', user: 'lab' } }],
        users: [{ name: 'lab', user: { token: 'token-of-the-lab' } }],
      };
      await writeFile(path, JSON.stringify(config));
      return path;
    },
    dispose: () => rm(folder, { recursive: true, force: true }),
  };
}
