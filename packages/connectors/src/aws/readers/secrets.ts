import type { Json, JsonObject } from '@leeway/core';
import { mapParallel } from '../../shared/cloud/parallel.ts';
import {
  blocks,
  entries,
  flag,
  isTrueAt,
  itemsAt,
  mapped,
  number,
  shape,
  text,
  textAt,
  texts,
} from '../../shared/cloud/shape.ts';
import type { Call, Region } from '../client/request.ts';
import { type Draft, nameApart, type Reader } from '../reader.ts';
import { keyValueTags } from './tags.ts';

const kms = (action: string, parameters: JsonObject): Call => ({ service: 'kms', action, parameters });

const key = shape({
  id: text('KeyId'),
  key_id: text('KeyId'),
  arn: text('Arn'),
  description: text('Description'),
  key_usage: text('KeyUsage'),
  customer_master_key_spec: text('KeySpec'),
  is_enabled: flag('Enabled'),
  multi_region: flag('MultiRegion'),
});

const keys: Reader = {
  title: 'KMS keys',
  kinds: ['aws_kms_key'],
  actions: [
    'kms:ListKeys',
    'kms:ListAliases',
    'kms:DescribeKey',
    'kms:GetKeyPolicy',
    'kms:GetKeyRotationStatus',
    'kms:ListResourceTags',
  ],
  read: (aws) => nameApart(readKeys(aws)),
};

async function* readKeys(aws: Region): AsyncGenerator<Draft> {
  const aliases = new Map<string, string>();
  const named = aws.pages(kms('ListAliases', { Limit: 100 }), { items: 'Aliases', ask: 'Marker', next: 'NextMarker' });
  for await (const alias of named) {
    const id = textAt(alias, 'TargetKeyId') ?? '';
    const name = textAt(alias, 'AliasName') ?? '';
    // A key may have several: the first by name is its own.
    const known = aliases.get(id);
    if (known === undefined || name < known) aliases.set(id, name);
  }
  const found = aws.pages(kms('ListKeys', { Limit: 1000 }), { items: 'Keys', ask: 'Marker', next: 'NextMarker' });
  for await (const drafts of mapParallel(found, 6, (node) => readKey(aws, textAt(node, 'KeyId') ?? '', aliases)))
    yield* drafts;
}

async function readKey(aws: Region, KeyId: string, aliases: ReadonlyMap<string, string>): Promise<readonly Draft[]> {
  const [metadata = null] = itemsAt(await aws.send(kms('DescribeKey', { KeyId })), 'KeyMetadata');
  // Keys that AWS manages cannot be changed; those that wait for their end cannot be asked.
  if (textAt(metadata, 'KeyManager') === 'AWS' || /^Pending/.test(textAt(metadata, 'KeyState') ?? '')) return [];
  const isSymmetric = (textAt(metadata, 'KeySpec') ?? 'SYMMETRIC_DEFAULT') === 'SYMMETRIC_DEFAULT';
  const [policy, rotation, tags] = await Promise.all([
    aws.send(kms('GetKeyPolicy', { KeyId, PolicyName: 'default' })),
    isSymmetric ? aws.send(kms('GetKeyRotationStatus', { KeyId })) : null,
    aws.send(kms('ListResourceTags', { KeyId })),
  ]);
  const attributes = {
    ...key(metadata),
    policy: textAt(policy, 'Policy') ?? '',
    enable_key_rotation: isTrueAt(rotation, 'KeyRotationEnabled'),
    tags: entries('Tags', 'TagKey', 'TagValue')(tags) ?? {},
  };
  const name = aliases.get(KeyId) ?? textAt(metadata, 'Description') ?? 'key';
  return [{ kind: 'aws_kms_key', name, detail: KeyId, attributes, ids: [textAt(metadata, 'Arn') ?? '', KeyId] }];
}

const secret = shape({
  id: text('ARN'),
  arn: text('ARN'),
  name: text('Name'),
  description: text('Description'),
  kms_key_id: text('KmsKeyId'),
  rotation_enabled: flag('RotationEnabled'),
  rotation_lambda_arn: text('RotationLambdaARN'),
  rotation_rules: blocks('RotationRules', shape({ automatically_after_days: number('AutomaticallyAfterDays') })),
  tags: keyValueTags('Tags'),
});

