import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { estateFile } from '@leeway/estate/schema/estate-file.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { classifyFiles, findDatabases } from './discover.ts';
import { readContextNames } from './kube-contexts.ts';
import { findStage } from './stages.ts';
import { initEstate } from './write-estate.ts';

const manifest = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: wms-api}\n';
const state = '{"format_version":"1.0","terraform_version":"1.11.4","values":{"root_module":{}}}';

describe('findStage', () => {
  it.each([
    ['deploy/prod/wms.yaml', 'production', 'deploy/{env}/wms.yaml'],
    ['live/stg-eu/terraform.tfstate', 'staging', 'live/{env}-eu/terraform.tfstate'],
    ['STAGING_DATABASE_URL', 'staging', '{env}_DATABASE_URL'],
  ])('finds the stage in %s', (text, stage, template) => {
    expect(findStage(text)).toMatchObject({ stage, template });
  });

  it.each(['product/list.yaml', 'protest.yaml', 'interfaces/edi.yaml', 'config.yaml'])('finds none in %s', (text) => {
    expect(findStage(text)).toBeUndefined();
  });
});

describe('classifyFiles', () => {
  it.each([
    ['live/prod/terraform.tfstate', '', 'terraformStates'],
    ['state.json', state, 'terraformStates'],
    ['plan.json', '{"format_version":"1.2","terraform_version":"1.11.4","planned_values":{}}', 'terraformPlans'],
    ['deploy/wms.yaml', manifest, 'manifests'],
    ['docker-compose.prod.yml', 'services: {}', 'composeFiles'],
    ['rules/orders.yaml', 'groups:\n  - name: orders\n    rules: []\n', 'ruleFiles'],
    ['tls/edi.pem', '-----BEGIN CERTIFICATE-----\n', 'certificates'],
    ['.env.production', 'A=b', 'settingsFiles'],
    ['config/wms.yaml', 'a: b', 'settingsFiles'],
  ] as const)('knows %s', (path, head, as) => {
    expect(classifyFiles([{ path, head }])[as]).toEqual([path]);
  });

  it('passes over private keys, templates of .env and what it does not know', () => {
    const files = [
      { path: 'tls/edi.key.pem', head: '-----BEGIN PRIVATE KEY-----' },
      { path: '.env.example', head: '' },
      { path: 'package.json', head: '{"name":"x"}' },
    ];
    expect(Object.values(classifyFiles(files)).flat()).toEqual([]);
  });

  it('names the folder of Kustomize, and not its parts again', () => {
    const found = classifyFiles([
      { path: 'k/base/kustomization.yaml', head: 'resources: [a.yaml]' },
      { path: 'k/base/a.yaml', head: manifest },
    ]);
    expect(found).toMatchObject({ kustomizations: ['k/base'], manifests: [] });
  });
});

describe('findDatabases', () => {
  it('takes the URL and leaves every secret in it', () => {
    const found = findDatabases({
      PROD_ORDERS_URL: 'postgres://reader:s3cret@db.prod.example:5432/orders?password=again#x',
      OTHER: 'mysql://root:s3cret@h/d',
      LEEWAY_DATABASE_URL: 'postgres://own:s3cret@h/leeway',
    });
    expect(found).toEqual([
      { variable: 'PROD_ORDERS_URL', url: 'postgres://reader@db.prod.example:5432/orders', hasPassword: true },
    ]);
  });
});

describe('readContextNames', () => {
  it('reads names and nothing else, whatever it is given', () => {
    expect(
      readContextNames('contexts: [{name: prod-eu, context: {user: a}}, {name: stg}]\nusers: [{user: {token: x}}]'),
    ).toEqual(['prod-eu', 'stg']);
    for (const text of ['', '[]', 'contexts: 3', ':::', 'a: &a [*a]']) expect(readContextNames(text)).toEqual([]);
  });
});

