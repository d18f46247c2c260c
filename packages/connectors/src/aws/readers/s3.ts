import type { Json, JsonObject } from '@leeway/core';
import { mapParallel } from '../../shared/cloud/parallel.ts';
import { block, blocks, flag, isTrueAt, itemsAt, shape, text, textAt } from '../../shared/cloud/shape.ts';
import type { Call, Region } from '../client/request.ts';
import type { Draft, Reader } from '../reader.ts';
import { keyValueTags } from './tags.ts';

/** A part of a bucket: what asks for it, and the errors that mean "there is none". */
interface Part {
  readonly action: string;
  readonly permission: string;
  readonly query: string;
  readonly root: string;
  readonly absent: readonly string[];
}

const parts = {
  tags: {
    action: 'GetBucketTagging',
    permission: 's3:GetBucketTagging',
    query: 'tagging',
    root: 'Tagging',
    absent: ['NoSuchTagSet'],
  },
  versioning: {
    action: 'GetBucketVersioning',
    permission: 's3:GetBucketVersioning',
    query: 'versioning',
    root: 'VersioningConfiguration',
    absent: [],
  },
  encryption: {
    action: 'GetBucketEncryption',
    permission: 's3:GetEncryptionConfiguration',
    query: 'encryption',
    root: 'ServerSideEncryptionConfiguration',
    absent: ['ServerSideEncryptionConfigurationNotFoundError'],
  },
  access: {
    action: 'GetPublicAccessBlock',
    permission: 's3:GetBucketPublicAccessBlock',
    query: 'publicAccessBlock',
    root: 'PublicAccessBlockConfiguration',
    absent: ['NoSuchPublicAccessBlockConfiguration'],
  },
  ownership: {
    action: 'GetBucketOwnershipControls',
    permission: 's3:GetBucketOwnershipControls',
    query: 'ownershipControls',
    root: 'OwnershipControls',
    absent: ['OwnershipControlsNotFoundError'],
  },
  acl: { action: 'GetBucketAcl', permission: 's3:GetBucketAcl', query: 'acl', root: 'AccessControlPolicy', absent: [] },
  logging: {
    action: 'GetBucketLogging',
    permission: 's3:GetBucketLogging',
    query: 'logging',
    root: 'BucketLoggingStatus',
    absent: [],
  },
} as const satisfies Record<string, Part>;

const encryptionRule = shape({
  apply_server_side_encryption_by_default: block(
    'ApplyServerSideEncryptionByDefault',
    shape({ sse_algorithm: text('SSEAlgorithm'), kms_master_key_id: text('KMSMasterKeyID') }),
  ),
  bucket_key_enabled: flag('BucketKeyEnabled'),
});

const accessBlock = shape({
  block_public_acls: flag('BlockPublicAcls'),
  block_public_policy: flag('BlockPublicPolicy'),
  ignore_public_acls: flag('IgnorePublicAcls'),
  restrict_public_buckets: flag('RestrictPublicBuckets'),
});

const grant = shape({
  permission: text('Permission'),
  grantee: block(
    'Grantee',
    shape({
      id: text('ID'),
      uri: text('URI'),
      type: (node) => (textAt(node, 'URI') === undefined ? 'CanonicalUser' : 'Group'),
    }),
  ),
});

const accessList = shape({
  access_control_policy: (node) => [
    shape({ grant: blocks('AccessControlList.Grant', grant), owner: block('Owner', shape({ id: text('ID') })) })(node),
  ],
});

/** Nobody but the owner is granted anything. */
function isPrivate(acl: Json | undefined): boolean {
  const owner = textAt(acl, 'Owner.ID');
  return itemsAt(acl, 'AccessControlList.Grant').every((each) => textAt(each, 'Grantee.ID') === owner);
}

/** The only part that is answered as it was put: a JSON document. */
const policyCall = (bucket: string): Call => ({
  service: 's3',
  action: 'GetBucketPolicy',
  path: `/${bucket}`,
  query: { policy: '' },
  isDocument: true,
});

const list: Call = {
  service: 's3',
  action: 'ListBuckets',
  root: 'ListAllMyBucketsResult',
  permission: 's3:ListAllMyBuckets',
};

