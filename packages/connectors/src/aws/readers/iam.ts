import type { Json, JsonObject } from '@leeway/core';
import { mapParallel } from '../../shared/cloud/parallel.ts';
import { isTrueAt, itemsAt, mapped, shape, text, textAt } from '../../shared/cloud/shape.ts';
import type { Call, Paging, Region } from '../client/request.ts';
import type { Draft, Reader } from '../reader.ts';
import { keyValueTags } from './tags.ts';

const call = (action: string, parameters: JsonObject = {}): Call => ({ service: 'iam', action, parameters });
const page = (items: string): Paging => ({ items, ask: 'Marker', next: 'Marker' });

/** IAM writes policy documents as they stand in a URL. */
const document = (path: string) => mapped(text(path), (value) => decode(String(value)));

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** Roles that AWS makes for its own services, and for sign-on: theirs to change, and named by chance. */
const isOfAws = (node: Json) => /^\/(?:aws-service-role|aws-reserved)\//.test(textAt(node, 'Path') ?? '');

/** Everything of one part of the account in one list: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html */
const details = (aws: Region, filter: string, items: string) =>
  aws.pages(call('GetAccountAuthorizationDetails', { 'Filter.member.1': filter, MaxItems: 500 }), page(items));

const role = shape({
  id: text('RoleName'),
  name: text('RoleName'),
  arn: text('Arn'),
  unique_id: text('RoleId'),
  path: text('Path'),
  create_date: text('CreateDate'),
  assume_role_policy: document('AssumeRolePolicyDocument'),
  permissions_boundary: text('PermissionsBoundary.PermissionsBoundaryArn'),
  tags: keyValueTags('Tags.member'),
});

const roles: Reader = {
  title: 'roles, their policies and trust',
  kinds: ['aws_iam_role', 'aws_iam_role_policy', 'aws_iam_role_policy_attachment'],
  actions: ['iam:GetAccountAuthorizationDetails', 'iam:ListRoles'],
  isGlobal: true,
  async *read(aws) {
    const more = new Map<string, JsonObject>();
    // What the details leave out.
    for await (const node of aws.pages(call('ListRoles', { MaxItems: 1000 }), page('Roles.member'))) {
      const description = textAt(node, 'Description');
      more.set(textAt(node, 'RoleName') ?? '', {
        max_session_duration: Number(textAt(node, 'MaxSessionDuration') ?? 3600),
        ...(description !== undefined && { description }),
      });
    }
    for await (const node of details(aws, 'Role', 'RoleDetailList.member')) {
      if (isOfAws(node)) continue;
      const name = textAt(node, 'RoleName') ?? '';
      const attributes = { ...role(node), ...more.get(name) };
      yield { kind: 'aws_iam_role', name, attributes, ids: [textAt(node, 'Arn') ?? '', name] };
      yield* policiesOf(node, 'role', name, 'RolePolicyList.member');
    }
  },
};

/** Inline and attached policies of a role, user or group, as the resources Terraform makes of them. */
function* policiesOf(node: Json, owner: 'role' | 'user' | 'group', name: string, inline: string): Generator<Draft> {
  for (const policy of itemsAt(node, inline)) {
    const policyName = textAt(policy, 'PolicyName') ?? '';
    const id = `${name}:${policyName}`;
    const attributes = { id, [owner]: name, name: policyName, policy: decode(textAt(policy, 'PolicyDocument') ?? '') };
    yield { kind: `aws_iam_${owner}_policy`, name: `${name}/${policyName}`, attributes, ids: [id] };
  }
  for (const attached of itemsAt(node, 'AttachedManagedPolicies.member')) {
    const arn = textAt(attached, 'PolicyArn') ?? '';
    const attributes = { [owner]: name, policy_arn: arn };
    yield {
      kind: `aws_iam_${owner}_policy_attachment`,
      name: `${name}/${arn.split('/').at(-1)}`,
      attributes,
      ids: [`${name}/${arn}`],
    };
  }
}

const user = shape({
  id: text('UserName'),
  name: text('UserName'),
  arn: text('Arn'),
  unique_id: text('UserId'),
  path: text('Path'),
  permissions_boundary: text('PermissionsBoundary.PermissionsBoundaryArn'),
  tags: keyValueTags('Tags.member'),
});

