import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collect } from '@leeway/connector-kit';
import { describe, expect, it } from 'vitest';
import { buildKustomize } from './build-kustomize.ts';
import { connector } from './index.ts';
import { kubernetesSettings } from './schema.ts';
import { fileContext, readFilesOf } from './testing/read.ts';

const configMap = (name: string, extra = '') =>
  `{ apiVersion: v1, kind: ConfigMap, metadata: { name: ${name}${extra} } }`;
const served = (kind: string, metadata: string, rest = '') =>
  `{ apiVersion: v1, kind: ${kind}, metadata: { uid: u1, ${metadata} }${rest} }`;

const keysOf = async (files: Record<string, string>, settings?: object) =>
  (await readFilesOf(files, settings)).resources.map(({ kind, key }) => `${kind} ${key}`);

describe('what a file may hold', () => {
  it('several documents, lists, lists of the API and nothing', async () => {
    const text = `---\n${configMap('a')}\n---\n---\n{ apiVersion: v1, kind: List, items: [${configMap('b')}] }
---
{ apiVersion: v1, kind: ConfigMapList, items: [{ metadata: { name: c } }] }\n---\n{ apiVersion: v1, kind: SecretList, items: }`;
    expect(await keysOf({ 'all.yaml': text })).toEqual(['a', 'b', 'c'].map((name) => `core/ConfigMap default/${name}`));
  });

  it('folders and globs, with the input of Kustomize and Helm left aside', async () => {
    const files = {
      'deploy/app.yaml': configMap('a'),
      'deploy/sub/more.json': '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"b"}}',
      'deploy/kustomization.yaml': 'resources: [app.yaml]',
      'deploy/values-prod.yaml': 'replicas: 3',
      'deploy/notes.txt': 'nothing',
      'other/x.yaml': configMap('x'),
    };
    expect(await keysOf(files, { manifests: 'deploy/' })).toHaveLength(2);
    expect(await keysOf(files, { manifests: ['deploy/*.yaml', 'other/x.yaml'] })).toHaveLength(2);
  });

  it('namespaces where the kind has one, known by the kind or its definition', async () => {
    const text = `${configMap('a')}\n---\n${configMap('b', ', namespace: wms')}
---
{ apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: { name: r, namespace: wrong } }
---
{ apiVersion: x.example/v1, kind: Hub, metadata: { name: h } }
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: hubs.x.example }
spec: { group: x.example, scope: Cluster, names: { kind: Hub, plural: hubs } }`;
    expect(await keysOf({ 'a.yaml': text }, { manifests: 'a.yaml', namespace: 'erp' })).toEqual([
      'core/ConfigMap erp/a',
      'core/ConfigMap wms/b',
      'rbac.authorization.k8s.io/ClusterRole r',
      'x.example/Hub h',
      'apiextensions.k8s.io/CustomResourceDefinition hubs.x.example',
    ]);
  });
});