const buckets: Reader = {
  title: 'buckets, their access and encryption',
  kinds: [
    'aws_s3_bucket',
    'aws_s3_bucket_versioning',
    'aws_s3_bucket_server_side_encryption_configuration',
    'aws_s3_bucket_public_access_block',
    'aws_s3_bucket_ownership_controls',
    'aws_s3_bucket_policy',
    'aws_s3_bucket_acl',
    'aws_s3_bucket_logging',
  ],
  actions: [list.permission ?? '', ...Object.values(parts).map(({ permission }) => permission), 's3:GetBucketPolicy'],
  async *read(aws) {
    const found = aws.pages(
      { ...list, query: { 'bucket-region': aws.region, 'max-buckets': '1000' } },
      { items: 'Buckets.Bucket', ask: 'continuation-token', next: 'ContinuationToken' },
    );
    for await (const drafts of mapParallel(found, 8, (node) => readBucket(aws, node))) yield* drafts;
  },
};

async function readBucket(aws: Region, node: Json): Promise<readonly Draft[]> {
  const bucket = textAt(node, 'Name') ?? '';
  const region = textAt(node, 'BucketRegion') ?? aws.region;
  if (region !== aws.region) return [];
  const ask = ({ action, permission, query, root, absent }: Part) =>
    aws.find({ service: 's3', action, permission, path: `/${bucket}`, query: { [query]: '' }, root }, absent);
  const [tags, versioning, encryption, access, ownership, acl, logging, policy] = await Promise.all([
    ask(parts.tags),
    ask(parts.versioning),
    ask(parts.encryption),
    ask(parts.access),
    ask(parts.ownership),
    ask(parts.acl),
    ask(parts.logging),
    aws.find(policyCall(bucket), ['NoSuchBucketPolicy']),
  ]);
  const given = <T>(node: Json | undefined, read: (node: Json) => T) => (node === undefined ? undefined : read(node));
  const part = (kind: string, attributes: JsonObject | undefined, isGiven = false): readonly Draft[] =>
    attributes
      ? [
          {
            kind: `aws_s3_bucket${kind}`,
            name: bucket,
            attributes: { id: bucket, bucket, ...attributes },
            ids: [bucket],
            isGiven,
          },
        ]
      : [];
  const own = tags && keyValueTags('TagSet.Tag')(tags);
  return [
    ...part('', { arn: arnOf(region, bucket), ...(own && { tags: own }) }),
    ...part('_versioning', versioningOf(versioning)),
    ...part(
      '_server_side_encryption_configuration',
      given(encryption, shape({ rule: blocks('Rule', encryptionRule) })),
      isDefaultEncryption(encryption),
    ),
    ...part(
      '_public_access_block',
      given(access, accessBlock),
      Object.values(accessBlock(access ?? null)).every(Boolean),
    ),
    ...part(
      '_ownership_controls',
      given(ownership, shape({ rule: blocks('Rule', shape({ object_ownership: text('ObjectOwnership') })) })),
      textAt(itemsAt(ownership, 'Rule')[0], 'ObjectOwnership') === 'BucketOwnerEnforced',
    ),
    ...part('_policy', policy === undefined ? undefined : { policy }),
    ...part('_acl', given(acl, accessList), isPrivate(acl)),
    ...part('_logging', loggingOf(logging)),
  ];
}

function arnOf(region: string, bucket: string): string {
  return `arn:${region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws'}:s3:::${bucket}`;
}

/** A bucket that never had versions has no such part. */
function versioningOf(node: Json | undefined): JsonObject | undefined {
  const status = textAt(node, 'Status');
  if (status === undefined) return undefined;
  const erasure = textAt(node, 'MfaDelete');
  return { versioning_configuration: [{ status, ...(erasure !== undefined && { mfa_delete: erasure }) }] };
}

/** What every bucket has since 2023 unless somebody asks for more. */
function isDefaultEncryption(node: Json | undefined): boolean {
  return itemsAt(node, 'Rule').every(
    (rule) =>
      textAt(rule, 'ApplyServerSideEncryptionByDefault.SSEAlgorithm') === 'AES256' &&
      !isTrueAt(rule, 'BucketKeyEnabled'),
  );
}

function loggingOf(node: Json | undefined): JsonObject | undefined {
  const target = textAt(node, 'LoggingEnabled.TargetBucket');
  if (target === undefined) return undefined;
  return { target_bucket: target, target_prefix: textAt(node, 'LoggingEnabled.TargetPrefix') ?? '' };
}

export const s3Readers: readonly Reader[] = [buckets];
