import { issue, makeKeyStore } from '../../packages/connectors/src/certificates/testing/issue.ts';
import type { Files } from './leeway.ts';
import { base64, marker, type Plant, pem, planter, secretVariables } from './planted.ts';

const certificate = issue({ subject: 'portal.example' });

/** Lines of a real private key: they must not get out either. */
export const keyLines = certificate.keyPem.split('\n').filter((line) => line.length > 40 && !line.startsWith('-'));

const settings = (plant: Plant): Files => ({
  'app.env': `DB_PASSWORD=${plant('envPassword')}
export API_TOKEN='${plant('sameEnvToken')}'
SMTP_PASS="${plant('envPass')}"
DATABASE_URL=postgres://app:${plant('envUrl')}@db.example/orders
SLACK=https://hooks.slack.com/services/T0000/B0000/${plant('slack')}
`,
  'app.properties': `db.password=${plant('propertiesPassword')}
jdbc.url=jdbc:postgresql://db.example/orders?user=app&password=${plant('jdbc')}
blob=https://store.example/box?sv=1&sig=${plant('signature')}
`,
  'app.yaml': `smtp: {host: mail.example, password: "${plant('yamlPassword')}"}
users: [{name: edi, apiKey: "${plant('yamlList')}"}]
header: "Authorization: Bearer ${plant('bearer')}"
tls:
  privateKey: |
${pem(plant('yamlPem')).replace(/^/gm, '    ')}
inline: |
${pem(plant('textPem')).replace(/^/gm, '  ')}
command: "sync --password=${plant('flag')} --verbose"
`,
  'app.json': JSON.stringify({
    api: { clientSecret: plant('jsonSecret'), passwords: [plant('jsonList')] },
    cache: `redis://:${plant('jsonUrl')}@cache.example:6379`,
    nested: JSON.stringify({ password: plant('jsonInJson') }),
  }),
  'app.toml': `[database]\npassword = "${plant('tomlPassword')}"\n`,
  'app.ini': `[smtp]\npassword = ${plant('iniPassword')}\nproxy = http://u:${plant('iniUrl')}@proxy.example\n`,
});

function kubernetesObjects(plant: Plant): readonly object[] {
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'orders', namespace: 'wms' },
    data: { key: base64(plant('secretData')), shared: base64(plant('sameSecretData')) },
    stringData: { extra: plant('stringData') },
  };
  const lastApplied = { 'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify(secret) };
  return [
    { ...secret, metadata: { ...secret.metadata, annotations: lastApplied } },
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'orders', namespace: 'wms' },
      data: {
        BROKER: `amqp://wms:${plant('configUrl')}@mq.example/`,
        API_TOKEN: plant('configToken'),
        'application.yaml': `spring:\n  datasource:\n    password: ${plant('configYaml')}\n`,
        'key.pem': pem(plant('configPem')),
      },
      binaryData: { bundle: base64(pem(plant('configBinary'))) },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'orders', namespace: 'wms' },
      spec: {
        selector: { matchLabels: { app: 'orders' } },
        template: {
          metadata: { labels: { app: 'orders' } },
          spec: {
            containers: [
              {
                name: 'orders',
                image: 'registry.example/orders:1.0',
                args: [`--db-password=${plant('argument')}`, `--url=https://u:${plant('argumentUrl')}@h.example`],
                env: [
                  { name: 'DB_PASSWORD', value: plant('envValue') },
                  { name: 'DSN', value: `postgres://u:${plant('envDsn')}@db.example/x` },
                ],
              },
            ],
          },
        },
      },
    },
  ];
}

const kubernetes = (plant: Plant): Files => ({
  'objects.json': JSON.stringify({ apiVersion: 'v1', kind: 'List', items: kubernetesObjects(plant) }),
});

const instance = (type: string, attributes: object, sensitive: readonly string[] = []) => ({
  mode: 'managed',
  type,
  name: 'orders',
  instances: [{ attributes, sensitive_attributes: sensitive.map((value) => [{ type: 'get_attr', value }]) }],
});

