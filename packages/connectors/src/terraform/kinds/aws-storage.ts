import type { Json } from '@leeway/core';
import { at, type KindDeclaration } from './define.ts';
import { policyDocument, policySeverity } from './policy-document.ts';
import { guarded, isEncrypted, mustBeOn, type Switch } from './switches.ts';

const bucketAccess: readonly Switch[] = [
  ['block_public_acls', 'refuses public ACLs', 'accepts public ACLs'],
  ['block_public_policy', 'refuses public policies', 'accepts public policies'],
  ['ignore_public_acls', 'ignores public ACLs', 'honours public ACLs'],
  ['restrict_public_buckets', 'keeps the public out', 'may be opened to the public'],
].map(([name, on = '', off = '']) => ({ path: `/${name}`, on, off, bad: false, severity: 'critical' }));

/** The groups of S3 that stand for everybody (https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html). */
function namesEverybody(value: Json | undefined): boolean {
  return /global\/(?:AllUsers|AuthenticatedUsers)/.test(JSON.stringify(value ?? null));
}

export const awsStorage: readonly KindDeclaration[] = [
  {
    name: 'aws_s3_bucket',
    title: 'bucket',
    layer: 'database',
    noise: {
      ...policyDocument('/policy'),
      identity: { '/lifecycle_rule': ['id'], '/policy/Statement': ['Sid'] },
      instance: at('bucket_domain_name bucket_regional_domain_name region website_domain website_endpoint grant/*/id'),
      computed: ['/bucket_prefix'],
      // Each has a type of its own; the provider shows them here as well.
      assigned: at(`
        acl grant policy versioning server_side_encryption_configuration lifecycle_rule logging cors_rule website
        replication_configuration object_lock_configuration object_lock_enabled acceleration_status request_payer
        bucket_domain_name bucket_regional_domain_name region hosted_zone_id website_domain website_endpoint
      `),
      unordered: [
        ...(policyDocument('/policy').unordered ?? []),
        ...at('grant grant/*/permissions lifecycle_rule/*/transition lifecycle_rule/*/noncurrent_version_transition'),
        '/replication_configuration/*/rules',
      ],
      defaults: {
        '/request_payer': 'BucketOwner',
        '/object_lock_enabled': false,
        '/acl': 'private',
      },
    },
    severity: [
      {
        path: '/acl',
        severity: 'critical',
        when: ({ after }) => typeof after === 'string' && after.startsWith('public'),
      },
      { path: '/grant/**', severity: 'high' },
      { path: '/server_side_encryption_configuration/**', severity: 'high' },
      ...policySeverity('/policy'),
    ],
  },
  {
    name: 'aws_s3_bucket_policy',
    title: 'bucket policy',
    layer: 'identity',
    noise: policyDocument('/policy'),
    severity: policySeverity('/policy'),
  },
  guarded(bucketAccess, {
    name: 'aws_s3_bucket_public_access_block',
    title: 'public access block',
    layer: 'identity',
    severity: [{ path: '', severity: 'critical', when: ({ after }) => after === undefined }],
  }),
  {
    name: 'aws_s3_bucket_lifecycle_configuration',
    title: 'bucket lifecycle',
    layer: 'backup',
    noise: {
      unordered: ['/rule', '/rule/*/transition', '/rule/*/noncurrent_version_transition'],
      identity: { '/rule': ['id'] },
      computed: ['/transition_default_minimum_object_size'],
    },
    severity: [{ path: '/rule/**', severity: 'high' }],
  },
  {
    name: 'aws_s3_bucket_cors_configuration',
    title: 'bucket CORS rules',
    layer: 'network',
    noise: { unordered: ['/cors_rule', '/**/allowed_headers', '/**/allowed_origins', '/**/expose_headers'] },
  },
  {
    name: 'aws_s3_bucket_ownership_controls',
    title: 'bucket ownership',
    layer: 'identity',
    severity: [
      {
        path: '/rule/**',
        severity: 'high',
        when: ({ after }) => after === 'ObjectWriter' || after === 'BucketOwnerPreferred',
      },
    ],
  },
  {
    name: 'aws_s3_bucket_acl',
    title: 'bucket ACL',
    layer: 'identity',
    noise: {
      unordered: ['/access_control_policy/*/grant'],
      instance: at('owner grant/*/grantee/*/id', '/access_control_policy/*'),
      assigned: [
        ...at('acl expected_bucket_owner id'),
        ...at('owner/*/display_name grant/*/grantee/*/display_name', '/access_control_policy/*'),
      ],
    },
    severity: [
      { path: '/access_control_policy/**', severity: 'critical', when: ({ after }) => namesEverybody(after) },
      {
        path: '/acl',
        severity: 'critical',
        when: ({ after }) => typeof after === 'string' && after.startsWith('public'),
      },
      { path: '/**', severity: 'high' },
    ],
  },
  {
    name: 'aws_s3_bucket_logging',
    title: 'bucket log',
    layer: 'observability',
    severity: [{ path: '', severity: 'medium' }],
  },
  guarded([mustBeOn('/versioning_configuration/*/status', 'keeps old versions', 'keeps no old versions')], {
    name: 'aws_s3_bucket_versioning',
    title: 'bucket versioning',
    layer: 'backup',
    noise: { defaults: { '/versioning_configuration/*/mfa_delete': 'Disabled' } },
  }),
  {
    name: 'aws_s3_bucket_server_side_encryption_configuration',
    title: 'bucket encryption',
    layer: 'database',
    noise: {
      unordered: ['/rule'],
      instance: ['/rule/*/apply_server_side_encryption_by_default/*/kms_master_key_id'],
      defaults: { '/rule/*/bucket_key_enabled': false },
    },
    severity: [{ path: '/**', severity: 'high' }],
  },
  guarded([isEncrypted('/encrypted')], {
    name: 'aws_ebs_volume',
    title: 'volume',
    layer: 'host',
    noise: { defaults: { '/multi_attach_enabled': false, '/final_snapshot': false } },
  }),
  guarded(
    [
      mustBeOn('/enable_key_rotation', 'rotates its key', 'does not rotate its key'),
      mustBeOn('/is_enabled', 'is enabled', 'is disabled', 'critical'),
    ],
    {
      name: 'aws_kms_key',
      title: 'key',
      layer: 'secrets',
      noise: {
        ...policyDocument('/policy'),
        assigned: at('custom_key_store_id xks_key_id rotation_period_in_days'),
        defaults: {
          '/key_usage': 'ENCRYPT_DECRYPT',
          '/customer_master_key_spec': 'SYMMETRIC_DEFAULT',
          '/multi_region': false,
        },
      },
      severity: policySeverity('/policy'),
    },
  ),
  {
    name: 'aws_secretsmanager_secret',
    title: 'secret',
    layer: 'secrets',
    noise: {
      ...policyDocument('/policy'),
      computed: ['/name_prefix'],
      unordered: [...(policyDocument('/policy').unordered ?? []), '/replica'],
    },
    severity: policySeverity('/policy'),
  },
  {
    name: 'aws_secretsmanager_secret_version',
    title: 'secret version',
    layer: 'secrets',
    noise: {
      secret: ['/secret_string', '/secret_binary', '/secret_string_wo'],
      instance: ['/secret_id', '/version_id', '/secret_string', '/secret_binary', '/secret_string_wo'],
      unordered: ['/version_stages'],
    },
    severity: [{ path: '/secret_string', severity: 'high' }],
  },
  {
    name: 'aws_ssm_parameter',
    title: 'parameter',
    layer: 'secrets',
    noise: {
      secret: ['/value', '/value_wo'],
      computed: ['/version', '/overwrite'],
      defaults: { '/data_type': 'text', '/tier': 'Standard' },
    },
  },
];
