import { problem } from '@leeway/core';
import type { Report } from '@leeway/engine';
import { approval, finding, incomplete, report, seen, source } from './build.ts';

/** A distributor's bad Monday: one finding of every verdict a person meets, in the layers where it hurts. */

const securityGroup = finding({
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

const tolerance = finding({
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

const migration = finding({
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
const images = ['production-eu', 'staging-eu', 'test'].map(image);

const ediQueue = finding({
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

const alert = finding({
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

const bucket = finding({
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

const certificate = finding({
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

const pending = finding({
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

const denied = problem('LW3003', { system: 'AWS', what: 'iam:ListRoles', permission: 'iam:ListRoles, iam:GetRole' });
const slow = problem('LW3005', { system: 'RabbitMQ', what: 'queues', seconds: 30 });

const notChecked = finding({
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

const sizing = finding({
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

const open = [
  securityGroup,
  tolerance,
  migration,
  ...images,
  ediQueue,
  alert,
  bucket,
  certificate,
  pending,
  notChecked,
];

/** Twelve findings in ten groups over four environments, one approved, one source denied and one too slow. */
export const northwind: Report = report({
  environments: [
    { name: 'production-eu' },
    { name: 'production-us', mirrors: 'production-eu' },
    { name: 'staging-eu', mirrors: 'production-eu' },
    { name: 'test' },
  ],
  sources: [
    source({ source: 'aws-network', environment: 'production-eu', plane: 'declared', count: 84 }),
    source({ source: 'aws-network', environment: 'production-eu', count: 84 }),
    source({ source: 'odoo', environment: 'production-us', connector: 'odoo', count: 612 }),
    source({ source: 'orders-db', environment: 'staging-eu', connector: 'postgresql', count: 1840 }),
    source({ source: 'cluster', environment: 'production-eu', connector: 'kubernetes', count: 233 }),
    source({
      source: 'aws-iam',
      environment: 'production-us',
      count: 0,
      completeness: [incomplete('aws_iam_*', 'failed', denied)],
    }),
    source({
      source: 'rabbitmq',
      environment: 'test',
      connector: 'rabbitmq',
      count: 12,
      completeness: [
        { kind: 'rabbitmq.exchange', state: 'complete', count: 12, problems: [] },
        incomplete('rabbitmq.queue', 'partial', slow),
      ],
    }),
  ],
  findings: open,
  approved: [sizing],
  approvals: [
    {
      id: 'staging-sizing',
      state: 'expiring',
      category: 'sizing',
      owner: 'platform',
      expires: '2026-11-29T23:59:59+01:00',
      silences: 1,
      place: 'approved/sizing.yaml:3',
    },
    {
      id: 'us-tax-codes',
      state: 'active',
      category: 'regional',
      owner: 'erp-finance',
      expires: '2027-06-30T23:59:59Z',
      silences: 0,
      place: 'approved/regional.yaml:2',
    },
  ],
  history: Object.fromEntries(open.map((found) => seen(found, found === securityGroup || found === ediQueue))),
  exitCode: 3,
});

/** Nothing to report: the two quiet lines. */
export const clean: Report = report({
  environments: northwind.environments,
  sources: northwind.sources.slice(0, 5),
  approved: [{ ...sizing, approval: approval({}) }],
  approvals: [
    {
      id: 'staging-sizing',
      state: 'active',
      category: 'sizing',
      owner: 'platform',
      expires: '2027-03-31T23:59:59+02:00',
      silences: 1,
      place: 'approved/sizing.yaml:3',
    },
  ],
});

/** `leeway diff a.yaml b.yaml`: no estate, no history, two sides. */
export const twoFiles: Report = report({
  mode: 'diff',
  estate: 'diff',
  revision: 'working tree',
  environments: [{ name: 'rendered/before.yaml' }, { name: 'rendered/after.yaml', mirrors: 'rendered/before.yaml' }],
  sources: [
    source({ source: 'rendered/before.yaml', environment: 'rendered/before.yaml', connector: 'kubernetes', count: 3 }),
    source({ source: 'rendered/after.yaml', environment: 'rendered/after.yaml', connector: 'kubernetes', count: 3 }),
  ],
  findings: [
    finding({
      environment: 'rendered/after.yaml',
      reference: 'rendered/before.yaml',
      axis: 'reference',
      verdict: 'parity',
      layer: 'runtime',
      source: 'files',
      kind: 'core/ConfigMap',
      key: 'edi/as2-settings',
      path: '/data/partners.properties',
      expected: {
        from: 'rendered/before.yaml',
        present: true,
        value: 'partner.metro.mdn=sync\npartner.metro.retries=3\npartner.edeka.mdn=async\n',
        place: 'rendered/before.yaml:14',
      },
      actual: {
        from: 'rendered/after.yaml',
        present: true,
        value: 'partner.metro.mdn=sync\npartner.metro.retries=30\npartner.edeka.mdn=async\n',
        place: 'rendered/after.yaml:14',
      },
      headline:
        'ConfigMap {resource:as2-settings} has another {value:partners.properties} in {environment:rendered/after.yaml}.',
    }),
  ],
});

/** Names and values as an attacker would choose them, and as Tokyo writes them. */
export const hostile: Report = report({
  environments: [{ name: 'prod"><script>alert(1)</script>' }],
  findings: [
    finding({
      environment: 'prod"><script>alert(1)</script>',
      layer: 'host',
      kind: '=HYPERLINK("http://evil.example")',
      key: '`|</summary><img src=x onerror=alert(1)>',
      name: '\u001b]0;owned\u0007\u001b[31mroot\u001b[0m',
      path: '/a|b/\u202egpj.exe',
      severity: 'high',
      owner: '@everyone',
      expected: {
        from: 'declared',
        present: true,
        value: '```\n| a | b |\n</code><script>x</script>',
        place: 'javascript:alert(1)',
      },
      actual: {
        from: 'observed',
        present: true,
        value: '\u001b[2J\u0000 倉庫管理システム \u009b31m',
        place: '../../etc/passwd:1',
      },
      headline:
        'Host {resource:\u001b[31m倉庫<b>} says @admin **bold** [x](javascript:alert(1)) #12 ]]> "quoted" \u2028 end.',
      advice: '-->\u0008<!-- run `rm -rf /` now',
    }),
  ],
  exitCode: 2,
});