function shownResources(plant: Plant, where: string) {
  const resource = (type: string, values: object, sensitive_values: object = {}) => {
    return { address: `${type}.orders`, mode: 'managed', type, name: 'orders', values, sensitive_values };
  };
  return [
    resource('aws_db_instance', { identifier: 'orders', password: plant(`${where}Password`) }, { password: true }),
    resource(
      'vendor_thing',
      { note: plant(`${where}Note`), tags: { a: plant(`${where}Tag`) } },
      { note: true, tags: { a: true } },
    ),
    resource('tls_private_key', { algorithm: 'ED25519', private_key_pem: pem(plant(`${where}Pem`)) }),
    resource('aws_instance', { user_data: `#!/bin/sh\nexport DB_PASSWORD=${plant(`${where}UserData`)}\n` }),
  ];
}

const terraform = (plant: Plant): Files => ({
  'raw.tfstate': JSON.stringify({
    version: 4,
    terraform_version: '1.11.4',
    serial: 1,
    lineage: 'a',
    outputs: { token: { value: plant('output'), type: 'string', sensitive: true } },
    resources: [
      instance('aws_db_instance', { identifier: 'orders', password: plant('rawPassword'), engine: 'postgres' }),
      instance('random_password', { length: 20, result: plant('random') }, ['result']),
      instance('aws_secretsmanager_secret_version', { secret_string: plant('secretString') }),
      instance('vendor_gadget', { remark: plant('sensitive'), plain: 'x' }, ['remark']),
    ],
  }),
  'state.json': JSON.stringify({
    format_version: '1.0',
    terraform_version: '1.11.4',
    values: { root_module: { resources: shownResources(plant, 'shown') } },
  }),
  'plan.json': JSON.stringify({
    format_version: '1.2',
    terraform_version: '1.11.4',
    variables: { db_password: { value: plant('variable') } },
    planned_values: { root_module: { resources: shownResources(plant, 'planned') } },
    prior_state: {
      format_version: '1.0',
      values: { root_module: { resources: shownResources(plant, 'prior') } },
    },
    resource_changes: [
      {
        address: 'vendor_thing.orders',
        mode: 'managed',
        type: 'vendor_thing',
        name: 'orders',
        change: {
          actions: ['update'],
          before: { note: plant('changeBefore') },
          after: { note: plant('changeAfter') },
          before_sensitive: { note: true },
          after_sensitive: { note: true },
        },
      },
    ],
    configuration: { root_module: { variables: { db_password: { default: plant('default') } } } },
  }),
});

const database = (plant: Plant): Files => ({
  'schema.sql': `CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE ROLE orders LOGIN PASSWORD '${plant('role')}';
CREATE FOREIGN DATA WRAPPER erp;
CREATE SERVER erp FOREIGN DATA WRAPPER erp OPTIONS (host 'erp.example', password '${plant('server')}');
CREATE USER MAPPING FOR PUBLIC SERVER erp OPTIONS (user 'wms', password '${plant('mapping')}');
CREATE FUNCTION pull() RETURNS text LANGUAGE sql AS $$ SELECT 'host=erp.example password=${plant('body')}' $$;
COMMENT ON TABLE orders IS 'see postgres://u:${plant('comment')}@db.example/x';
`,
});

const rules = (plant: Plant): Files => ({
  'rules.yaml': `groups:
  - name: orders
    rules:
      - alert: OrdersStuck
        expr: orders_waiting > 10
        labels: {apiToken: "${plant('label')}"}
        annotations: {runbook: "https://ops:${plant('annotation')}@wiki.example/stuck"}
`,
});

const certificates = (environment: string): Files => ({
  'portal.pem': certificate.pem + certificate.keyPem,
  'portal.p12': makeKeyStore(certificate, [], environment === 'alpha' ? secretVariables.P12_PASSWORD : 'other-9f3d'),
});

