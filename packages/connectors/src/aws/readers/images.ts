import type { Json, JsonObject } from '@leeway/core';
import { mapParallel } from '../../shared/cloud/parallel.ts';
import { block, flag, shape, text, textAt } from '../../shared/cloud/shape.ts';
import type { Call, Region } from '../client/request.ts';
import type { Draft, Reader } from '../reader.ts';
import { keyValueTags } from './tags.ts';

const ecr = (action: string, parameters: JsonObject): Call => ({ service: 'ecr', action, parameters });
const repository = shape({
  id: text('repositoryName'),
  name: text('repositoryName'),
  arn: text('repositoryArn'),
  registry_id: text('registryId'),
  repository_url: text('repositoryUri'),
  image_tag_mutability: text('imageTagMutability'),
  image_scanning_configuration: block('imageScanningConfiguration', shape({ scan_on_push: flag('scanOnPush') })),
  encryption_configuration: block(
    'encryptionConfiguration',
    shape({ encryption_type: text('encryptionType'), kms_key: text('kmsKey') }),
  ),
});

const repositories: Reader = {
  title: 'image repositories',
  kinds: ['aws_ecr_repository', 'aws_ecr_repository_policy', 'aws_ecr_lifecycle_policy'],
  actions: ['ecr:DescribeRepositories', 'ecr:GetRepositoryPolicy', 'ecr:GetLifecyclePolicy', 'ecr:ListTagsForResource'],
  async *read(aws) {
    const found = aws.pages(ecr('DescribeRepositories', { maxResults: 1000 }), {
      items: 'repositories',
      ask: 'nextToken',
      next: 'nextToken',
    });
    for await (const drafts of mapParallel(found, 6, (node) => readRepository(aws, node))) yield* drafts;
  },
};

async function readRepository(aws: Region, node: Json): Promise<readonly Draft[]> {
  const name = textAt(node, 'repositoryName') ?? '';
  const arn = textAt(node, 'repositoryArn') ?? '';
  const [tags, policy, lifecycle] = await Promise.all([
    aws.send(ecr('ListTagsForResource', { resourceArn: arn })),
    aws.find(ecr('GetRepositoryPolicy', { repositoryName: name }), ['RepositoryPolicyNotFoundException']),
    // Told from the request before it by its fields alone.
    aws.find(ecr('GetLifecyclePolicy', { repositoryName: name, registryId: textAt(node, 'registryId') ?? '' }), [
      'LifecyclePolicyNotFoundException',
    ]),
  ]);
  const part = (kind: string, document: string | undefined): readonly Draft[] =>
    document === undefined
      ? []
      : [{ kind, name, attributes: { id: name, repository: name, policy: document }, ids: [name] }];
  return [
    {
      kind: 'aws_ecr_repository',
      name,
      attributes: { ...repository(node), tags: keyValueTags('tags')(tags) ?? {} },
      ids: [arn, name],
    },
    ...part('aws_ecr_repository_policy', textAt(policy, 'policyText')),
    ...part('aws_ecr_lifecycle_policy', textAt(lifecycle, 'lifecyclePolicyText')),
  ];
}

export const imageReaders: readonly Reader[] = [repositories];