describe('what is said about the rest', () => {
  it('names strangers and templates with their place', async () => {
    const { notices, complete } = await readFilesOf({
      'a.yaml': `${configMap('a')}\n---\nhello: world\n`,
      'b.yaml': 'kind: X\nmetadata:\n  name: {{ .Release.Name }}-x\n{{- if .Values.on }}\n  a: b\n{{- end }}\n',
    });
    expect(notices.map(({ problem }) => [problem.code, problem.place?.file, problem.place?.line])).toEqual([
      ['LW2009', 'a.yaml', 3],
      ['LW2051', 'b.yaml', expect.any(Number)],
    ]);
    expect(complete).toEqual([]);
  });

  it('says aloud when manifests stand in a system namespace, unless settings decide', async () => {
    const files = { 'a.yaml': `${configMap('a', ', namespace: kube-system')}\n---\n${configMap('b')}` };
    const byDefault = await readFilesOf(files);
    expect(byDefault.notices).toMatchObject([{ kind: 'core/ConfigMap', problem: { code: 'LW3051' } }]);
    expect(byDefault.complete).toEqual([]);
    const all = await readFilesOf(files, { manifests: '**', excludeNamespaces: [] });
    expect(all.resources).toHaveLength(2);
    const none = await readFilesOf(files, { manifests: '**', excludeNamespaces: ['kube-*'] });
    expect([none.resources.length, none.notices.length]).toEqual([1, 0]);
  });

  it('does not compare encrypted Secrets', async () => {
    const text =
      '{ apiVersion: v1, kind: Secret, metadata: { name: s }, data: { a: "ENC[AES256_GCM,data:x]" }, sops: {} }';
    const { resources, notices, complete } = await readFilesOf({ 'a.yaml': `${text}\n---\n${configMap('c')}` });
    expect(resources.map(({ kind }) => kind)).toEqual(['core/ConfigMap']);
    expect(notices).toMatchObject([{ kind: 'core/Secret', problem: { code: 'LW3052', place: { line: 1 } } }]);
    expect(complete).toEqual(['core/ConfigMap']);
  });

  it('calls manifests complete, and of a dump what it holds or settings claim', async () => {
    const files = { 'a.yaml': served('ConfigMap', 'name: a, namespace: ns') };
    expect((await readFilesOf(files)).complete).toEqual(['*']);
    expect((await readFilesOf(files, { dumps: '**' })).complete).toEqual(['core/ConfigMap']);
    expect((await readFilesOf(files, { dumps: '**', kinds: ['core/*'] })).complete).toEqual(['core/*']);
  });
});

describe('what controllers own', () => {
  const owned = [
    served('Pod', 'name: p, namespace: ns, ownerReferences: [{ kind: ReplicaSet, name: r }]'),
    served('Secret', 'name: wms-token-x7k2p, namespace: ns', ', type: kubernetes.io/service-account-token'),
    served('Secret', 'name: sh.helm.release.v1.a.v1, namespace: ns', ', type: helm.sh/release.v1'),
    served(
      'Secret',
      'name: shop-tls, namespace: ns, annotations: {cert-manager.io/certificate-name: shop}',
      ', type: kubernetes.io/tls',
    ),
    served('CertificateRequest', 'name: shop-1, namespace: ns').replace('v1', 'cert-manager.io/v1'),
    served('Order', 'name: shop-1-2, namespace: ns').replace('v1', 'acme.cert-manager.io/v1'),
    served('ConfigMap', 'name: kube-root-ca.crt, namespace: ns'),
    served('ServiceAccount', 'name: default, namespace: ns'),
    served('Event', 'name: e, namespace: ns'),
    served('Namespace', 'name: default, labels: { kubernetes.io/metadata.name: default }'),
  ];
  const text = owned.join('\n---\n');

  it('is left out, unless asked for', async () => {
    expect(await keysOf({ 'a.yaml': text })).toEqual([]);
    expect(await keysOf({ 'a.yaml': text }, { manifests: '**', includeOwned: true })).toHaveLength(owned.length);
  });

  it('is compared once somebody gave it content', async () => {
    const account = served('ServiceAccount', 'name: default, namespace: ns', ', imagePullSecrets: [{ name: r }]');
    const namespace = served('Namespace', 'name: default, labels: { team: wms }');
    expect(await keysOf({ 'a.yaml': `${account}\n---\n${namespace}` })).toHaveLength(2);
  });

  it('leaves claims of a stateful set to its template', async () => {
    const set = served(
      'StatefulSet',
      'name: q, namespace: ns',
      ', spec: { volumeClaimTemplates: [{ metadata: { name: d } }] }',
    );
    const claim = (name: string) => served('PersistentVolumeClaim', `name: ${name}, namespace: ns`);
    const files = {
      'a.yaml': [set.replace('v1', 'apps/v1'), claim('d-q-0'), claim('d-q-x'), claim('own')].join('\n---\n'),
    };
    expect((await keysOf(files)).filter((key) => key.includes('Claim'))).toEqual([
      'core/PersistentVolumeClaim ns/d-q-x',
      'core/PersistentVolumeClaim ns/own',
    ]);
  });
});

