import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connector } from '@leeway/connectors/aws/index.ts';
import { folderOf, type Place } from '../place.ts';
import type { Drift, LabService, Side } from '../service.ts';

const ports = { staging: 15010, production: 15011 } as const;
const accounts = { staging: '111122223333', production: '444455556666' } as const;

const scripts = join(import.meta.dirname, 'aws');
const endpointOf = (side: Side) => `http://127.0.0.1:${ports[side]}`;
const environment = join(folderOf('aws', 'install'), 'venv');
const python = join(environment, 'bin/python');

/** What moto asks for where AWS asks for something else: the parts of a bucket it has no names for, and CloudWatch's. */
const motoNames: Readonly<Record<string, string>> = {
  's3:GetEncryptionConfiguration': 's3:ListBucket',
  's3:ListAllMyBuckets': 's3:ListBuckets',
  'cloudwatch:DescribeAlarms': 'monitoring:DescribeAlarms',
  'cloudwatch:ListTagsForResource': 'monitoring:ListTagsForResource',
};

/** Runs a part of content.py, where the server's data lies. */
const change = (place: Place, ...what: readonly string[]) =>
  place.run(python, ['content.py', endpointOf(place.side), accounts[place.side], place.side, ...what]);

/** One change and what it must be found as. */
const drift = (name: string, ...findings: Drift['findings']): Drift => ({
  name,
  apply: async (place) => void (await change(place, name, 'apply')),
  undo: async (place) => void (await change(place, name, 'undo')),
  findings,
});