/** Files of one environment, each with secrets in every place its format has for them. */
export function secretFiles(environment: 'alpha' | 'beta'): Files {
  const plant = planter(environment);
  const parts = [settings, kubernetes, terraform, database, rules].map((make) => make(plant));
  const all = Object.assign({}, ...parts, certificates(environment)) as Files;
  return Object.fromEntries(Object.entries(all).map(([path, content]) => [`${environment}/${path}`, content]));
}

/** Broken off in the middle of a secret: what parsers say about it likes to quote what they saw. */
const broken: Files = {
  'broken/a.json': `{"password": "${marker}json`,
  'broken/b.json': `{"password": ${marker}bare}`,
  'broken/c.yaml': `password: "${marker}yaml\nnext: {`,
  'broken/d.yaml': `password: *${marker}alias`,
  'broken/e.toml': `password = ${marker}toml`,
  'broken/f.properties': `password=\\u${marker}`,
  'broken/g.ini': `[x\n${marker}ini`,
  'broken/h.tfstate': `{"version": 4, "resources": [{"attributes": {"password": "${marker}state`,
  'broken/i.sql': `ALTER ROLE nobody_here PASSWORD '${marker}sql';\n`,
  'broken/j.sql': `CREATE ROLE x PASWORD '${marker}typo';\n`,
  'broken/k.rules': `groups: [{name: x, rules: [{alert: A, expr: "sum(", labels: {password: "${marker}rule"}}]}]`,
};

const leewayYaml = `estate: vault
environments:
  alpha: {stage: production, tokens: {stage: []}}
  beta: {stage: staging, mirrors: alpha, tokens: {stage: []}}
policies: {packs: [network, identity, encryption, storage, containers, tags, tls, backup]}
sources:
  files:
    connector: settings-files
    observed: {files: '{environment}/app.*'}
  cluster:
    connector: kubernetes
    observed: {dumps: '{environment}/objects.json'}
  applied:
    connector: kubernetes
    observed: {dumps: '{environment}/objects.json', view: last-applied}
  raw:
    connector: terraform
    observed: {state: '{environment}/raw.tfstate'}
  shown:
    connector: terraform
    observed: {state: '{environment}/state.json'}
  plan:
    connector: terraform
    declared: {plan: '{environment}/plan.json', side: planned}
    observed: {plan: '{environment}/plan.json', side: refreshed}
  database:
    connector: postgresql
    observed: {files: ['{environment}/schema.sql']}
  rules:
    connector: prometheus
    observed: {files: '{environment}/rules.yaml'}
  portal:
    connector: certificates
    observed: {files: '{environment}/portal.*', passwordFrom: P12_PASSWORD}
  wrong:
    connector: certificates
    environments: [beta]
    observed: {files: '{environment}/portal.p12', passwordFrom: WRONG_PASSWORD}
  broken:
    connector: settings-files
    environments: [beta]
    observed: {files: 'broken/*.{json,yaml,toml,properties,ini}'}
  broken-state:
    connector: terraform
    environments: [beta]
    observed: {state: 'broken/h.tfstate'}
  broken-sql:
    connector: postgresql
    environments: [beta]
    observed: {files: ['broken/i.sql']}
    declared: {files: ['broken/j.sql']}
  broken-rules:
    connector: prometheus
    environments: [beta]
    observed: {files: 'broken/k.rules'}
  live-prometheus:
    connector: prometheus
    environments: [beta]
    observed: {url: 'http://127.0.0.1:1', username: ops, passwordFrom: PROM_PASSWORD}
  live-cluster:
    connector: kubernetes
    environments: [beta]
    observed: {cluster: {server: 'http://127.0.0.1:1', tokenFrom: KUBE_TOKEN}}
  live-database:
    connector: postgresql
    environments: [beta]
    observed: {host: 127.0.0.1, port: 1, user: wms, database: orders}
    deadline: 5s
`;

/** A whole estate full of secrets: what can be read, what is broken and what does not answer. */
export const secretEstate: Files = {
  'leeway.yaml': leewayYaml,
  ...secretFiles('alpha'),
  ...secretFiles('beta'),
  ...broken,
};