const users: Reader = {
  title: 'users, their policies, groups and access keys',
  kinds: [
    'aws_iam_user',
    'aws_iam_user_policy',
    'aws_iam_user_policy_attachment',
    'aws_iam_user_group_membership',
    'aws_iam_access_key',
  ],
  actions: ['iam:GetAccountAuthorizationDetails', 'iam:ListAccessKeys'],
  isGlobal: true,
  async *read(aws) {
    for await (const drafts of mapParallel(details(aws, 'User', 'UserDetailList.member'), 6, (node) =>
      readUser(aws, node),
    ))
      yield* drafts;
  },
};

async function readUser(aws: Region, node: Json): Promise<readonly Draft[]> {
  const name = textAt(node, 'UserName') ?? '';
  const keys: Json[] = [];
  for await (const key of aws.pages(call('ListAccessKeys', { UserName: name }), page('AccessKeyMetadata.member')))
    keys.push(key);
  const groups = itemsAt(node, 'GroupList.member').flatMap((group) => textAt(group, '') ?? []);
  const membership: Draft = {
    kind: 'aws_iam_user_group_membership',
    name,
    attributes: { user: name, groups },
    ids: [name],
  };
  return [
    { kind: 'aws_iam_user', name, attributes: user(node), ids: [textAt(node, 'Arn') ?? '', name] },
    ...policiesOf(node, 'user', name, 'UserPolicyList.member'),
    ...(groups.length > 0 ? [membership] : []),
    ...keys.toSorted(byAge).map((key, index) => readKey(name, key, index)),
  ];
}

/** Keys have no name but their place among the user's keys, the oldest first. */
function byAge(a: Json, b: Json): number {
  const ageOf = (key: Json) => `${textAt(key, 'CreateDate')} ${textAt(key, 'AccessKeyId')}`;
  return ageOf(a) < ageOf(b) ? -1 : 1;
}

function readKey(user: string, node: Json, index: number): Draft {
  const id = textAt(node, 'AccessKeyId') ?? '';
  const attributes = { id, user, status: textAt(node, 'Status') ?? '', create_date: textAt(node, 'CreateDate') ?? '' };
  return { kind: 'aws_iam_access_key', name: `${user}/${index + 1}`, attributes, ids: [id] };
}

const groups: Reader = {
  title: 'groups and their policies',
  kinds: ['aws_iam_group', 'aws_iam_group_policy', 'aws_iam_group_policy_attachment'],
  actions: ['iam:GetAccountAuthorizationDetails'],
  isGlobal: true,
  async *read(aws) {
    for await (const node of details(aws, 'Group', 'GroupDetailList.member')) {
      const name = textAt(node, 'GroupName') ?? '';
      const attributes = shape({
        id: text('GroupName'),
        name: text('GroupName'),
        arn: text('Arn'),
        path: text('Path'),
        unique_id: text('GroupId'),
      })(node);
      yield { kind: 'aws_iam_group', name, attributes, ids: [textAt(node, 'Arn') ?? '', name] };
      yield* policiesOf(node, 'group', name, 'GroupPolicyList.member');
    }
  },
};

const nameOfPolicy = (node: Json) => textAt(node, 'PolicyName') ?? textAt(node, 'Arn')?.split('/').at(-1);

const policy = shape({
  id: text('Arn'),
  arn: text('Arn'),
  policy_id: text('PolicyId'),
  name: nameOfPolicy,
  path: text('Path'),
  description: text('Description'),
  policy: (node) => {
    const current = itemsAt(node, 'PolicyVersionList.member').find((version) => isTrueAt(version, 'IsDefaultVersion'));
    return current && document('Document')(current);
  },
});

const policies: Reader = {
  title: 'policies',
  kinds: ['aws_iam_policy'],
  actions: ['iam:GetAccountAuthorizationDetails', 'iam:ListPolicyTags'],
  isGlobal: true,
  async *read(aws) {
    yield* mapParallel(details(aws, 'LocalManagedPolicy', 'Policies.member'), 6, async (node) => {
      const arn = textAt(node, 'Arn') ?? '';
      const tags = keyValueTags('Tags.member')(await aws.send(call('ListPolicyTags', { PolicyArn: arn })));
      const attributes = { ...policy(node), ...(tags && { tags }) };
      return { kind: 'aws_iam_policy', name: nameOfPolicy(node) ?? arn, attributes, ids: [arn] };
    });
  },
};

export const iamReaders: readonly Reader[] = [roles, users, groups, policies];