/** Written by `fill`: the keys moto made for who reads. */
function keyOf(side: Side): { readonly id: string; readonly secret: string } {
  const file = join(folderOf('aws', side), 'key.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { id: 'none', secret: 'none yet' };
}

export const service: LabService = {
  id: 'aws',
  title: 'AWS (moto)',
  packages: ['python3-venv', 'openssl'],
  available: async () => (existsSync(python) ? undefined : 'moto is not installed (lab/install-debian aws)'),
  async install(place) {
    if (existsSync(join(environment, 'bin/moto_server'))) return;
    await place.run('/usr/bin/python3', ['-m', 'venv', environment]);
    await place.run(python, ['-m', 'pip', 'install', '--quiet', 'moto[server]==5.2.5'], {
      timeout: 600,
      environment: proxies(),
    });
  },
  async up(place) {
    await place.write('content.py', readFileSync(join(scripts, 'content.py')));
    const permissions = connector.permissions.flatMap((name) => [
      name,
      ...(motoNames[name] === undefined ? [] : [motoNames[name]]),
    ]);
    await place.write('permissions.json', JSON.stringify(permissions));
    if (!existsSync(join(place.folder, 'cert.pem'))) {
      const files = ['-keyout', 'key.pem', '-out', 'cert.pem'];
      await place.run('openssl', [
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        ...files,
        '-days',
        '3650',
        '-subj',
        '/CN=wms.northwind.example',
      ]);
    }
    await place.start('moto', python, ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(ports[place.side])], {
      // Without AWS's own policies there is nothing to attach.
      environment: { MOTO_IAM_LOAD_MANAGED_POLICIES: 'true' },
    });
    await place.until('ready', async () => (await fetch(`${endpointOf(place.side)}/moto-api/`)).ok);
  },
  fill: async (place) => void (await change(place, 'fill')),
  drifts: [
    drift('opened-to-world', {
      kind: 'aws_security_group',
      key: 'edi-gateway-{stage}',
      path: '/ingress[protocol=tcp,from_port=22,to_port=22]',
      says: 'lets 0.0.0.0/0 reach port 22',
    }),
    drift('acl-opened', {
      kind: 'aws_network_acl',
      key: 'northwind-{stage}-private',
      path: '/ingress[rule_no=100]/cidr_block',
    }),
    drift('administrator', {
      kind: 'aws_iam_role_policy_attachment',
      key: 'wms-api-{stage}/AdministratorAccess',
      path: '',
    }),
    drift(
      'trust-widened',
      ...['AWS', 'Service'].map((principal) => ({
        kind: 'aws_iam_role',
        key: 'wms-api-{stage}',
        path: `/assume_role_policy/Statement[Effect=Allow]/Principal/${principal}`,
      })),
    ),
    drift('key-disabled', { kind: 'aws_iam_access_key', key: 'edi-partner/1', path: '/status' }),
    drift(
      'bucket-public',
      {
        kind: 'aws_s3_bucket_public_access_block',
        key: 'northwind-erp-export-{stage}',
        path: '/block_public_policy',
        says: 'accepts public policies',
      },
      {
        kind: 'aws_s3_bucket_public_access_block',
        key: 'northwind-erp-export-{stage}',
        path: '/restrict_public_buckets',
      },
    ),
    drift('bucket-unencrypted', {
      kind: 'aws_s3_bucket_server_side_encryption_configuration',
      key: 'northwind-logs-{stage}',
      path: '/rule[bucket_key_enabled=true]/apply_server_side_encryption_by_default/0/sse_algorithm',
    }),
    drift('versioning-suspended', {
      kind: 'aws_s3_bucket_versioning',
      key: 'northwind-edi-{stage}',
      path: '/versioning_configuration/0/status',
      says: 'keeps no old versions',
    }),
    drift('database-backups', { kind: 'aws_db_instance', key: 'erp-{stage}', path: '/backup_retention_period' }),
    drift('rotation-off', {
      kind: 'aws_kms_key',
      key: 'alias/erp-{stage}',
      path: '/enable_key_rotation',
      says: 'does not rotate its key',
    }),
    drift('tags-mutable', { kind: 'aws_ecr_repository', key: 'wms/api', path: '/image_tag_mutability' }),
    drift('alarm-silenced', {
      kind: 'aws_cloudwatch_metric_alarm',
      key: 'orders-stuck-{stage}',
      path: '/actions_enabled',
    }),
    drift('balancer-unprotected', {
      kind: 'aws_lb',
      key: 'wms-{stage}',
      path: '/enable_deletion_protection',
      says: 'can be deleted',
    }),
  ],
  denials: ['ec2:DescribeSecurityGroups', 's3:GetBucketVersioning', 'kms:GetKeyRotationStatus'].map((names) => ({
    names,
    take: async (place) => void (await change(place, 'permit', names)),
    giveBack: async (place) => void (await change(place, 'permit', '')),
  })),
  sources: {
    cloud: {
      connector: 'aws',
      observed: {
        regions: ['eu-west-1'],
        role: 'arn:aws:iam::{account}:role/leeway-reader',
        accessKeyFrom: 'AWS_KEY_{side}',
        secretKeyFrom: 'AWS_SECRET_{side}',
        endpoint: 'http://127.0.0.1:{port}',
        // What moto does not answer: LookupEvents and ListBackupSelections.
        attribution: 0,
        skip: ['aws_backup_selection'],
      },
    },
  },
  parameters: {
    staging: { port: ports.staging, account: accounts.staging, side: 'STAGING' },
    production: { port: ports.production, account: accounts.production, side: 'PRODUCTION' },
  },
  tokens: { staging: { account: [accounts.staging] }, production: { account: [accounts.production] } },
  variables: {
    AWS_KEY_STAGING: keyOf('staging').id,
    AWS_SECRET_STAGING: keyOf('staging').secret,
    AWS_KEY_PRODUCTION: keyOf('production').id,
    AWS_SECRET_PRODUCTION: keyOf('production').secret,
  },
};

/** pip reaches its index the way the machine does. */
function proxies(): Readonly<Record<string, string>> {
  const names = Object.keys(process.env).filter((name) =>
    /^(?:pip_|https?_proxy|no_proxy|ssl_cert|requests_ca)/i.test(name),
  );
  return Object.fromEntries(names.map((name) => [name, process.env[name] ?? '']));
}
