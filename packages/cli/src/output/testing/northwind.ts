import type { Report } from '@leeway/engine';
import { approval, finding, incomplete, report, seen, source } from './build.ts';

/** A distributor's bad Monday: one finding of every verdict a person meets, in the layers where it hurts. */

import {
  alert,
  bucket,
  certificate,
  denied,
  ediQueue,
  images,
  migration,
  notChecked,
  pending,
  securityGroup,
  sizing,
  slow,
  tolerance,
} from './northwind-findings.ts';

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