describe('autoscaled workloads', () => {
  it.each(['autoscaling/v2, kind: HorizontalPodAutoscaler', 'keda.sh/v1alpha1, kind: ScaledObject'])(
    'have no replicas of their own (%s)',
    async (scaler) => {
      const text = `{ apiVersion: apps/v1, kind: Deployment, metadata: { name: a }, spec: { replicas: 7 } }
---
{ apiVersion: apps/v1, kind: Deployment, metadata: { name: b }, spec: { replicas: 7 } }
---
{ apiVersion: ${scaler}, metadata: { name: s }, spec: { scaleTargetRef: { kind: Deployment, name: a } } }`;
      const { resources } = await readFilesOf({ 'a.yaml': text });
      expect(resources.map(({ attributes }) => attributes['spec'])).toMatchObject([{}, { replicas: 7 }, {}]);
      expect(resources[0]?.attributes['spec']).not.toHaveProperty('replicas');
    },
  );
});

describe('the applied plane', () => {
  it('is what kubectl apply last sent, with secrets sealed', async () => {
    const applied = JSON.stringify({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 's' },
      stringData: { a: 'marker' },
    });
    const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': applied };
    const secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { uid: 'u', name: 's', namespace: 'n', annotations },
      data: {},
    };
    const unknown = { ...secret, metadata: { uid: 'v', name: 'unknown', namespace: 'n' } };
    const files = { 'a.json': JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [secret, unknown] }) };
    const { resources } = await readFilesOf(files, { dumps: '**', view: 'last-applied' });
    expect(resources).toMatchObject([{ key: 'n/s', attributes: { data: { a: { $secret: expect.any(String) } } } }]);
    expect(JSON.stringify(resources)).not.toContain('marker');
  });
});

describe('attribution', () => {
  it('names the tool that changed the object last and when, not controllers or status writers', async () => {
    const entry = (manager: string, time: string, more = '') => `{ manager: ${manager}, time: "${time}"${more} }`;
    const fields = [
      entry('kubectl-client-side-apply', '2026-11-01T08:00:00Z'),
      entry('kubectl-edit', '2026-11-20T14:10:00Z'),
      entry('kube-controller-manager', '2026-11-21T00:00:00Z'),
      entry('someone', '2026-11-22T00:00:00Z', ', subresource: status'),
    ];
    const { resources } = await readFilesOf({
      'a.yaml': served('ConfigMap', `name: a, namespace: ns, managedFields: [${fields.join(', ')}]`),
    });
    expect(resources[0]?.origin).toEqual({
      place: 'a.yaml',
      id: 'u1',
      via: 'kubectl edit',
      at: '2026-11-20T14:10:00Z',
    });
  });
});

describe('kustomize', () => {
  it('says what is missing where kubectl is not installed', async () => {
    const built = await buildKustomize('overlay', fileContext({ 'overlay/kustomization.yaml': 'resources: []' }));
    expect(built).toMatchObject({ ok: false, problems: [{ code: 'LW3009' }] });
  });

  it('builds the revision being read and not the working tree', async () => {
    const tools = await mkdtemp(join(tmpdir(), 'leeway-tools-'));
    try {
      // Stands in for kubectl: prints the file that the folder holds, or fails as kubectl does.
      const script = '#!/bin/sh\ncat "$2/built.yaml" 2>/dev/null || { echo "Error: no such $2" >&2; exit 1; }\n';
      await writeFile(join(tools, 'kubectl'), script, { mode: 0o755 });
      const context = {
        ...fileContext({ 'overlay/built.yaml': configMap('built') }),
        variable: (name: string) => (name === 'PATH' ? `${tools}:/usr/bin:/bin` : undefined),
      };
      const settings = kubernetesSettings.parse({ kustomize: 'overlay' });
      const { resources, notices } = await collect(connector, settings, context);
      expect(notices).toEqual([]);
      expect(resources).toMatchObject([{ key: 'default/built', origin: { place: 'overlay:1:1' } }]);
      const missing = await buildKustomize('other', context);
      expect(missing).toMatchObject({ ok: false, problems: [{ code: 'LW3053' }] });
      expect(JSON.stringify(missing)).not.toContain(tmpdir());
    } finally {
      await rm(tools, { recursive: true, force: true });
    }
  });

  it('does not leave the estate', async () => {
    const built = await buildKustomize('../../etc', fileContext({}));
    expect(built).toMatchObject({ ok: false, problems: [{ code: 'LW3053' }] });
  });
});
