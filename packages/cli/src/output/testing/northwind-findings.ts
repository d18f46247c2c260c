import { problem } from '@leeway/core';
import { approval, finding } from './build.ts';

/** A distributor's bad Monday: one finding of every verdict a person meets, in the layers where it hurts. */

export const securityGroup = finding({
  environment: 'production-eu',
  layer: 'network',
  source: 'aws-network',
  kind: 'aws_security_group',
  key: 'wms',
  name: 'nw-prod-eu-wms',
  path: '/ingress[from_port=5432]/cidr_blocks',
  severity: 'critical',
  workload: 'warehouse-api',
  owner: 'platform-network',
  expected: { from: 'declared', present: true, value: ['10.0.0.0/8'], place: 'infra/eu/security.tf:41' },
  actual: { from: 'observed', present: true, value: ['0.0.0.0/0', '10.0.0.0/8'], place: 'sg-0f3a9be1277c4d10e' },
  attribution: { actor: 'j.wouters', at: '2026-11-22T21:14:00Z', via: 'AWS console' },
  headline:
    'Security group {resource:wms} {value:lets 0.0.0.0/0 reach port 5432} in {environment:production-eu}; Git {value:allows 10.0.0.0/8}. Changed {time:2026-11-22 21:14 UTC} by {actor:j.wouters} in the {place:AWS console}.',
  advice: 'Close the rule in AWS, or declare it in infra/eu/security.tf:41 if it is meant.',
  trace: [
    'drift: the live side moved, the declared side did not (declared = applied)',
    'severity critical: a database port opened to the internet (network, priority 1 workload warehouse-api)',
  ],
});

export const tolerance = finding({
  environment: 'production-us',
  layer: 'erp',
  source: 'odoo',
  kind: 'odoo.config_parameter',
  key: 'purchase.invoice_tolerance',
  path: '/value',
  severity: 'high',
  workload: 'erp-core',
  owner: 'erp-finance',
  expected: { from: 'declared', present: true, value: '2.0', place: 'erp/parameters/us.yaml:18' },
  actual: { from: 'observed', present: true, value: '15.0', place: 'ir.config_parameter purchase.invoice_tolerance' },
  attribution: { actor: 'm.delgado', at: '2026-11-20T09:02:00Z', via: 'Odoo' },
  headline:
    'ERP parameter {resource:purchase.invoice_tolerance} {value:is 15.0} in {environment:production-us}; Git {value:says 2.0}. Changed {time:2026-11-20 09:02 UTC} by {actor:m.delgado} in {place:Odoo}.',
  advice: 'Ask erp-finance whether 15 % is meant; then approve it until a date or set it back to 2.0.',
});

export const migration = finding({
  environment: 'staging-eu',
  reference: 'production-eu',
  axis: 'reference',
  verdict: 'parity',
  layer: 'database',
  source: 'orders-db',
  kind: 'postgresql.migrations',
  key: 'orders/flyway',
  path: '/version',
  severity: 'high',
  owner: 'orders',
  expected: {
    from: 'production-eu',
    present: true,
    value: '2026.11.02.1 add_pallet_type',
    place: 'orders.public.flyway_schema_history',
  },
  actual: {
    from: 'staging-eu',
    present: true,
    value: '2026.10.19.3 widen_sku',
    place: 'orders.public.flyway_schema_history',
  },
  headline:
    'Schema {resource:orders} is one migration behind in {environment:staging-eu}: it stands at {value:2026.10.19.3}, {environment:production-eu} at {value:2026.11.02.1}.',
  advice: 'Apply migration 2026.11.02.1 to staging-eu before the next release is tested there.',
});

const image = (environment: string) =>
  finding({
    environment,
    cause: 'c0ffee0011223344',
    layer: 'runtime',
    source: 'cluster',
    kind: 'apps/Deployment',
    key: 'wms/wms-api',
    path: '/spec/template/spec/containers[name=api]/image',
    severity: environment.startsWith('production') ? 'high' : 'medium',
    workload: 'warehouse-api',
    owner: 'warehouse',
    expected: {
      from: 'declared',
      present: true,
      value: `registry.northwind.example/wms-api@sha256:${'9b1c'.repeat(16)}`,
      place: 'deploy/wms/api.yaml:22',
    },
    actual: {
      from: 'observed',
      present: true,
      value: `registry.northwind.example/wms-api@sha256:${'44e0'.repeat(16)}`,
      place: 'deployment wms-api in namespace wms',
    },
    headline: `Deployment {resource:wms-api} runs image {value:wms-api@sha256:44e044e0} in {environment:${environment}}; Git pins {value:sha256:9b1c9b1c}. The same tag was rebuilt; by someone the audit log does not name.`,
    advice: 'Pin the rebuilt digest in Git after checking its provenance, or roll the Deployment back.',
  });
export const images = ['production-eu', 'staging-eu', 'test'].map(image);