describe('initEstate', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'leeway-init-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  const put = async (path: string, text: string) => {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), text);
  };
  const init = (environment: Record<string, string> = {}) => initEstate({ directory, name: 'northwind', environment });
  const read = async () => {
    const text = await readFile(join(directory, 'leeway.yaml'), 'utf8');
    const checked = estateFile.safeParse(parse(text));
    expect(checked.error?.issues ?? []).toEqual([]);
    return { text, estate: parse(text) };
  };

  it('writes one source for what lies in every environment', async () => {
    for (const env of ['prod', 'stg']) {
      await put(`live/${env}/terraform.tfstate`, '{"version":4}');
      await put(`deploy/${env}/wms.yaml`, manifest);
      await put(`config/${env}/wms.properties`, 'a=b');
    }
    await put(
      'kube',
      'contexts: [{name: eks-prod}, {name: eks-stg}, {name: minikube}]\nusers: [{user: {token: TOPSECRET}}]',
    );
    const result = await init({
      KUBECONFIG: join(directory, 'kube'),
      PROD_ORDERS_URL: 'postgres://reader:TOPSECRET@db.prod/orders',
      STG_ORDERS_URL: 'postgres://reader:TOPSECRET@db.stg/orders',
    });
    const { text, estate } = await read();
    expect(estate.environments).toEqual({
      production: {
        stage: 'production',
        parameters: {
          env: 'prod',
          context: 'eks-prod',
          ordersUrl: 'postgres://reader@db.prod/orders',
          ordersVariable: 'PROD_ORDERS_URL_PASSWORD',
        },
      },
      staging: {
        stage: 'staging',
        mirrors: 'production',
        parameters: {
          env: 'stg',
          context: 'eks-stg',
          ordersUrl: 'postgres://reader@db.stg/orders',
          ordersVariable: 'STG_ORDERS_URL_PASSWORD',
        },
      },
    });
    const both = ['production', 'staging'];
    expect(estate.sources).toEqual({
      'infrastructure-state': {
        connector: 'terraform',
        environments: both,
        observed: { state: ['live/{env}/terraform.tfstate'] },
      },
      cluster: {
        connector: 'kubernetes',
        environments: both,
        declared: { manifests: ['deploy/{env}'] },
        observed: { cluster: { context: '{context}' } },
      },
      orders: {
        connector: 'postgresql',
        environments: both,
        observed: { url: '{ordersUrl}', passwordFrom: '{ordersVariable}' },
      },
      settings: {
        connector: 'settings-files',
        environments: both,
        declared: { files: ['config/{env}/wms.properties'] },
      },
    });
    expect(text).toContain('minikube');
    expect(text + JSON.stringify(result)).not.toContain('TOPSECRET');
  });

  it('writes a valid estate where there is nothing, and says so', async () => {
    const result = await init();
    expect(result.ok && result.warnings?.map((each) => each.code)).toEqual(['LW7017']);
    expect((await read()).estate).toMatchObject({ environments: { production: { stage: 'production' } }, sources: {} });
  });

  it('never replaces a file', async () => {
    await put('leeway.yaml', 'estate: mine\n');
    const result = await init();
    expect(result.ok ? [] : result.problems.map((each) => each.code)).toEqual(['LW7005']);
    expect(await readFile(join(directory, 'leeway.yaml'), 'utf8')).toBe('estate: mine\n');
    expect(await readdir(directory)).toEqual(['leeway.yaml']);
  });

  it('looks neither into other people’s folders nor through links', async () => {
    await put('node_modules/x/deploy.yaml', manifest);
    await put('.git/terraform.tfstate', '{}');
    await symlink('/', join(directory, 'root'));
    await init();
    expect((await read()).estate.sources).toEqual({});
  });

  it('keeps strange names apart from YAML and from globs', async () => {
    await put("deploy/it's: #1/a.yaml", manifest);
    await put('deploy/[x]{y}/b.yaml', manifest);
    await put('tls/#\u0007.pem', '-----BEGIN CERTIFICATE-----');
    await init();
    const { estate } = await read();
    expect(estate.sources.cluster.declared.manifests).toEqual(["deploy/it's: #1"]);
    expect(estate.sources.certificates.observed.files).toEqual(['tls/#\u0007.pem']);
  });
});