const secrets: Reader = {
  title: 'secrets (what is known about them, never what they hold)',
  kinds: ['aws_secretsmanager_secret'],
  actions: ['secretsmanager:ListSecrets', 'secretsmanager:GetResourcePolicy'],
  async *read(aws) {
    const found = aws.pages(
      { service: 'secretsmanager', action: 'ListSecrets', parameters: { MaxResults: 100 } },
      { items: 'SecretList', ask: 'NextToken', next: 'NextToken' },
    );
    yield* mapParallel(found, 6, async (node): Promise<Draft> => {
      const arn = textAt(node, 'ARN') ?? '';
      const answer = await aws.send({
        service: 'secretsmanager',
        action: 'GetResourcePolicy',
        parameters: { SecretId: arn },
      });
      const policy = textAt(answer, 'ResourcePolicy');
      const attributes = { ...secret(node), ...(policy !== undefined && { policy }) };
      return { kind: 'aws_secretsmanager_secret', name: textAt(node, 'Name') ?? arn, attributes, ids: [arn] };
    });
  },
};

const acm = (action: string, parameters: JsonObject): Call => ({ service: 'acm', action, parameters });

/** JSON writes times as seconds since the epoch. */
const instant = (path: string) =>
  mapped(number(path), (seconds) => new Date(Number(seconds) * 1000).toISOString().replace('.000Z', 'Z'));

const certificate = shape({
  id: text('CertificateArn'),
  arn: text('CertificateArn'),
  domain_name: text('DomainName'),
  subject_alternative_names: texts('SubjectAlternativeNames'),
  type: text('Type'),
  key_algorithm: mapped(text('KeyAlgorithm'), (name) => String(name).replace('-', '_')),
  status: text('Status'),
  not_before: instant('NotBefore'),
  not_after: instant('NotAfter'),
  renewal_eligibility: text('RenewalEligibility'),
  validation_method: (node: Json) => textAt(itemsAt(node, 'DomainValidationOptions')[0], 'ValidationMethod'),
  options: blocks(
    'Options',
    shape({ certificate_transparency_logging_preference: text('CertificateTransparencyLoggingPreference') }),
  ),
});

/** Of every key algorithm: without it only RSA 2048 is listed. */
const keyTypes = ['RSA_1024', 'RSA_2048', 'RSA_3072', 'RSA_4096', 'EC_prime256v1', 'EC_secp384r1', 'EC_secp521r1'];

const certificates: Reader = {
  title: 'certificates',
  kinds: ['aws_acm_certificate'],
  actions: ['acm:ListCertificates', 'acm:DescribeCertificate', 'acm:ListTagsForCertificate'],
  read: (aws) => nameApart(readCertificates(aws)),
};

async function* readCertificates(aws: Region): AsyncGenerator<Draft> {
  const found = aws.pages(acm('ListCertificates', { MaxItems: 100, Includes: { keyTypes } }), {
    items: 'CertificateSummaryList',
    ask: 'NextToken',
    next: 'NextToken',
  });
  yield* mapParallel(found, 6, async (node) => {
    const CertificateArn = textAt(node, 'CertificateArn') ?? '';
    const [answer, tags] = await Promise.all([
      aws.send(acm('DescribeCertificate', { CertificateArn })),
      aws.send(acm('ListTagsForCertificate', { CertificateArn })),
    ]);
    const [described = null] = itemsAt(answer, 'Certificate');
    const attributes = { ...certificate(described), tags: keyValueTags('Tags')(tags) ?? {} };
    const name = textAt(described, 'DomainName') ?? CertificateArn;
    return {
      kind: 'aws_acm_certificate',
      name,
      detail: CertificateArn.split('/').at(-1) ?? '',
      attributes,
      ids: [CertificateArn],
    };
  });
}

export const secretReaders: readonly Reader[] = [keys, secrets, certificates];