export const ediQueue = finding({
  environment: 'production-eu',
  verdict: 'missing',
  layer: 'messaging',
  source: 'rabbitmq',
  kind: 'rabbitmq.queue',
  key: 'edi/orders.inbound.dead-letter',
  severity: 'high',
  workload: 'edi',
  owner: 'integration',
  expected: { from: 'declared', present: true, place: 'messaging/edi.yaml:57' },
  actual: { from: 'observed', present: false },
  headline:
    'Queue {resource:edi/orders.inbound.dead-letter} does not exist in {environment:production-eu}; Git declares it.',
  advice: 'Apply messaging/edi.yaml; until then rejected EDI orders are lost.',
});

export const alert = finding({
  environment: 'production-us',
  reference: 'production-eu',
  axis: 'reference',
  verdict: 'parity',
  layer: 'observability',
  source: 'prometheus',
  kind: 'prometheus.alert',
  key: 'orders/OrderBacklogGrowing',
  path: '/expr',
  severity: 'medium',
  owner: 'sre',
  expected: {
    from: 'production-eu',
    present: true,
    value: 'sum(rate(orders_received_total[5m])) - sum(rate(orders_released_total[5m])) > 40',
    place: 'rules/orders.yaml:12',
  },
  actual: {
    from: 'production-us',
    present: true,
    value: 'sum(rate(orders_received_total[5m])) - sum(rate(orders_released_total[5m])) > 400',
    place: 'rules/orders.yaml:12',
  },
  headline:
    'Alert {resource:OrderBacklogGrowing} fires above {value:400} in {environment:production-us}, above {value:40} in {environment:production-eu}.',
  advice: 'Set the threshold to 40, or approve the difference with its reason.',
});

export const bucket = finding({
  environment: 'test',
  axis: 'policy',
  verdict: 'policy',
  policy: 'STO002',
  layer: 'backup',
  source: 'aws-storage',
  kind: 'aws_s3_bucket',
  key: 'wms-exports',
  path: '/versioning',
  severity: 'low',
  expected: { from: 'policy', present: false },
  actual: {
    from: 'observed',
    present: true,
    value: { enabled: false, mfa_delete: false },
    place: 'infra/test/storage.tf:9',
  },
  headline: 'Bucket {resource:wms-exports} keeps no versions in {environment:test}; policy {policy:STO002} wants them.',
  advice: 'Set versioning.enabled to true.',
});

export const certificate = finding({
  environment: 'production-eu',
  verdict: 'unmanaged',
  layer: 'secrets',
  source: 'tls',
  kind: 'certificate',
  key: 'edi.northwind.example:443',
  severity: 'medium',
  owner: 'integration',
  expected: { from: 'declared', present: false },
  actual: {
    from: 'observed',
    present: true,
    value: {
      issuer: "R11 Let's Encrypt",
      not_after: '2026-12-01T08:00:00Z',
      names: ['edi.northwind.example', 'as2.northwind.example'],
    },
    place: 'edi.northwind.example:443',
  },
  headline:
    'Certificate {resource:edi.northwind.example} is served in {environment:production-eu} but declared nowhere. It ends {time:2026-12-01 08:00 UTC}.',
  advice: 'Declare the certificate where the others are, so that its renewal is watched.',
});

export const pending = finding({
  environment: 'production-eu',
  verdict: 'pending',
  layer: 'runtime',
  source: 'cluster',
  kind: 'apps/Deployment',
  key: 'portal/portal-web',
  path: '/spec/replicas',
  severity: 'low',
  owner: 'portal',
  expected: { from: 'declared', present: true, value: 6, place: 'deploy/portal/web.yaml:9' },
  actual: { from: 'observed', present: true, value: 4, place: 'deployment portal-web in namespace portal' },
  headline:
    'Deployment {resource:portal-web} is to have {value:6} replicas in {environment:production-eu}; {value:4} are applied so far.',
  advice: 'Nothing: the change is in Git and waits for the next deployment.',
});

export const denied = problem('LW3003', {
  system: 'AWS',
  what: 'iam:ListRoles',
  permission: 'iam:ListRoles, iam:GetRole',
});
export const slow = problem('LW3005', { system: 'RabbitMQ', what: 'queues', seconds: 30 });

export const notChecked = finding({
  environment: 'production-us',
  axis: 'completeness',
  verdict: 'not-checked',
  layer: 'identity',
  source: 'aws-iam',
  kind: 'aws_iam_*',
  key: 'aws-iam',
  severity: 'high',
  expected: { from: 'declared', present: true },
  actual: { from: 'observed', present: false },
  headline: 'Roles in {environment:production-us} were not checked: AWS denied reading {value:iam:ListRoles}.',
  advice: 'Grant iam:ListRoles and iam:GetRole to the reader.',
  problem: denied,
});

export const sizing = finding({
  environment: 'staging-eu',
  reference: 'production-eu',
  axis: 'reference',
  verdict: 'parity',
  layer: 'runtime',
  source: 'cluster',
  kind: 'apps/Deployment',
  key: 'wms/wms-api',
  path: '/spec/replicas',
  severity: 'low',
  owner: 'warehouse',
  expected: { from: 'production-eu', present: true, value: 6 },
  actual: { from: 'staging-eu', present: true, value: 2 },
  headline:
    'Deployment {resource:wms-api} has {value:2} replicas in {environment:staging-eu}, {value:6} in {environment:production-eu}.',
  approval: approval({ ticket: 'PLAT-881', expires: '2026-11-29T23:59:59+01:00', expiring: true }),
});
